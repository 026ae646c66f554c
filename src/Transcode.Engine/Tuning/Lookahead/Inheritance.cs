using System.Runtime.CompilerServices;

namespace Transcode.Engine.Tuning.Lookahead;

/// <summary>How much of each block later pictures take, directly and by way of others: what is coded well there is coded well in
/// all of them.</summary>
/// <remarks>The idea is that of J. Garrett-Glaser, "A novel macroblock-tree algorithm for high-performance optimization of dependent
/// video coding in H.264/AVC" (2009): of what a block holds, the share that is not coded anew was inherited.</remarks>
internal static class Inheritance
{
    /// <summary>Of a block's side, in quarter samples, as motion is told.</summary>
    private const int Side = 4 * BlockKernels.Side;

    /// <summary>Works out <see cref="LookedAt.Inherited"/> of all. What is not decided yet is taken for anchors, each from the one
    /// before it. Nothing is passed on to pictures that are not among them.</summary>
    /// <param name="pictures">In the order they are shown.</param>
    /// <param name="columns">Blocks across.</param>
    /// <param name="rows">Blocks down.</param>
    public static void Find(IReadOnlyList<LookedAt> pictures, int columns, int rows)
    {
        foreach (LookedAt picture in pictures)
        {
            picture.Disinherit();
        }

        // Last to first in the order of coding, so that all that a picture leaves is known when it passes on its own: of a run,
        // those that nothing is taken from, then its middle, then its anchor.
        int end = pictures.Count - 1;
        while (end >= 0)
        {
            int start = end;
            while (start > 0 && pictures[end].Type is not null && pictures[start - 1].Type == PictureType.Between)
            {
                start--;
            }

            foreach (LookedAt picture in pictures.Skip(start).Take(end - start).OrderBy(picture => picture.IsReference).Append(pictures[end]))
            {
                LookedAt? earlier = picture.Type is null && end > 0 ? pictures[end - 1] : picture.Earlier;
                PassOn(picture, earlier is not null && earlier.Number >= pictures[0].Number ? earlier : null, columns, rows);
            }

            end = start - 1;
        }
    }

    private static void PassOn(LookedAt picture, LookedAt? earlier, int columns, int rows)
    {
        if (picture.Later is { } later)
        {
            (int[] costs, byte[] uses) = picture.Between(picture.Earlier!, later);
            PassOn(picture, costs, uses, BetweenCosts.Earlier, earlier, picture.MotionInto(picture.Earlier!), columns, rows);
            PassOn(picture, costs, uses, BetweenCosts.Later, later, picture.MotionInto(later), columns, rows);
        }
        else if (earlier is not null)
        {
            MotionField motion = picture.MotionInto(earlier);
            PassOn(picture, motion.Costs, uses: null, BetweenCosts.Earlier, earlier, motion, columns, rows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PassOn(
        LookedAt picture, int[] costs, byte[]? uses, byte side, LookedAt? to, MotionField motion, int columns, int rows)
    {
        if (to is null)
        {
            return;
        }

        for (int block = 0; block < costs.Length; block++)
        {
            int intra = picture.Intra[block];
            byte use = uses?[block] ?? side;
            if ((use & side) == 0 || costs[block] >= intra)
            {
                continue;
            }

            long taken = (picture.Inherited[block] + intra) * (intra - costs[block]) / intra;
            Spread(to.Inherited, block, motion.Across[block], motion.Down[block], use == BetweenCosts.Both ? taken / 2 : taken, columns, rows);
        }
    }

    /// <summary>Over the four blocks that a moved one covers, by area; what lies outside the picture is nobody's.</summary>
    private static void Spread(long[] inherited, int block, int across, int down, long amount, int columns, int rows)
    {
        (int y, int x) = Math.DivRem(block, columns);
        int left = (x * Side) + across, top = (y * Side) + down;
        (int column, int row) = (left >> 5, top >> 5);
        (int right, int below) = (left & (Side - 1), top & (Side - 1));
        Give(column, row, (Side - right) * (Side - below));
        Give(column + 1, row, right * (Side - below));
        Give(column, row + 1, (Side - right) * below);
        Give(column + 1, row + 1, right * below);

        void Give(int toColumn, int toRow, int area)
        {
            if ((uint)toColumn < (uint)columns && (uint)toRow < (uint)rows)
            {
                inherited[(toRow * columns) + toColumn] += amount * area / (Side * Side);
            }
        }
    }
}
