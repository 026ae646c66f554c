using System.Security.Cryptography;
using Rewards.Interop;

namespace Rewards.Signing;

/// <summary>Ed25519 (RFC 8032) by the system's libcrypto.</summary>
internal static class Ed25519
{
    public const int KeyLength = 32;
    public const int SignatureLength = 64;

    /// <summary>Is <paramref name="signature"/> by the owner of <paramref name="publicKey"/> over <paramref name="message"/>?
    /// What has another length is not.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != KeyLength || signature.Length != SignatureLength)
        {
            return false;
        }

        using EvpKeyHandle key = LibCrypto.EVP_PKEY_new_raw_public_key(LibCrypto.EVP_PKEY_ED25519, 0, publicKey, KeyLength);
        using EvpDigestHandle context = LibCrypto.EVP_MD_CTX_new();
        bool holds = !key.IsInvalid && !context.IsInvalid
            && LibCrypto.EVP_DigestVerifyInit(context, 0, 0, 0, key) == 1
            && LibCrypto.EVP_DigestVerify(context, signature, SignatureLength, message, (nuint)message.Length) == 1;
        if (!holds)
        {
            LibCrypto.ERR_clear_error();
        }

        return holds;
    }

    /// <param name="secret">32 bytes: any are a key.</param>
    public static EvpKeyHandle Load(ReadOnlySpan<byte> secret)
    {
        EvpKeyHandle key = LibCrypto.EVP_PKEY_new_raw_private_key(LibCrypto.EVP_PKEY_ED25519, 0, secret, (nuint)secret.Length);
        return key.IsInvalid ? throw Failure() : key;
    }

    public static byte[] PublicKeyOf(EvpKeyHandle key)
    {
        byte[] bytes = new byte[KeyLength];
        nuint length = KeyLength;
        return LibCrypto.EVP_PKEY_get_raw_public_key(key, bytes, ref length) == 1 && length == KeyLength ? bytes : throw Failure();
    }

    public static byte[] Sign(EvpKeyHandle key, ReadOnlySpan<byte> message)
    {
        byte[] signature = new byte[SignatureLength];
        nuint length = SignatureLength;
        using EvpDigestHandle context = LibCrypto.EVP_MD_CTX_new();
        return !context.IsInvalid
            && LibCrypto.EVP_DigestSignInit(context, 0, 0, 0, key) == 1
            && LibCrypto.EVP_DigestSign(context, signature, ref length, message, (nuint)message.Length) == 1
            && length == SignatureLength
            ? signature
            : throw Failure();
    }

    private static CryptographicException Failure()
    {
        LibCrypto.ERR_clear_error();
        return new("libcrypto refused an Ed25519 key.");
    }
}
