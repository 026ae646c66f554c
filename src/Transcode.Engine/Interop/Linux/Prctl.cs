using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.Linux;

/// <summary>prctl(2).</summary>
internal static partial class Prctl
{
    private const int PR_SET_PDEATHSIG = 1;
    private const int PR_SET_NO_NEW_PRIVS = 38;

    /// <summary>No later execve gives this process more than it has; also what lets it install filters unprivileged.</summary>
    /// <returns>0, or the errno.</returns>
    public static int SetNoNewPrivileges() => Errno(Call(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));

    /// <summary>This process gets <paramref name="signal"/> when the <em>thread</em> that started it ends.</summary>
    /// <returns>0, or the errno.</returns>
    public static int SetParentDeathSignal(int signal) => Errno(Call(PR_SET_PDEATHSIG, (nuint)signal, 0, 0, 0));

    private static int Errno(int result) => result == 0 ? 0 : Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Call(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);
}
