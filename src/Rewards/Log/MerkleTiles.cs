using Rewards.Signing;

namespace Rewards.Log;

/// <summary>Roots and proofs read out of tiles: a few short reads each, whatever the size. Hash i of level L is the root over the
/// leaves i·256^L to (i + 1)·256^L.</summary>
/// <param name="read">Reads hashes of a level, from a place on.</param>
internal sealed class MerkleTiles(MerkleTiles.HashReader read)
{
    /// <summary>A tile is this many levels of the tree high.</summary>
    public const int Height = 8;

    /// <summary>Hashes across a whole tile.</summary>
    public const int Width = 1 << Height;

    /// <summary>Whether all of a tile is there.</summary>
    /// <param name="index">Of the tile in its level.</param>
    /// <param name="width">How much of it is asked for.</param>
    /// <param name="available">Hashes, or entries, of its level.</param>
    public static bool IsThere(long index, int width, long available) =>
        width is >= 1 and <= Width && index >= 0 && index <= available / Width && (index * Width) + width <= available;

    /// <param name="level">0 for leaves.</param>
    /// <param name="first">Number of the first hash.</param>
    /// <param name="hashes">Filled.</param>
    public delegate void HashReader(int level, long first, Span<Hash256> hashes);

    /// <summary>Root over the first leaves.</summary>
    public Hash256 Root(long size) => size == 0 ? MerkleHash.Empty : Range(0, size);

    /// <summary>The frontier of the first leaves, which grows on from there.</summary>
    public MerkleFrontier Frontier(long size) => MerkleFrontier.Of(size, Perfect);

    /// <summary>PATH of RFC 9162, 2.1.3.1, from the leaf's sibling up.</summary>
    /// <param name="index">Less than <paramref name="size"/>.</param>
    /// <param name="size">Of the tree that the proof is for.</param>
    public Hash256[] Inclusion(long index, long size)
    {
        List<Hash256> path = [];
        long low = 0;
        long high = size;
        while (high - low > 1)
        {
            long middle = low + LargestPowerBelow(high - low);
            if (index < middle)
            {
                path.Add(Range(middle, high));
                high = middle;
            }
            else
            {
                path.Add(Range(low, middle));
                low = middle;
            }
        }

        path.Reverse();
        return [.. path];
    }

    /// <summary>PROOF of RFC 9162, 2.1.4.1. Empty where one tree is empty or both are the same.</summary>
    /// <param name="oldSize">0 to <paramref name="newSize"/>.</param>
    /// <param name="newSize">Of the later tree.</param>
    public Hash256[] Consistency(long oldSize, long newSize)
    {
        if (oldSize == 0)
        {
            return [];
        }

        List<Hash256> path = [];
        long low = 0;
        long high = newSize;
        while (oldSize != high)
        {
            long middle = low + LargestPowerBelow(high - low);
            if (oldSize <= middle)
            {
                path.Add(Range(middle, high));
                high = middle;
            }
            else
            {
                path.Add(Range(low, middle));
                low = middle;
            }
        }

        if (low != 0)
        {
            path.Add(Range(low, high));
        }

        path.Reverse();
        return [.. path];
    }

    /// <summary>Root over leaves that begin where a tree of their number may: the perfect trees in it, joined from the right.</summary>
    private Hash256 Range(long low, long high)
    {
        Span<Hash256> perfect = stackalloc Hash256[64];
        int count = 0;
        while (low < high)
        {
            int height = 63 - (int)long.LeadingZeroCount(high - low);
            perfect[count++] = Perfect(height, low >> height);
            low += 1L << height;
        }

        Hash256 root = perfect[--count];
        while (count > 0)
        {
            root = MerkleHash.Node(perfect[--count], root);
        }

        return root;
    }

    /// <summary>The n-th root of trees of a height: read, or made of what lies below it within its tile.</summary>
    private Hash256 Perfect(int height, long n)
    {
        int inTile = height % Height;
        Span<Hash256> hashes = stackalloc Hash256[1 << inTile];
        read(height / Height, n << inTile, hashes);
        return MerkleHash.Perfect(hashes);
    }

    private static long LargestPowerBelow(long count) => 1L << (63 - (int)long.LeadingZeroCount(count - 1));
}
