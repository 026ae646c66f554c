using System.Runtime.Intrinsics;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Vectors;

namespace Transcode.Engine.Quality;

/// <summary>Structural similarity of planes (Wang et al., Image quality assessment, 2004) over windows of 8×8 samples, four
/// apart, as libavfilter's ssim has it. Not for two threads at once.</summary>
/// <remarks>
/// Sums over blocks of 4×4 are whole numbers; a window is four of them. With Σa, Σb, Σ(a² + b²) and Σab of its 64 samples,
/// (2·Σa·Σb + c1)(2·cov + c2) / ((Σa² + Σb² + c1)(var + c2)), var = 64·Σ(a² + b²) − (Σa)² − (Σb)², cov = 64·Σab − Σa·Σb,
/// c1 = 0.01²·largest²·64, c2 = 0.03²·largest²·64·63. The mean is over all windows, from left to right and from the top down,
/// in double precision. Columns and rows that fill no block are left out.
/// </remarks>
/// <param name="shape">Of both planes.</param>
/// <param name="width">How to compute; the result is the same.</param>
internal sealed unsafe class Ssim(PlaneShape shape, LaneWidth width)
{
    public const int Block = 4;

    private readonly int blocks = shape.Width / Block;
    private readonly double c1 = Math.Floor((0.01 * 0.01 * shape.Largest * shape.Largest * 64) + 0.5);
    private readonly double c2 = Math.Floor((0.03 * 0.03 * shape.Largest * shape.Largest * 64 * 63) + 0.5);
    private BlockSums[] above = new BlockSums[shape.Width / Block];
    private BlockSums[] below = new BlockSums[shape.Width / Block];

    /// <summary>The mean over all windows, 1 where all is the same; null where not even one window fits.</summary>
    /// <param name="a">Its rows, the first sample first.</param>
    /// <param name="aPitch">Bytes from one row to the next.</param>
    /// <param name="b">Alike.</param>
    /// <param name="bPitch">Bytes from one row to the next.</param>
    /// <exception cref="ArgumentException">A plane is too small for its rows.</exception>
    public double? Of(ReadOnlySpan<byte> a, int aPitch, ReadOnlySpan<byte> b, int bPitch) => OfTextured(a, aPitch, b, bPitch, deviation: 0);

    /// <summary>The same over windows with texture alone.</summary>
    /// <param name="a">Its rows, the first sample first.</param>
    /// <param name="aPitch">Bytes from one row to the next.</param>
    /// <param name="b">Alike.</param>
    /// <param name="bPitch">Bytes from one row to the next.</param>
    /// <param name="deviation">What a window's samples must deviate by from their mean to count, in code values: the root of
    /// both planes' mean variance.</param>
    /// <returns>Null where no window counts.</returns>
    /// <exception cref="ArgumentException">A plane is too small for its rows.</exception>
    public double? OfTextured(ReadOnlySpan<byte> a, int aPitch, ReadOnlySpan<byte> b, int bPitch, double deviation)
    {
        shape.Check(a.Length, aPitch, nameof(a));
        shape.Check(b.Length, bPitch, nameof(b));
        int rows = shape.Height / Block;
        if (blocks < 2 || rows < 2)
        {
            return null;
        }

        double least = 2 * 64 * 64 * deviation * deviation;
        var mean = default(Mean);
        fixed (byte* one = a, other = b)
        {
            for (int row = 0; row < rows; row++)
            {
                (above, below) = (below, above);
                nint down = row * Block;
                Sum(one + (down * aPitch), aPitch, other + (down * bPitch), bPitch);
                if (row > 0)
                {
                    Windows(least, ref mean);
                }
            }
        }

        return mean.Count == 0 ? null : mean.Sum / mean.Count;
    }

    /// <summary>The same of sums that somebody else has made.</summary>
    /// <param name="sums">Of all whole blocks, row after row.</param>
    public double? OfSums(ReadOnlySpan<BlockSums> sums)
    {
        int rows = shape.Height / Block;
        if (blocks < 2 || rows < 2)
        {
            return null;
        }

        var mean = default(Mean);
        for (int row = 0; row < rows; row++)
        {
            (above, below) = (below, above);
            sums.Slice(row * blocks, blocks).CopyTo(below);
            if (row > 0)
            {
                Windows(least: 0, ref mean);
            }
        }

        return mean.Sum / mean.Count;
    }

    private void Windows(double least, ref Mean mean)
    {
        BlockSums left = above[0] + below[0];
        for (int i = 1; i < blocks; i++)
        {
            BlockSums right = above[i] + below[i];
            Add(left + right, least, ref mean);
            left = right;
        }
    }

    private void Add(BlockSums window, double least, ref Mean mean)
    {
        double a = window.A, b = window.B;
        double variances = (64.0 * window.Squares) - (a * a) - (b * b);
        if (variances >= least)
        {
            double covariance = (64.0 * window.Products) - (a * b);
            mean.Sum += ((2 * a * b) + c1) * ((2 * covariance) + c2) / (((a * a) + (b * b) + c1) * (variances + c2));
            mean.Count++;
        }
    }

    private void Sum(byte* a, nint aPitch, byte* b, nint bPitch)
    {
        if (shape.SampleBytes == 1)
        {
            Sum<byte>(a, aPitch, b, bPitch);
        }
        else
        {
            Sum<ushort>(a, aPitch, b, bPitch);
        }
    }

    private void Sum<TSample>(byte* a, nint aPitch, byte* b, nint bPitch)
        where TSample : unmanaged
    {
        int done = width switch
        {
            LaneWidth.None => 0,
            LaneWidth.Plain => BlockSums.Vectors<TSample, Lanes128<Instructions.Plain>, Vector128<ushort>>(a, aPitch, b, bPitch, below),
            LaneWidth.One => BlockSums.Vectors<TSample, Lanes128<Instructions.Own>, Vector128<ushort>>(a, aPitch, b, bPitch, below),
            LaneWidth.Two => BlockSums.Vectors<TSample, Lanes256, Vector256<ushort>>(a, aPitch, b, bPitch, below),
            LaneWidth.Four => BlockSums.Vectors<TSample, Lanes512, Vector512<ushort>>(a, aPitch, b, bPitch, below),
            _ => throw new InvalidOperationException($"There is no width {width}."),
        };
        for (int block = done; block < blocks; block++)
        {
            below[block] = BlockSums.Of<TSample>(a, aPitch, b, bPitch, block * Block);
        }
    }

    /// <summary>Of the windows that count.</summary>
    private struct Mean
    {
        public double Sum;
        public long Count;
    }
}
