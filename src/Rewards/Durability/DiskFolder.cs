using Microsoft.Win32.SafeHandles;
using Rewards.Interop;

namespace Rewards.Durability;

/// <summary>A folder of the file system. Its files are made with mode 0600.</summary>
internal sealed class DiskFolder(string path) : IDurableFolder
{
    /// <summary>How a name ends whose content is not finished; what carries it after a crash is a leftover.</summary>
    private const string Unfinished = ".new";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public byte[]? Read(string name, int limit)
    {
        string file = Path.Combine(path, name);
        if (!File.Exists(file))
        {
            return null;
        }

        using SafeFileHandle handle = File.OpenHandle(file);
        long length = RandomAccess.GetLength(handle);
        if (length > limit)
        {
            throw new IOException($"{file} has {length} bytes, where at most {limit} are read.");
        }

        byte[] content = new byte[length];
        int read = new DiskFile(handle).Read(0, content);
        return read == length ? content : throw new IOException($"{file} became shorter while it was read.");
    }

    /// <remarks>Temporary name, write, flush, rename, flush the folder. A crash before the rename leaves the old content and a
    /// leftover; after it, the old or the new; after the folder's flush, the new.</remarks>
    public void Replace(string name, ReadOnlySpan<byte> content)
    {
        string file = Path.Combine(path, name);
        string unfinished = file + Unfinished;
        // Made anew, so that its mode is ours whatever a leftover has.
        File.Delete(unfinished);
        using (var stream = new FileStream(unfinished, Options(FileMode.CreateNew)))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, file, overwrite: true);
        FolderFlush.Flush(path);
    }

    public IDurableFile Open(string name)
    {
        string file = Path.Combine(path, name);
        bool isNew = !File.Exists(file);
        using var stream = new FileStream(file, Options(FileMode.OpenOrCreate));
        if (isNew)
        {
            FolderFlush.Flush(path);
        }

        return new DiskFile(File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite));
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }
}
