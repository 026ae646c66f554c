using System.Runtime.InteropServices;

namespace Transcode.Engine.Tuning.Scaling;

/// <summary>The arithmetic of <see cref="PlanePlan"/> as it is written down: what every other way is measured against, and what
/// machines without vectors use.</summary>
internal sealed class ScalarPlane(PlanePlan plan) : PlaneScaler(plan)
{
    private readonly short[] middle = new short[plan.Across.SourceSize];

    protected override void Compute(ReadOnlySpan<byte> source, int sourcePitch, Span<byte> target, int targetPitch)
    {
        for (int y = 0; y < Plan.Down.TargetSize; y++)
        {
            for (int x = 0; x < middle.Length; x++)
            {
                middle[x] = Down(source, sourcePitch, x, y);
            }

            Across(target[(y * targetPitch)..], y);
        }
    }

    private short Down(ReadOnlySpan<byte> source, int pitch, int x, int y)
    {
        ScaleAxis axis = Plan.Down;
        ReadOnlySpan<short> weights = axis.Weights.Slice(y * axis.Taps, axis.Taps);
        int sum = Plan.DownBias;
        for (int tap = 0; tap < weights.Length; tap++)
        {
            ReadOnlySpan<byte> row = source[(Math.Min(axis.Starts[y] + tap, axis.SourceSize - 1) * pitch)..];
            sum += weights[tap] * (Plan.SourceBytes == 1 ? row[x] : MemoryMarshal.Cast<byte, ushort>(row)[x]);
        }

        return (short)Math.Clamp(sum >> Plan.DownShift, short.MinValue, short.MaxValue);
    }

    private void Across(Span<byte> row, int y)
    {
        ScaleAxis axis = Plan.Across;
        for (int x = 0; x < axis.TargetSize; x++)
        {
            ReadOnlySpan<short> weights = axis.Weights.Slice(x * axis.Taps, axis.Taps);
            int sum = Plan.AcrossBias(x, y);
            for (int tap = 0; tap < weights.Length; tap++)
            {
                sum += weights[tap] * middle[Math.Min(axis.Starts[x] + tap, middle.Length - 1)];
            }

            int sample = Math.Clamp(sum >> Plan.AcrossShift, 0, Plan.LargestTarget);
            if (Plan.TargetBytes == 1)
            {
                row[x] = (byte)sample;
            }
            else
            {
                MemoryMarshal.Cast<byte, ushort>(row)[x] = (ushort)sample;
            }
        }
    }
}
