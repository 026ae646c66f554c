using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Transcode.Engine.Interop.Linux;

namespace Transcode.Engine.Workers;

/// <summary>Tries from inside a locked-in worker what it must not be able to do, and that the runtime still works.</summary>
internal static class LockInProof
{
    private const string ExistingFile = "/etc/passwd";

    /// <summary>Writes one line an attempt to standard error.</summary>
    /// <returns>0 where every attempt was denied.</returns>
    public static int Run()
    {
        bool denied = Attempts("main thread");
        denied &= Task.Run(() => Attempts("pool thread")).GetAwaiter().GetResult();
        var thread = new Thread(() => denied &= Attempts("new thread"));
        thread.Start();
        thread.Join();
        return RuntimeWorks() && denied ? 0 : 1;
    }

    private static bool Attempts(string where)
    {
        string newFile = Path.Combine(Path.GetTempPath(), $"lock-in-{Environment.ProcessId}");
        bool denied = true;
        denied &= Native(where, "open a file", () => LibC.Open(ExistingFile, LibC.O_RDONLY, 0));
        denied &= Native(where, "fopen a file", () => LibC.FOpen(ExistingFile, "r") == 0 ? -1 : 0);
        denied &= Native(where, "create a file", () => LibC.Open(newFile, LibC.O_CREAT | LibC.O_RDWR, 384));
        denied &= Managed(where, "read a file", () => File.OpenRead(ExistingFile).Dispose());
        denied &= Native(where, "an internet socket", () => LibC.Socket(LibC.AF_INET, LibC.SOCK_STREAM, 0));
        denied &= Native(where, "a Unix socket", () => LibC.Socket(LibC.AF_UNIX, LibC.SOCK_STREAM, 0));
        denied &= Native(where, "a signal to the parent", () => LibC.Kill(LibC.GetPPid(), 0));
        denied &= Managed(where, "start a program", () => Process.Start("/bin/true").WaitForExit());
        // Where this is allowed, the process becomes a program that ends with 1.
        denied &= Native(where, "become a program", () => LibC.ExecVe("/bin/false", 0, 0));
        return denied;
    }

    private static bool Native(string where, string what, Func<int> attempt)
    {
        bool denied = attempt() < 0;
        return Say(where, what, denied, denied ? $"errno {Marshal.GetLastPInvokeError()}" : "");
    }

    private static bool Managed(string where, string what, Action attempt)
    {
        try
        {
            attempt();
            return Say(where, what, denied: false, "");
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException or Win32Exception)
        {
            return Say(where, what, denied: true, exception.GetType().Name);
        }
    }

    private static bool Say(string where, string what, bool denied, string detail)
    {
        WorkerLog.Line($"{(denied ? "denied" : "ALLOWED")}: {what} ({where}) {detail}");
        return denied;
    }

    /// <summary>Collections stop threads by signals, tiering maps new code, an exception with its trace looks for symbols:
    /// all must go on without a file.</summary>
    private static bool RuntimeWorks()
    {
        string trace = "";
        for (int i = 0; i < 200; i++)
        {
            _ = GC.AllocateUninitializedArray<byte>(1 << 20);
            try
            {
                throw new InvalidDataException();
            }
            catch (InvalidDataException exception)
            {
                trace = exception.ToString();
            }
        }

        Thread[] threads = [.. Enumerable.Range(0, 8).Select(_ => new Thread(() => GC.Collect()))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        bool works = trace.Contains(nameof(RuntimeWorks), StringComparison.Ordinal);
        WorkerLog.Line(works ? "working: collections, exceptions, threads" : "BROKEN: a trace without its method");
        return works;
    }
}
