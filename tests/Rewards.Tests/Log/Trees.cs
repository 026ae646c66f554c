using System.Text;
using Rewards.Log;
using Rewards.Signing;

namespace Rewards.Tests.Log;

/// <summary>Trees in memory, and RFC 9162 written down once more as it stands there: recursive, and slow.</summary>
internal static class Trees
{
    public static byte[] Entry(long index) => Encoding.ASCII.GetBytes($"receipt-{index}");

    public static Hash256[] Leaves(int count) => [.. Enumerable.Range(0, count).Select(i => MerkleHash.Leaf(Entry(i)))];

    /// <summary>Tiles over these leaves, which count how many hashes are read.</summary>
    public static MerkleTiles Tiles(Hash256[] leaves, Action<int>? read = null)
    {
        List<Hash256[]> levels = [leaves];
        while (levels[^1].Length >= MerkleTiles.Width)
        {
            levels.Add([.. levels[^1].Chunk(MerkleTiles.Width).Where(tile => tile.Length == MerkleTiles.Width).Select(tile => MerkleHash.Perfect([.. tile]))]);
        }

        return new((level, first, hashes) =>
        {
            read?.Invoke(hashes.Length);
            levels[level].AsSpan((int)first, hashes.Length).CopyTo(hashes);
        });
    }

    public static Hash256 Root(ReadOnlySpan<Hash256> leaves)
    {
        if (leaves.Length < 2)
        {
            return leaves.Length == 0 ? MerkleHash.Empty : leaves[0];
        }

        int k = Split(leaves.Length);
        return MerkleHash.Node(Root(leaves[..k]), Root(leaves[k..]));
    }

    public static List<Hash256> Path(int index, ReadOnlySpan<Hash256> leaves)
    {
        if (leaves.Length == 1)
        {
            return [];
        }

        int k = Split(leaves.Length);
        return index < k ? [.. Path(index, leaves[..k]), Root(leaves[k..])] : [.. Path(index - k, leaves[k..]), Root(leaves[..k])];
    }

    public static List<Hash256> Proof(int old, ReadOnlySpan<Hash256> leaves, bool whole = true)
    {
        if (old == leaves.Length)
        {
            return whole ? [] : [Root(leaves)];
        }

        int k = Split(leaves.Length);
        return old <= k
            ? [.. Proof(old, leaves[..k], whole), Root(leaves[k..])]
            : [.. Proof(old - k, leaves[k..], false), Root(leaves[..k])];
    }

    private static int Split(int count)
    {
        int k = 1;
        while (k * 2 < count)
        {
            k *= 2;
        }

        return k;
    }
}
