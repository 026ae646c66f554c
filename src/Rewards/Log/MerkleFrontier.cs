using System.Numerics;
using Rewards.Signing;

namespace Rewards.Log;

/// <summary>A tree that grows by leaves at its right, remembered by as few hashes as its root needs: the perfect trees it is made
/// of, the largest first (one for each 1 in the size's binary form).</summary>
internal sealed class MerkleFrontier
{
    private readonly List<Hash256> _perfect = [];

    /// <summary>Leaves in the tree.</summary>
    public long Size { get; private set; }

    public void Add(Hash256 leaf)
    {
        // As many perfect trees join as the size ends in ones.
        for (int joins = BitOperations.TrailingZeroCount(~Size); joins > 0; joins--)
        {
            leaf = MerkleHash.Node(_perfect[^1], leaf);
            _perfect.RemoveAt(_perfect.Count - 1);
        }

        _perfect.Add(leaf);
        Size++;
    }

    /// <summary>Root of RFC 6962, 2.1.</summary>
    public Hash256 Root()
    {
        if (_perfect.Count == 0)
        {
            return MerkleHash.Empty;
        }

        Hash256 root = _perfect[^1];
        for (int i = _perfect.Count - 2; i >= 0; i--)
        {
            root = MerkleHash.Node(_perfect[i], root);
        }

        return root;
    }

    /// <param name="size">Leaves.</param>
    /// <param name="perfect">Gives the root of the perfect tree of a height, 0 for a leaf, that is the n-th of its height.</param>
    public static MerkleFrontier Of(long size, Func<int, long, Hash256> perfect)
    {
        var frontier = new MerkleFrontier { Size = size };
        for (int height = 62; height >= 0; height--)
        {
            if ((size >> height & 1) == 1)
            {
                frontier._perfect.Add(perfect(height, (size >> height) - 1));
            }
        }

        return frontier;
    }
}
