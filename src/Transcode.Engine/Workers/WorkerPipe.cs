using Microsoft.Win32.SafeHandles;
using Transcode.Engine.Interop.Linux;

namespace Transcode.Engine.Workers;

/// <summary>The worker's end of the two pipes. One thread reads; any may write, a whole message at a time: while one
/// thread encodes and sends chunks, another decodes and asks for source bytes.</summary>
internal sealed class WorkerPipe : IDisposable
{
    private readonly FileStream input;
    private readonly FileStream output;
    private readonly Lock sending = new();
    private long lastSentAt = Environment.TickCount64;

    /// <param name="input">What the parent says; owned from here on.</param>
    /// <param name="output">What it hears; owned from here on.</param>
    internal WorkerPipe(SafeFileHandle input, SafeFileHandle output)
    {
        this.input = new FileStream(input, FileAccess.Read, bufferSize: 0, isAsync: false);
        this.output = new FileStream(output, FileAccess.Write, bufferSize: 0, isAsync: false);
    }

    /// <summary>When the last message left, in <see cref="Environment.TickCount64"/>.</summary>
    public long LastSentAt => Interlocked.Read(ref lastSentAt);

    /// <summary>Moves the pipes off descriptors 0 and 1, which a library might read or print to: 0 becomes empty and 1
    /// becomes standard error.</summary>
    /// <exception cref="IOException">The descriptors are not open.</exception>
    public static WorkerPipe TakeOver()
    {
        int input = LibC.Fcntl(LibC.STDIN_FILENO, LibC.F_DUPFD_CLOEXEC, 3);
        int output = LibC.Fcntl(LibC.STDOUT_FILENO, LibC.F_DUPFD_CLOEXEC, 3);
        int empty = LibC.Open("/dev/null", LibC.O_RDONLY | LibC.O_CLOEXEC, 0);
        if (input < 0 || output < 0 || empty < 0
            || LibC.Dup2(empty, LibC.STDIN_FILENO) < 0
            || LibC.Dup2(LibC.STDERR_FILENO, LibC.STDOUT_FILENO) < 0)
        {
            throw new IOException("A worker needs standard input, output and error to be open.");
        }

        _ = LibC.Close(empty);
        return new WorkerPipe(new SafeFileHandle(input, ownsHandle: true), new SafeFileHandle(output, ownsHandle: true));
    }

    /// <inheritdoc cref="Frame.Read"/>
    public Frame? Read() => Frame.Read(input, fromWorker: false);

    /// <summary>Sends and releases the message. A pipe that nobody reads any more ends the process: a worker has no
    /// purpose without its parent.</summary>
    public void Send(Frame frame)
    {
        try
        {
            // The kernel keeps a write in one piece only up to a page; a chunk is more, and must not be cut by a request.
            lock (sending)
            {
                output.Write(frame.Bytes);
            }
        }
        catch (IOException)
        {
            LibC.ExitNow(WorkerProgram.ExitOrphaned);
        }

        frame.Release();
        Interlocked.Exchange(ref lastSentAt, Environment.TickCount64);
    }

    public void Dispose()
    {
        input.Dispose();
        output.Dispose();
    }
}
