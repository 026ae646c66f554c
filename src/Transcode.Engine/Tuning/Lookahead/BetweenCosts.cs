using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Transcode.Engine.Tuning.Lookahead;

/// <summary>What is left to code of a picture's blocks if they are taken from an earlier picture, a later one, or the mean of
/// both.</summary>
internal static unsafe class BetweenCosts
{
    public const byte Earlier = 1;

    public const byte Later = 2;

    public const byte Both = Earlier | Later;

    /// <summary>Bits that saying so takes, about.</summary>
    private const int ModeBits = 3;

    /// <param name="of">The picture.</param>
    /// <param name="earlier">A picture before it.</param>
    /// <param name="toEarlier">Its motion there.</param>
    /// <param name="later">A picture after it.</param>
    /// <param name="toLater">Its motion there.</param>
    /// <param name="costs">One a block.</param>
    /// <param name="uses">For each block <see cref="Earlier"/>, <see cref="Later"/> or <see cref="Both"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Find(
        AnalysisPlane of, AnalysisPlane earlier, MotionField toEarlier, AnalysisPlane later, MotionField toLater, int[] costs, byte[] uses)
    {
        nint stride = of.Stride;
        for (int block = 0; block < costs.Length; block++)
        {
            (int y, int x) = Math.DivRem(block, of.Columns);
            nint place = (y * BlockKernels.Side * stride) + (x * BlockKernels.Side);
            (int one, int other) = (toEarlier.Costs[block], toLater.Costs[block]);
            (costs[block], uses[block]) = one <= other ? (one, Earlier) : (other, Later);
            var from = new Taken(earlier.First + place, stride, of.PlaneBytes, toEarlier.Across[block], toEarlier.Down[block]);
            var also = new Taken(later.First + place, stride, of.PlaneBytes, toLater.Across[block], toLater.Down[block]);
            byte* here = of.First + place;
            int both = BlockKernels.Satd(
                Difference(here, stride, 0, from, also), Difference(here, stride, 1, from, also),
                Difference(here, stride, 2, from, also), Difference(here, stride, 3, from, also)) + ModeBits;
            if (both < costs[block])
            {
                (costs[block], uses[block]) = (both, Both);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Difference(byte* here, nint stride, int row, in Taken from, in Taken also) =>
        BlockKernels.Rows(here + (row * stride), stride) - ((from.Rows(row) + also.Rows(row) + Vector256<short>.One) >> 1);

    /// <summary>A block at a quarter sample's place: the mean of the two nearest half or whole samples (ITU-T H.264, 8.4.2.2.1).</summary>
    private readonly struct Taken(byte* from, nint stride, nint plane, int across, int down)
    {
        private readonly byte* one = BlockKernels.Half(from, stride, plane, across >> 1, down >> 1);
        private readonly byte* other = BlockKernels.Half(from, stride, plane, (across + 1) >> 1, (down + 1) >> 1);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<short> Rows(int row) => BlockKernels.Rows(one + (row * stride), other + (row * stride), stride);
    }
}
