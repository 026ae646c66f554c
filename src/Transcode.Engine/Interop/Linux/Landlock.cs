using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.Linux;

/// <summary>Landlock (linux/landlock.h): takes every right to the file system and to TCP from the calling thread and
/// from the threads it starts later.</summary>
internal static unsafe partial class Landlock
{
    // The same on every architecture: system calls since Linux 5.1 share one table.
    private const nint SYS_landlock_create_ruleset = 444;
    private const nint SYS_landlock_restrict_self = 446;

    private const uint LANDLOCK_CREATE_RULESET_VERSION = 1;
    private const ulong LANDLOCK_ACCESS_NET_BIND_TCP = 1 << 0;
    private const ulong LANDLOCK_ACCESS_NET_CONNECT_TCP = 1 << 1;
    private const ulong LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET = 1 << 0;

    /// <summary>The version of the kernel's interface.</summary>
    /// <returns>1 or more, or the negative errno: −38 where the kernel was built without, −95 where it is switched off.</returns>
    public static int AbiVersion()
    {
        nint version = CreateRuleset(SYS_landlock_create_ruleset, null, 0, LANDLOCK_CREATE_RULESET_VERSION);
        return version >= 0 ? (int)version : -Marshal.GetLastPInvokeError();
    }

    /// <summary>Handles every right that ABI <paramref name="version"/> knows and allows none. Needs no_new_privs.</summary>
    /// <returns>0, or the errno.</returns>
    public static int DenyAll(int version)
    {
        var attribute = new RulesetAttribute(
            AccessFs: FileSystemRights(version),
            AccessNet: LANDLOCK_ACCESS_NET_BIND_TCP | LANDLOCK_ACCESS_NET_CONNECT_TCP,
            // Signal scoping is left out: kernels before its erratum also deny a thread inside the domain to signal one
            // of its own process outside, which is how the runtime stops threads for a collection.
            Scoped: LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET);
        nuint size = version switch
        {
            < 4 => 8,
            < 6 => 16,
            _ => 24,
        };
        nint ruleset = CreateRuleset(SYS_landlock_create_ruleset, &attribute, size, 0);
        if (ruleset < 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        int error = RestrictSelf(SYS_landlock_restrict_self, (int)ruleset, 0) == 0 ? 0 : Marshal.GetLastPInvokeError();
        _ = LibC.Close((int)ruleset);
        return error;
    }

    /// <summary>13 rights in ABI 1, then REFER (2), TRUNCATE (3) and IOCTL_DEV (5).</summary>
    private static ulong FileSystemRights(int version) => (1UL << (version switch
    {
        1 => 13,
        2 => 14,
        3 or 4 => 15,
        _ => 16,
    })) - 1;

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint CreateRuleset(nint number, RulesetAttribute* attribute, nuint size, uint flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint RestrictSelf(nint number, int ruleset, uint flags);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct RulesetAttribute(ulong AccessFs, ulong AccessNet, ulong Scoped);
}
