using System.Reflection;
using System.Runtime.InteropServices;

namespace Rewards.Interop;

/// <summary>secp256k1.h and secp256k1_recovery.h: the few functions that sign, and find the signer of, 32 bytes.</summary>
internal static partial class Secp256k1
{
    public const int SecretKeyLength = 32;
    public const int CompactSignatureLength = 64;
    public const int UncompressedKeyLength = 65;

    /// <summary>Sizes of the library's opaque structs, which its headers promise (secp256k1_pubkey and
    /// secp256k1_ecdsa_recoverable_signature).</summary>
    public const int PublicKeySize = 64;
    public const int RecoverableSignatureSize = 65;

    /// <summary>Signing and verifying: what newer versions allow in any context, older ones only in such.</summary>
    public const uint SECP256K1_CONTEXT_SIGN_VERIFY = 0x0201 | 0x0101;
    public const uint SECP256K1_EC_UNCOMPRESSED = 0x0002;

    private const string Library = "secp256k1";

    /// <summary>Versions whose functions used here are the same, newest first: 0.7, 0.3 to 0.6 (Debian 13), 0.2 (Debian 12).</summary>
    internal static readonly string[] Names = ["libsecp256k1.so.6", "libsecp256k1.so.2", "libsecp256k1.so.1"];

    static Secp256k1() => NativeLibrary.SetDllImportResolver(typeof(Secp256k1).Assembly, Resolve);

    [LibraryImport(Library)]
    public static partial Secp256k1ContextHandle secp256k1_context_create(uint flags);

    [LibraryImport(Library)]
    public static partial void secp256k1_context_destroy(nint context);

    [LibraryImport(Library)]
    public static partial int secp256k1_context_randomize(Secp256k1ContextHandle context, ReadOnlySpan<byte> seed32);

    [LibraryImport(Library)]
    public static partial int secp256k1_ec_seckey_verify(Secp256k1ContextHandle context, ReadOnlySpan<byte> secretKey);

    [LibraryImport(Library)]
    public static partial int secp256k1_ec_pubkey_create(Secp256k1ContextHandle context, Span<byte> publicKey, ReadOnlySpan<byte> secretKey);

    [LibraryImport(Library)]
    public static partial int secp256k1_ec_pubkey_serialize(
        Secp256k1ContextHandle context, Span<byte> output, ref nuint outputLength, ReadOnlySpan<byte> publicKey, uint flags);

    [LibraryImport(Library)]
    public static partial int secp256k1_ecdsa_sign_recoverable(
        Secp256k1ContextHandle context, Span<byte> signature, ReadOnlySpan<byte> message32, ReadOnlySpan<byte> secretKey, nint nonceFunction, nint nonceData);

    [LibraryImport(Library)]
    public static partial int secp256k1_ecdsa_recoverable_signature_serialize_compact(
        Secp256k1ContextHandle context, Span<byte> output64, out int recoveryId, ReadOnlySpan<byte> signature);

    [LibraryImport(Library)]
    public static partial int secp256k1_ecdsa_recoverable_signature_parse_compact(
        Secp256k1ContextHandle context, Span<byte> signature, ReadOnlySpan<byte> input64, int recoveryId);

    [LibraryImport(Library)]
    public static partial int secp256k1_ecdsa_recover(
        Secp256k1ContextHandle context, Span<byte> publicKey, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> message32);

    private static nint Resolve(string library, Assembly assembly, DllImportSearchPath? path)
    {
        if (library != Library)
        {
            return 0;
        }

        foreach (string name in Names)
        {
            if (NativeLibrary.TryLoad(name, out nint handle))
            {
                return handle;
            }
        }

        throw new DllNotFoundException(
            "libsecp256k1 is missing: receipts cannot be signed or checked without it. On Debian 12, libsecp256k1-1 brings it; on Debian 13, libsecp256k1-2.");
    }
}
