using System.Security.Cryptography;
using Rewards.Interop;

namespace Rewards.Signing;

/// <summary>A secp256k1 key: what a device signs receipts with, and requesters countersign them with. Any thread may sign.</summary>
public sealed class DeviceKey : IDisposable
{
    private readonly byte[] _secret;

    private DeviceKey(byte[] secret)
    {
        _secret = secret;
        Address = Secp256k1Signing.AddressOf(secret);
    }

    /// <summary>Who signs.</summary>
    public EthereumAddress Address { get; }

    /// <summary>A new key out of the system's randomness.</summary>
    public static DeviceKey Create()
    {
        byte[] secret = new byte[Secp256k1.SecretKeyLength];
        do
        {
            RandomNumberGenerator.Fill(secret);
        }
        while (!Secp256k1Signing.IsSecret(secret));

        return new(secret);
    }

    /// <param name="secret">32 bytes; a copy is kept.</param>
    /// <exception cref="ArgumentException">They are no key: 0, or not below the group's order.</exception>
    public static DeviceKey FromSecret(ReadOnlySpan<byte> secret) => Secp256k1Signing.IsSecret(secret)
        ? new(secret.ToArray())
        : throw new ArgumentException("These bytes are no secp256k1 key.", nameof(secret));

    /// <summary>Signs a digest as it is: nothing is put before it.</summary>
    public RecoverableSignature Sign(Hash256 digest)
    {
        Span<byte> message = stackalloc byte[Hash256.Length];
        digest.CopyTo(message);
        return Secp256k1Signing.Sign(_secret, message);
    }

    /// <summary>Overwrites the key in memory; it signs no more.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_secret);

    internal byte[] CopySecret() => [.. _secret];
}
