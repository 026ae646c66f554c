using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Transport;

/// <summary>A file that is open once, for all who read or send it at the same time. It is closed when the last of them has let
/// go of it, whatever became of its name meanwhile.</summary>
internal sealed class SharedFile
{
    private int _holders = 1;

    private SharedFile(SafeFileHandle handle, long length)
    {
        Handle = handle;
        Length = length;

        // Sockets know a file as a stream, which it is for nothing else.
        Whole = [new SendPacketsElement(new FileStream(handle, FileAccess.Read, bufferSize: 0, isAsync: true))];
    }

    public SafeFileHandle Handle { get; }

    /// <summary>In bytes, as it was opened.</summary>
    public long Length { get; }

    /// <summary>All of it, as sockets are told what to send.</summary>
    public SendPacketsElement[] Whole { get; }

    /// <summary>Whether it is still as long as it was.</summary>
    public bool IsWhole => RandomAccess.GetLength(Handle) == Length;

    /// <summary>Opens a file, held by the caller.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be.</exception>
    public static SharedFile Open(string path)
    {
        SafeFileHandle handle = File.OpenHandle(
            path, share: FileShare.ReadWrite | FileShare.Delete, options: FileOptions.Asynchronous);
        return new(handle, RandomAccess.GetLength(handle));
    }

    /// <summary>Holds it once more; somebody must hold it.</summary>
    public void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>Once for each time it was held.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            Handle.Dispose();
        }
    }
}
