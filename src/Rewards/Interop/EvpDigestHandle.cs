using System.Runtime.InteropServices;

namespace Rewards.Interop;

/// <summary>An EVP_MD_CTX: one signing or one check, by one thread.</summary>
internal sealed class EvpDigestHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        LibCrypto.EVP_MD_CTX_free(handle);
        return true;
    }
}
