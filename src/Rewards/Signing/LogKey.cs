using System.Security.Cryptography;
using Rewards.Interop;

namespace Rewards.Signing;

/// <summary>An Ed25519 key: what a log signs its checkpoints with, and a witness its cosignatures. Any thread may sign.</summary>
public sealed class LogKey : IDisposable
{
    private readonly EvpKeyHandle _key;
    private readonly byte[] _secret;
    private readonly byte[] _public;

    private LogKey(byte[] secret)
    {
        _secret = secret;
        _key = Ed25519.Load(secret);
        _public = Ed25519.PublicKeyOf(_key);
    }

    /// <summary>32 bytes.</summary>
    public ReadOnlySpan<byte> PublicKey => _public;

    /// <summary>A new key out of the system's randomness.</summary>
    public static LogKey Create() => new(RandomNumberGenerator.GetBytes(Ed25519.KeyLength));

    /// <param name="secret">32 bytes, the seed of RFC 8032; a copy is kept.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public static LogKey FromSecret(ReadOnlySpan<byte> secret) => secret.Length == Ed25519.KeyLength
        ? new(secret.ToArray())
        : throw new ArgumentException($"An Ed25519 key has {Ed25519.KeyLength} bytes, not {secret.Length}.", nameof(secret));

    /// <returns>64 bytes; the same for the same message.</returns>
    public byte[] Sign(ReadOnlySpan<byte> message) => Ed25519.Sign(_key, message);

    /// <summary>Gives the key back, and overwrites our copy.</summary>
    public void Dispose()
    {
        _key.Dispose();
        CryptographicOperations.ZeroMemory(_secret);
    }

    internal byte[] CopySecret() => [.. _secret];
}
