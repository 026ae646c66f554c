using System.Runtime.InteropServices;

namespace Rewards.Interop;

/// <summary>Whose a file or folder is, and who may touch it.</summary>
/// <param name="User">Number of its owner.</param>
/// <param name="IsLink">It is a symbolic link; the rest is said of the link itself.</param>
/// <param name="Permissions">The lowest nine bits of its mode.</param>
internal readonly record struct FileOwner(uint User, bool IsLink, int Permissions)
{
    /// <summary>Number of the user this process acts as.</summary>
    public static uint Self => LibC.GetEffectiveUser();

    /// <exception cref="IOException">It cannot be asked.</exception>
    public static FileOwner Of(string path)
    {
        Span<byte> answer = stackalloc byte[LibC.StatxSize];
        if (LibC.StatX(LibC.AT_FDCWD, path, LibC.AT_SYMLINK_NOFOLLOW, LibC.STATX_BASIC_STATS, answer) != 0)
        {
            throw new IOException($"{path} cannot be looked at: {Marshal.GetLastPInvokeErrorMessage()}.");
        }

        uint user = BitConverter.ToUInt32(answer[LibC.StatxUserOffset..]);
        ushort mode = BitConverter.ToUInt16(answer[LibC.StatxModeOffset..]);
        return new(user, (mode & 0xF000) == 0xA000, mode & 0x1FF);
    }
}
