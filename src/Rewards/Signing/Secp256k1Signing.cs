using System.Security.Cryptography;
using Rewards.Interop;

namespace Rewards.Signing;

/// <summary>Signing with secp256k1, by the library that Bitcoin signs with: nonces of RFC 6979, low s, constant time.</summary>
internal static class Secp256k1Signing
{
    private static readonly Lazy<Secp256k1ContextHandle> Shared = new(Secp256k1ContextHandle.Create);

    private static Secp256k1ContextHandle Context => Shared.Value;

    /// <summary>Is this a number from 1 to the group's order − 1?</summary>
    public static bool IsSecret(ReadOnlySpan<byte> secret) =>
        secret.Length == Secp256k1.SecretKeyLength && Secp256k1.secp256k1_ec_seckey_verify(Context, secret) == 1;

    /// <param name="secret">One that <see cref="IsSecret"/>.</param>
    public static EthereumAddress AddressOf(ReadOnlySpan<byte> secret)
    {
        Span<byte> key = stackalloc byte[Secp256k1.PublicKeySize];
        Require(Secp256k1.secp256k1_ec_pubkey_create(Context, key, secret));
        return AddressOfKey(key);
    }

    /// <param name="secret">One that <see cref="IsSecret"/>.</param>
    /// <param name="digest">32 bytes.</param>
    public static RecoverableSignature Sign(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> digest)
    {
        Span<byte> signature = stackalloc byte[Secp256k1.RecoverableSignatureSize];
        Require(Secp256k1.secp256k1_ecdsa_sign_recoverable(Context, signature, digest, secret, 0, 0));
        Span<byte> compact = stackalloc byte[Secp256k1.CompactSignatureLength];
        Require(Secp256k1.secp256k1_ecdsa_recoverable_signature_serialize_compact(Context, compact, out int recoveryId, signature));
        // 2 and 3 need an r above the group's order: nobody has met one, and v has no room for it.
        Require(recoveryId is 0 or 1 ? 1 : 0);
        return RecoverableSignature.Of(compact, recoveryId);
    }

    /// <param name="digest">32 bytes.</param>
    /// <param name="compact">r‖s, 64 bytes.</param>
    /// <param name="recoveryId">0 or 1.</param>
    public static EthereumAddress? Recover(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> compact, int recoveryId)
    {
        Span<byte> signature = stackalloc byte[Secp256k1.RecoverableSignatureSize];
        Span<byte> key = stackalloc byte[Secp256k1.PublicKeySize];
        return Secp256k1.secp256k1_ecdsa_recoverable_signature_parse_compact(Context, signature, compact, recoveryId) == 1
            && Secp256k1.secp256k1_ecdsa_recover(Context, key, signature, digest) == 1
            ? AddressOfKey(key)
            : null;
    }

    private static EthereumAddress AddressOfKey(ReadOnlySpan<byte> key)
    {
        Span<byte> serialized = stackalloc byte[Secp256k1.UncompressedKeyLength];
        nuint length = Secp256k1.UncompressedKeyLength;
        Require(Secp256k1.secp256k1_ec_pubkey_serialize(Context, serialized, ref length, key, Secp256k1.SECP256K1_EC_UNCOMPRESSED));
        return EthereumAddress.OfPublicKey(serialized);
    }

    private static void Require(int answer)
    {
        if (answer != 1)
        {
            throw new CryptographicException("libsecp256k1 refused to sign.");
        }
    }
}
