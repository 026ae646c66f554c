using System.Runtime.InteropServices;
using Transcode.Engine.Tuning.Planes;

namespace Transcode.Engine.Tuning.Denoise;

/// <summary>The arithmetic of <see cref="SpatialDenoiser"/> as it is written down: one place of the window after the other, for
/// the whole plane.</summary>
internal sealed class ScalarSpatialDenoiser(PlaneShape shape, PatchWeights weights) : SpatialDenoiser(shape, weights)
{
    private const int Patch = PatchWeights.PatchReach;

    private readonly int[] samples = new int[shape.Width * shape.Height];
    private readonly int[] sums = new int[shape.Width * shape.Height];
    private readonly int[] shares = new int[shape.Width * shape.Height];

    /// <summary>Sums across the rows of a plane that is larger by a patch's reach on each side.</summary>
    private readonly int[] across = new int[shape.Width * (shape.Height + (2 * Patch))];

    protected override void Compute(ReadOnlySpan<byte> source, int sourcePitch, Span<byte> target, int targetPitch)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            ReadOnlySpan<byte> row = source[(i / Shape.Width * sourcePitch)..];
            samples[i] = Shape.SampleBytes == 1 ? row[i % Shape.Width] : MemoryMarshal.Cast<byte, ushort>(row)[i % Shape.Width];
        }

        Array.Clear(sums);
        Array.Fill(shares, PatchWeights.Whole);
        for (int down = 0; down <= PatchWeights.WindowReach; down++)
        {
            for (int right = down == 0 ? 1 : -PatchWeights.WindowReach; right <= PatchWeights.WindowReach; right++)
            {
                Pair(down, right);
            }
        }

        for (int i = 0; i < samples.Length; i++)
        {
            int sample = Math.Clamp(samples[i] + (int)MathF.Floor((sums[i] * Weights.Scale / shares[i]) + 0.5f), 0, Shape.Largest);
            Span<byte> row = target[(i / Shape.Width * targetPitch)..];
            if (Shape.SampleBytes == 1)
            {
                row[i % Shape.Width] = (byte)sample;
            }
            else
            {
                MemoryMarshal.Cast<byte, ushort>(row)[i % Shape.Width] = (ushort)sample;
            }
        }
    }

    /// <summary>All samples with those at one place of the window.</summary>
    private void Pair(int down, int right)
    {
        for (int y = -Patch; y < Shape.Height + Patch; y++)
        {
            for (int x = 0; x < Shape.Width; x++)
            {
                int distance = 0;
                for (int i = -Patch; i <= Patch; i++)
                {
                    distance += Weights.Distance(Math.Abs(Sample(x + i, y) - Sample(x + i + right, y + down)));
                }

                across[((y + Patch) * Shape.Width) + x] = distance;
            }
        }

        for (int y = 0; y + down < Shape.Height; y++)
        {
            for (int x = Math.Max(0, -right); x < Math.Min(Shape.Width, Shape.Width - right); x++)
            {
                int distance = 0;
                for (int row = 0; row <= 2 * Patch; row++)
                {
                    distance += across[((y + row) * Shape.Width) + x];
                }

                int here = (y * Shape.Width) + x;
                int there = here + (down * Shape.Width) + right;
                int weight = PatchWeights.Weight(Math.Min(distance, PatchWeights.TooFar));
                int weighted = Weights.Weighted(samples[there] - samples[here], weight);
                sums[here] += weighted;
                sums[there] -= weighted;
                shares[here] += PatchWeights.Share(weight);
                shares[there] += PatchWeights.Share(weight);
            }
        }
    }

    private int Sample(int x, int y) =>
        samples[(Math.Clamp(y, 0, Shape.Height - 1) * Shape.Width) + Math.Clamp(x, 0, Shape.Width - 1)];
}
