using Rewards.Signing;

namespace Rewards.Log;

/// <summary>Checks proofs of RFC 9162, without the log.</summary>
public static class MerkleProof
{
    /// <summary>Does <paramref name="root"/> of <paramref name="size"/> leaves hold <paramref name="leaf"/> at <paramref name="index"/>?
    /// RFC 9162, 2.1.3.2.</summary>
    /// <param name="leaf">Hash of the entry.</param>
    /// <param name="index">0 or more.</param>
    /// <param name="size">Leaves of the tree.</param>
    /// <param name="proof">From the leaf's sibling up.</param>
    /// <param name="root">Of the tree.</param>
    public static bool Includes(Hash256 leaf, long index, long size, IReadOnlyList<Hash256> proof, Hash256 root)
    {
        if (index < 0 || index >= size)
        {
            return false;
        }

        long node = index;
        long last = size - 1;
        Hash256 hash = leaf;
        foreach (Hash256 sibling in proof)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleHash.Node(sibling, hash);
                while ((node & 1) == 0 && node != 0)
                {
                    node >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                hash = MerkleHash.Node(hash, sibling);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && hash == root;
    }

    /// <summary>Are the first leaves of the tree of <paramref name="newRoot"/> those of <paramref name="oldRoot"/>? RFC 9162, 2.1.4.2.
    /// The empty tree is the beginning of every tree, and its proof is empty.</summary>
    /// <param name="oldSize">0 to <paramref name="newSize"/>.</param>
    /// <param name="oldRoot">Of that many leaves.</param>
    /// <param name="newSize">Leaves of the later tree.</param>
    /// <param name="newRoot">Its root.</param>
    /// <param name="proof">As the log gave it.</param>
    public static bool Extends(long oldSize, Hash256 oldRoot, long newSize, Hash256 newRoot, IReadOnlyList<Hash256> proof)
    {
        if (oldSize < 0 || oldSize > newSize)
        {
            return false;
        }

        if (oldSize == 0 || oldSize == newSize)
        {
            return proof.Count == 0 && (oldSize == 0 ? oldRoot == MerkleHash.Empty : oldRoot == newRoot);
        }

        // A whole tree of a power of two is itself a node of the later one, and not repeated in the proof.
        List<Hash256> path = long.IsPow2(oldSize) ? [oldRoot, .. proof] : [.. proof];
        if (path.Count == 0)
        {
            return false;
        }

        long node = oldSize - 1;
        long last = newSize - 1;
        while ((node & 1) == 1)
        {
            node >>= 1;
            last >>= 1;
        }

        Hash256 before = path[0];
        Hash256 after = path[0];
        foreach (Hash256 sibling in path.Skip(1))
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                before = MerkleHash.Node(sibling, before);
                after = MerkleHash.Node(sibling, after);
                while ((node & 1) == 0 && node != 0)
                {
                    node >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                after = MerkleHash.Node(after, sibling);
            }

            node >>= 1;
            last >>= 1;
        }

        return last == 0 && before == oldRoot && after == newRoot;
    }
}
