using System.Security.Cryptography;
using Rewards.Log;
using Rewards.Signing;

namespace Rewards.Receipts;

/// <summary>How a receipt names what was asked for and what was made.</summary>
public static class ContentHashes
{
    /// <param name="canonicalJson">The recipe in the canonical form of RFC 8785: other bytes are another recipe.</param>
    public static Hash256 OfRecipe(ReadOnlySpan<byte> canonicalJson)
    {
        Span<byte> digest = stackalloc byte[Hash256.Length];
        SHA256.HashData(canonicalJson, digest);
        return new(digest);
    }

    /// <summary>The root of RFC 6962 over pieces of output, in order: one can be shown to belong to a receipt without the others.</summary>
    /// <param name="leaves"><see cref="MerkleHash.Leaf"/> of each piece's bytes.</param>
    public static Hash256 OfOutputs(IEnumerable<Hash256> leaves)
    {
        var tree = new MerkleFrontier();
        foreach (Hash256 leaf in leaves)
        {
            tree.Add(leaf);
        }

        return tree.Root();
    }
}
