using System.Runtime.InteropServices;

namespace Rewards.Interop;

/// <summary>evp.h of OpenSSL 3: Ed25519, which the base library lacks. .NET needs the same library for itself.</summary>
internal static partial class LibCrypto
{
    public const int EVP_PKEY_ED25519 = 1087;

    private const string Library = "libcrypto.so.3";

    [LibraryImport(Library)]
    public static partial EvpKeyHandle EVP_PKEY_new_raw_private_key(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library)]
    public static partial EvpKeyHandle EVP_PKEY_new_raw_public_key(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library)]
    public static partial int EVP_PKEY_get_raw_public_key(EvpKeyHandle key, Span<byte> bytes, ref nuint length);

    [LibraryImport(Library)]
    public static partial void EVP_PKEY_free(nint key);

    [LibraryImport(Library)]
    public static partial EvpDigestHandle EVP_MD_CTX_new();

    [LibraryImport(Library)]
    public static partial void EVP_MD_CTX_free(nint context);

    [LibraryImport(Library)]
    public static partial int EVP_DigestSignInit(EvpDigestHandle context, nint keyContext, nint digest, nint engine, EvpKeyHandle key);

    [LibraryImport(Library)]
    public static partial int EVP_DigestSign(
        EvpDigestHandle context, Span<byte> signature, ref nuint signatureLength, ReadOnlySpan<byte> message, nuint messageLength);

    [LibraryImport(Library)]
    public static partial int EVP_DigestVerifyInit(EvpDigestHandle context, nint keyContext, nint digest, nint engine, EvpKeyHandle key);

    [LibraryImport(Library)]
    public static partial int EVP_DigestVerify(
        EvpDigestHandle context, ReadOnlySpan<byte> signature, nuint signatureLength, ReadOnlySpan<byte> message, nuint messageLength);

    /// <summary>Drops what a failed call noted for its thread, so that the next one who asks is not told it.</summary>
    [LibraryImport(Library)]
    public static partial void ERR_clear_error();
}
