using System.Security.Cryptography;
using Rewards.Signing;

namespace Rewards.Log;

/// <summary>The hashes of RFC 6962, 2.1: SHA-256, with another first byte for leaves than for nodes, so that neither passes for
/// the other.</summary>
public static class MerkleHash
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    /// <summary>Entries up to this are hashed without a buffer of their own.</summary>
    private const int ShortEntry = 1023;

    /// <summary>Root of the tree without entries.</summary>
    public static Hash256 Empty { get; } = new(SHA256.HashData([]));

    /// <summary>SHA-256(0x00 ‖ entry).</summary>
    public static Hash256 Leaf(ReadOnlySpan<byte> entry)
    {
        Span<byte> digest = stackalloc byte[Hash256.Length];
        if (entry.Length <= ShortEntry)
        {
            Span<byte> message = stackalloc byte[ShortEntry + 1];
            message[0] = LeafPrefix;
            entry.CopyTo(message[1..]);
            SHA256.HashData(message[..(entry.Length + 1)], digest);
            return new(digest);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([LeafPrefix]);
        hash.AppendData(entry);
        hash.GetHashAndReset(digest);
        return new(digest);
    }

    /// <summary>The same of bytes that are read as they come, from where <paramref name="entry"/> stands to its end.</summary>
    public static async Task<Hash256> LeafAsync(Stream entry, CancellationToken cancellationToken = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([LeafPrefix]);
        byte[] buffer = new byte[1 << 16];
        while (await entry.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            hash.AppendData(buffer.AsSpan(0, read));
        }

        return new(hash.GetHashAndReset());
    }

    /// <summary>SHA-256(0x01 ‖ left ‖ right).</summary>
    public static Hash256 Node(Hash256 left, Hash256 right)
    {
        Span<byte> message = stackalloc byte[1 + (2 * Hash256.Length)];
        message[0] = NodePrefix;
        left.CopyTo(message[1..]);
        right.CopyTo(message[(1 + Hash256.Length)..]);
        Span<byte> digest = stackalloc byte[Hash256.Length];
        SHA256.HashData(message, digest);
        return new(digest);
    }

    /// <summary>Root of the perfect tree over <paramref name="hashes"/>, whose number is a power of two. They are written over.</summary>
    internal static Hash256 Perfect(Span<Hash256> hashes)
    {
        for (int left = hashes.Length; left > 1; left /= 2)
        {
            for (int i = 0; i < left / 2; i++)
            {
                hashes[i] = Node(hashes[2 * i], hashes[(2 * i) + 1]);
            }
        }

        return hashes[0];
    }
}
