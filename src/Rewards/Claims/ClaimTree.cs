using System.Buffers.Binary;
using Rewards.Signing;

namespace Rewards.Claims;

/// <summary>What all accounts may claim, as a Merkle tree in the standard form of OpenZeppelin: its root goes on chain, and each
/// account shows its claim by a few hashes.</summary>
/// <remarks>One array of 2n − 1 hashes: node i has the children 2i + 1 and 2i + 2, the leaves stand at the end, in the reverse order
/// of their hashes. A node is keccak256 of its children, the smaller first.</remarks>
public sealed class ClaimTree
{
    /// <summary>Accounts that a tree may have.</summary>
    public const int AccountLimit = 1 << 24;

    /// <summary>Hashes that a task makes: some milliseconds' work.</summary>
    private const int Share = 4096;

    private readonly Claim[] _claims;
    private readonly int[] _places;
    private readonly Hash256[] _nodes;

    private ClaimTree(Claim[] claims, int[] places, Hash256[] nodes)
    {
        _claims = claims;
        _places = places;
        _nodes = nodes;
    }

    /// <summary>What a claim is checked against.</summary>
    public Hash256 Root => _nodes[0];

    /// <summary>In the order of accounts.</summary>
    public ReadOnlySpan<Claim> Claims => _claims;

    /// <summary>The array of the standard form.</summary>
    public ReadOnlySpan<Hash256> Nodes => _nodes;

    /// <summary>Where each of <see cref="Claims"/> has its leaf in <see cref="Nodes"/>.</summary>
    public ReadOnlySpan<int> Places => _places;

    /// <param name="claims">1 to <see cref="AccountLimit"/> of them, in any order.</param>
    /// <exception cref="ArgumentException">There are none or too many, or an account is there twice.</exception>
    public static ClaimTree Of(IReadOnlyCollection<Claim> claims)
    {
        if (claims.Count is 0 or > AccountLimit)
        {
            throw new ArgumentException($"A tree has 1 to {AccountLimit} accounts, not {claims.Count}.", nameof(claims));
        }

        Claim[] sorted = [.. claims];
        Array.Sort(sorted, static (a, b) => a.Account.CompareTo(b.Account));
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Account == sorted[i - 1].Account)
            {
                throw new ArgumentException($"The account {sorted[i].Account} is there twice.", nameof(claims));
            }
        }

        var leaves = new Hash256[sorted.Length];
        InShares(0, leaves.Length, (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                leaves[i] = sorted[i].Leaf();
            }
        });
        int[] order = Order(leaves);
        var nodes = new Hash256[(2 * leaves.Length) - 1];
        int[] places = new int[leaves.Length];
        for (int i = 0; i < order.Length; i++)
        {
            int place = nodes.Length - 1 - i;
            nodes[place] = leaves[order[i]];
            places[order[i]] = place;
        }

        Join(nodes, leaves.Length);
        return new(sorted, places, nodes);
    }

    /// <summary>What an account may claim, and the proof of it, from the leaf's sibling up; null where it has no claim.</summary>
    public (Claim Claim, IReadOnlyList<Hash256> Proof)? Prove(EthereumAddress account)
    {
        int low = 0;
        int high = _claims.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int side = _claims[middle].Account.CompareTo(account);
            if (side == 0)
            {
                return (_claims[middle], ProofOf(_places[middle]));
            }

            (low, high) = side < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    /// <summary>Does the tree of <paramref name="root"/> hold this claim? What the contract does.</summary>
    public static bool Holds(Claim claim, IReadOnlyList<Hash256> proof, Hash256 root)
    {
        Hash256 hash = claim.Leaf();
        foreach (Hash256 sibling in proof)
        {
            hash = Node(hash, sibling);
        }

        return hash == root;
    }

    private List<Hash256> ProofOf(int place)
    {
        List<Hash256> proof = [];
        for (; place > 0; place = (place - 1) / 2)
        {
            proof.Add(_nodes[((place - 1) ^ 1) + 1]);
        }

        return proof;
    }

    private static Hash256 Node(Hash256 a, Hash256 b)
    {
        Span<byte> pair = stackalloc byte[2 * Hash256.Length];
        (Hash256 first, Hash256 second) = a <= b ? (a, b) : (b, a);
        first.CopyTo(pair);
        second.CopyTo(pair[Hash256.Length..]);
        return Keccak256.Of(pair);
    }

    /// <summary>Numbers of the leaves in the order of their hashes: by the first eight bytes, and by all where these are the same.</summary>
    private static int[] Order(Hash256[] leaves)
    {
        ulong[] beginnings = new ulong[leaves.Length];
        int[] order = new int[leaves.Length];
        Span<byte> bytes = stackalloc byte[Hash256.Length];
        for (int i = 0; i < leaves.Length; i++)
        {
            leaves[i].CopyTo(bytes);
            beginnings[i] = BinaryPrimitives.ReadUInt64BigEndian(bytes);
            order[i] = i;
        }

        Array.Sort(beginnings, order);
        for (int from = 0; from < order.Length;)
        {
            int to = from + 1;
            while (to < order.Length && beginnings[to] == beginnings[from])
            {
                to++;
            }

            if (to - from > 1)
            {
                order.AsSpan(from, to - from).Sort((a, b) => leaves[a].CompareTo(leaves[b]));
            }

            from = to;
        }

        return order;
    }

    /// <summary>Row by row from below: the nodes of a row need only the row under it.</summary>
    private static void Join(Hash256[] nodes, int leaves)
    {
        int inner = leaves - 1;
        for (int row = 31 - int.LeadingZeroCount(Math.Max(inner, 1)); row >= 0; row--)
        {
            InShares((1 << row) - 1, Math.Min(inner, (2 << row) - 1), (from, to) =>
            {
                for (int i = from; i < to; i++)
                {
                    nodes[i] = Node(nodes[(2 * i) + 1], nodes[(2 * i) + 2]);
                }
            });
        }
    }

    private static void InShares(int from, int to, Action<int, int> work)
    {
        int shares = (to - from + Share - 1) / Share;
        if (shares <= 1)
        {
            work(from, to);
            return;
        }

        Parallel.For(0, shares, share => work(from + (share * Share), Math.Min(to, from + ((share + 1) * Share))));
    }
}
