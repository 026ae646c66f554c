using System.Security.Cryptography;
using System.Text;
using Rewards.Log;
using Rewards.Signing;

namespace Rewards.Receipts;

/// <summary>How a receipt names what was asked for and what was made.</summary>
/// <remarks>A piece of output goes into the tree by its SHA-256, and not by its bytes: so a receipt is made from the ledger alone, which has that
/// hash, also where the process ended before the receipt was made and the cache has forgotten the bytes. Whoever has the bytes can still show that
/// they belong to the receipt.</remarks>
public static class ContentHashes
{
    /// <param name="canonicalJson">The recipe in the canonical form of RFC 8785: other bytes are another recipe.</param>
    public static Hash256 OfRecipe(ReadOnlySpan<byte> canonicalJson) => Sha256(canonicalJson);

    /// <param name="fingerprint">Of the source's bytes, as the ledger has it: ASCII.</param>
    /// <returns>SHA-256 of its text.</returns>
    public static Hash256 OfSource(string fingerprint) => Sha256(Encoding.ASCII.GetBytes(fingerprint));

    /// <param name="sha256">Of the piece's bytes.</param>
    /// <returns>The leaf that stands for it: <see cref="MerkleHash.Leaf"/> of these 32 bytes.</returns>
    public static Hash256 OfPiece(Hash256 sha256)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Length];
        sha256.CopyTo(bytes);
        return MerkleHash.Leaf(bytes);
    }

    /// <summary>The root of RFC 6962 over pieces of output, in order: one can be shown to belong to a receipt without the others.</summary>
    /// <param name="leaves"><see cref="OfPiece"/> of each.</param>
    public static Hash256 OfOutputs(IEnumerable<Hash256> leaves)
    {
        var tree = new MerkleFrontier();
        foreach (Hash256 leaf in leaves)
        {
            tree.Add(leaf);
        }

        return tree.Root();
    }

    private static Hash256 Sha256(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[Hash256.Length];
        SHA256.HashData(bytes, digest);
        return new(digest);
    }
}
