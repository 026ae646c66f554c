using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Transcode.Engine.Tuning.Lookahead;

/// <summary>What is left to code of a picture's blocks if they are guessed from the samples around them: their mean, the row
/// above, the column to the left, or the slope that both make.</summary>
internal static unsafe class IntraCosts
{
    /// <summary>Bits that a mode takes, about.</summary>
    private const int ModeBits = 5;

    /// <param name="plane">The picture.</param>
    /// <param name="costs">One a block.</param>
    public static void Find(AnalysisPlane plane, int[] costs)
    {
        nint stride = plane.Stride;
        for (int y = 0; y < plane.Rows; y++)
        {
            for (int x = 0; x < plane.Columns; x++)
            {
                costs[(y * plane.Columns) + x] = Of(plane.First + (y * BlockKernels.Side * stride) + (x * BlockKernels.Side), stride) + ModeBits;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Of(byte* at, nint stride)
    {
        Vector256<short> a = BlockKernels.Rows(at, stride), b = BlockKernels.Rows(at + stride, stride);
        Vector256<short> c = BlockKernels.Rows(at + (2 * stride), stride), d = BlockKernels.Rows(at + (3 * stride), stride);
        Vector256<short> left0 = Left(at, stride), left1 = Left(at + stride, stride), left2 = Left(at + (2 * stride), stride), left3 = Left(at + (3 * stride), stride);
        Vector128<short> above = BlockKernels.Row(at - stride);
        Vector256<short> up = Vector256.Create(above, above);
        int best = BlockKernels.Satd(a - up, b - up, c - up, d - up);
        best = Math.Min(best, BlockKernels.Satd(a - left0, b - left1, c - left2, d - left3));

        Vector256<short> lefts = left0 + left1 + left2 + left3;
        int sum = Vector128.Sum(above) + lefts[0] + lefts[8];
        Vector256<short> mean = Vector256.Create((short)((sum + BlockKernels.Side) / (2 * BlockKernels.Side)));
        best = Math.Min(best, BlockKernels.Satd(a - mean, b - mean, c - mean, d - mean));

        Vector256<short> rise = up - Vector256.Create((short)at[-stride - 1]);
        return Math.Min(best, BlockKernels.Satd(a - Sample(left0 + rise), b - Sample(left1 + rise), c - Sample(left2 + rise), d - Sample(left3 + rise)));
    }

    /// <summary>The samples left of two rows, four apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Left(byte* at, nint stride) =>
        Vector256.Create(Vector128.Create((short)at[-1]), Vector128.Create((short)at[(4 * stride) - 1]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Sample(Vector256<short> value) =>
        Vector256.Min(Vector256.Max(value, Vector256<short>.Zero), Vector256.Create((short)byte.MaxValue));
}
