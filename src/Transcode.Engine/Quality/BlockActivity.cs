using System.Runtime.InteropServices;
using Transcode.Engine.Tuning.Analysis;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Quality;

/// <summary>How much goes on in a row of blocks, in space and in time: see <see cref="Xpsnr"/>, which it is part of. Not for two
/// threads at once.</summary>
/// <param name="shape">Of the pictures.</param>
/// <param name="side">Of a block, in samples: a multiple of four.</param>
/// <param name="kind">How to look at them.</param>
/// <param name="width">How to compute.</param>
internal sealed unsafe class BlockActivity(PlaneShape shape, int side, BlockActivity.Kind kind, LaneWidth width)
{
    private readonly RowKernels kernels = RowKernels.For(width);
    private readonly AnalysisBand picture = new(shape.Width, side);
    private readonly AnalysisBand before = new(shape.Width, side);
    private readonly AnalysisBand earlier = new(shape.Width, side);

    /// <summary>Of two columns each.</summary>
    private readonly int[] detail = GC.AllocateArray<int>((shape.Width + 1) / 2, pinned: true);
    private readonly int[] change = GC.AllocateArray<int>((shape.Width + 1) / 2, pinned: true);

    /// <param name="original">The blocks' picture.</param>
    /// <param name="previous">The one before, or none.</param>
    /// <param name="former">The one before that, or none.</param>
    /// <param name="y">The blocks' first row.</param>
    /// <param name="activities">One a block: code values times twelve, roughly; 0 where it is too small to tell.</param>
    public void Of(PlaneView original, PlaneView previous, PlaneView former, int y, Span<double> activities)
    {
        int rows = Math.Min(side, shape.Height - y);
        (int top, int bottom) = (Math.Max(y, kind.Rim), Math.Min(y + rows, shape.Height - kind.Rim));
        bool changes = !previous.IsNone && !(kind.SecondOrder && former.IsNone);
        picture.Read(original, shape, y);
        Array.Clear(detail);
        Array.Clear(change);
        for (int row = top; row < bottom; row += kind.Rim)
        {
            Detail(row - y);
        }

        if (changes)
        {
            before.Read(previous, shape, y);
            if (kind.SecondOrder)
            {
                earlier.Read(former, shape, y);
            }

            for (int row = 0; row < rows; row += kind.Rim)
            {
                Change(row);
            }
        }

        for (int i = 0; i < activities.Length; i++)
        {
            int x = i * side, columns = Math.Min(side, shape.Width - x);
            activities[i] = kind.Of(shape, side, x, y, Sum(detail, x, columns), Sum(change, x, columns));
        }
    }

    private static long Sum(int[] pairs, int x, int columns)
    {
        long sum = 0;
        foreach (int pair in pairs.AsSpan(x / 2, (columns + 1) / 2))
        {
            sum += pair;
        }

        return sum;
    }

    private static int* Start(int[] pinned) => (int*)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);

    private void Detail(int y)
    {
        ushort* row = picture.Row(y);
        if (kind.Halved)
        {
            for (int x = kind.Rim; x < shape.Width - kind.Rim; x += 2)
            {
                detail[x / 2] += Math.Abs(HalvedDetail(row + x, picture.Stride));
            }

            return;
        }

        // Without the rim's.
        kernels.Detail(picture.Row(y - 1), row, picture.Row(y + 1), shape.Width, Start(detail));
        int* alone = stackalloc int[1];
        *alone = 0;
        kernels.Detail(picture.Row(y - 1), row, picture.Row(y + 1), 1, alone);
        detail[0] -= *alone;
        *alone = 0;
        int end = shape.Width - 1;
        kernels.Detail(picture.Row(y - 1) + end, row + end, picture.Row(y + 1) + end, 1, alone);
        detail[^1] -= *alone;
    }

    private void Change(int y)
    {
        if (kind.Halved)
        {
            for (int x = 0; x < shape.Width; x += 2)
            {
                int square = Square(picture.Row(y) + x, picture.Stride), then = Square(before.Row(y) + x, before.Stride);
                change[x / 2] += Math.Abs(
                    kind.SecondOrder ? square - (2 * then) + Square(earlier.Row(y) + x, earlier.Stride) : square - then);
            }
        }
        else if (kind.SecondOrder)
        {
            kernels.Turn(picture.Row(y), before.Row(y), earlier.Row(y), shape.Width, Start(change));
        }
        else
        {
            kernels.Difference(picture.Row(y), before.Row(y), shape.Width, Start(change));
        }
    }

    /// <summary>The high-pass of a square of four, each beside what lies around it, in single samples.</summary>
    private static int HalvedDetail(ushort* at, nint stride)
    {
        ushort* above = at - stride, below = at + stride, last = at + (2 * stride);
        int sum = 12 * Square(at, stride);
        sum -= 3 * (above[0] + above[1] + last[0] + last[1] + at[-1] + below[-1] + at[2] + below[2]);
        sum -= 2 * (above[-1] + above[2] + last[-1] + last[2]);
        for (int i = -1; i <= 2; i++)
        {
            ushort* row = at + (i * stride);
            sum -= at[(-2 * stride) + i] + at[(3 * stride) + i] + row[-2] + row[3];
        }

        return sum;
    }

    /// <summary>The four samples from one to the right and down; edges go on where a picture of an odd size ends within.</summary>
    private static int Square(ushort* at, nint stride) => at[0] + at[1] + at[stride] + at[stride + 1];

    /// <summary>How blocks are looked at.</summary>
    /// <param name="Halved">Whether squares of four samples are taken together; they are by one sample after the other.</param>
    /// <param name="SecondOrder">Whether differences in time are those of differences.</param>
    internal readonly record struct Kind(bool Halved, bool SecondOrder)
    {
        /// <summary>What differences in time count for beside those in space.</summary>
        private const int Gamma = 2;

        /// <summary>Filters reach a step beyond what they are for, so the picture's own rim is left out.</summary>
        public int Rim => Halved ? 2 : 1;

        /// <summary>What goes on in a block: code values times twelve, roughly; 0 where it is too small to tell.</summary>
        /// <param name="shape">Of the picture.</param>
        /// <param name="side">Of a block.</param>
        /// <param name="x">Its first column.</param>
        /// <param name="y">Its first row.</param>
        /// <param name="detail">Sum over it of absolute detail.</param>
        /// <param name="change">Sum over it of absolute differences in time.</param>
        public double Of(PlaneShape shape, int side, int x, int y, long detail, long change)
        {
            (int columns, int rows) = (Math.Min(side, shape.Width - x), Math.Min(side, shape.Height - y));
            long area = Math.Max(0L, Math.Min(x + columns, shape.Width - Rim) - Math.Max(x, Rim))
                * Math.Max(0, Math.Min(y + rows, shape.Height - Rim) - Math.Max(y, Rim));
            return area == 0 ? 0 : ((double)detail / area) + (Gamma * (double)change / (columns * rows));
        }
    }
}
