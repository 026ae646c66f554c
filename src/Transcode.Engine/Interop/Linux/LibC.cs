using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.Linux;

/// <summary>The few calls of the C library that a worker locks itself in with, the ones it proves the lock by, and the one
/// by which it gives way.</summary>
internal static partial class LibC
{
    private const string Library = "libc";

    public const int STDIN_FILENO = 0;
    public const int STDOUT_FILENO = 1;
    public const int STDERR_FILENO = 2;

    public const int O_RDONLY = 0;
    public const int O_RDWR = 2;
    public const int O_CREAT = 0x40;
    public const int O_CLOEXEC = 0x80000;

    public const int F_DUPFD_CLOEXEC = 1030;

    public const int AF_UNIX = 1;
    public const int AF_INET = 2;
    public const int SOCK_STREAM = 1;

    public const int SIGKILL = 9;

    public const int PRIO_PROCESS = 0;

    /// <summary>The ordinary scheduling policy: time shared by niceness.</summary>
    public const int SCHED_OTHER = 0;

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Fcntl(int descriptor, int command, int argument);

    [LibraryImport(Library, EntryPoint = "dup2", SetLastError = true)]
    public static partial int Dup2(int from, int to);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, ReadOnlySpan<byte> bytes, nuint count);

    [LibraryImport(Library, EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int domain, int type, int protocol);

    [LibraryImport(Library, EntryPoint = "execve", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ExecVe(string path, nint arguments, nint environment);

    [LibraryImport(Library, EntryPoint = "fopen", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint FOpen(string path, string mode);

    [LibraryImport(Library, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);

    /// <summary>For native libraries: what the runtime sets in its own environment they do not see.</summary>
    [LibraryImport(Library, EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetEnvironment(string name, string value, int overwrite);

    /// <summary>With <see cref="PRIO_PROCESS"/> and 0, the niceness of the calling thread.</summary>
    [LibraryImport(Library, EntryPoint = "setpriority", SetLastError = true)]
    public static partial int SetPriority(int which, int who, int niceness);

    /// <summary>With <see cref="PRIO_PROCESS"/> and 0, the niceness of the calling thread; −1 is one too.</summary>
    [LibraryImport(Library, EntryPoint = "getpriority")]
    public static partial int GetPriority(int which, int who);

    /// <summary>With 0, the policy of the calling thread, which threads it starts inherit.</summary>
    [LibraryImport(Library, EntryPoint = "sched_setscheduler", SetLastError = true)]
    public static partial int SetScheduler(int thread, int policy, in int priority);

    [LibraryImport(Library, EntryPoint = "getppid")]
    public static partial int GetPPid();

    /// <summary>Ends the process at once: no finalizers, no exit handlers, no waiting for threads inside native code.</summary>
    [LibraryImport(Library, EntryPoint = "_exit")]
    public static partial void ExitNow(int status);
}
