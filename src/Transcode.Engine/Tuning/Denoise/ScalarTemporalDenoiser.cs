using Transcode.Engine.Tuning.Planes;

namespace Transcode.Engine.Tuning.Denoise;

/// <summary>The arithmetic of <see cref="TemporalDenoiser"/> as it is written down.</summary>
internal sealed unsafe class ScalarTemporalDenoiser(PlaneShape shape, TemporalThresholds thresholds) : TemporalDenoiser(shape, thresholds)
{
    /// <summary>One sample of a row.</summary>
    public static void Sample<TSample>(
        byte* centre, byte** before, int beforeCount, byte** after, int afterCount, byte* target, int x, TemporalThresholds thresholds)
        where TSample : unmanaged
    {
        int sample = SamplePointer<TSample>.Get(centre, x);
        int sum = sample, taken = 1;
        Side<TSample>(sample, before, beforeCount, x, thresholds, ref sum, ref taken);
        Side<TSample>(sample, after, afterCount, x, thresholds, ref sum, ref taken);
        SamplePointer<TSample>.Set(target, x, (sum + (taken / 2)) / taken);
    }

    protected override void Row(byte* centre, byte** before, int beforeCount, byte** after, int afterCount, byte* target)
    {
        for (int x = 0; x < Shape.Width; x++)
        {
            if (Shape.SampleBytes == 1)
            {
                Sample<byte>(centre, before, beforeCount, after, afterCount, target, x, Thresholds);
            }
            else
            {
                Sample<ushort>(centre, before, beforeCount, after, afterCount, target, x, Thresholds);
            }
        }
    }

    private static void Side<TSample>(int sample, byte** rows, int count, int x, TemporalThresholds thresholds, ref int sum, ref int taken)
        where TSample : unmanaged
    {
        int apart = 0;
        for (int i = 0; i < count; i++)
        {
            int counterpart = SamplePointer<TSample>.Get(rows[i], x);
            int difference = Math.Abs(counterpart - sample);
            apart += difference;
            if (difference > thresholds.OfOne || apart > thresholds.OfSum)
            {
                return;
            }

            sum += counterpart;
            taken++;
        }
    }
}
