using Microsoft.Win32.SafeHandles;

namespace Rewards.Durability;

/// <summary>A file of the file system.</summary>
internal sealed class DiskFile(SafeFileHandle handle) : IDurableFile
{
    public long Length => RandomAccess.GetLength(handle);

    public int Read(long offset, Span<byte> bytes)
    {
        int read = 0;
        while (read < bytes.Length && RandomAccess.Read(handle, bytes[read..], offset + read) is > 0 and var more)
        {
            read += more;
        }

        return read;
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(handle, bytes, offset);

    public void Truncate(long length) => RandomAccess.SetLength(handle, length);

    public void Flush() => RandomAccess.FlushToDisk(handle);

    public void Dispose() => handle.Dispose();
}
