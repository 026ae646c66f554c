using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Rewards.Interop;

/// <summary>A secp256k1_context. Once made it is only read, so that any thread may sign with it.</summary>
internal sealed class Secp256k1ContextHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    /// <summary>A context blinded by fresh random bytes, against whoever watches how long signing takes.</summary>
    /// <exception cref="DllNotFoundException">The library is missing; the message says how to get it.</exception>
    public static Secp256k1ContextHandle Create()
    {
        Secp256k1ContextHandle context = Secp256k1.secp256k1_context_create(Secp256k1.SECP256K1_CONTEXT_SIGN_VERIFY);
        Span<byte> seed = stackalloc byte[32];
        RandomNumberGenerator.Fill(seed);
        bool blinded = !context.IsInvalid && Secp256k1.secp256k1_context_randomize(context, seed) == 1;
        CryptographicOperations.ZeroMemory(seed);
        return blinded ? context : throw new CryptographicException("libsecp256k1 made no context.");
    }

    protected override bool ReleaseHandle()
    {
        Secp256k1.secp256k1_context_destroy(handle);
        return true;
    }
}
