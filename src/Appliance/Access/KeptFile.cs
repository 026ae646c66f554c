using Appliance.Storage;
using global::Rewards.Interop;

namespace Appliance.Access;

/// <summary>A small secret file of the box, mode 0600. What is written is there after a power cut: a key that was taken away must not come
/// back.</summary>
/// <remarks>Temporary name, write, flush, rename, flush the folder. A crash before the rename leaves what was there, and a leftover beside it;
/// after it, the old or the new; after the folder's flush, the new.</remarks>
/// <param name="path">Its folder must be there.</param>
internal sealed class KeptFile(string path)
{
    /// <summary>More is nothing that was written here.</summary>
    public const int LimitBytes = 1 << 20;

    public string Path => path;

    /// <summary>What changes with every writing; null where there is no file.</summary>
    public (DateTime WrittenAt, long Length)? Stamp => new FileInfo(path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : null;

    /// <returns>Null where there is none.</returns>
    /// <exception cref="IOException">It cannot be read, or is too long.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public byte[]? Read() => new FileInfo(path) switch
    {
        { Exists: false } => null,
        { Length: > LimitBytes } => throw new IOException($"{path} is too long."),
        _ => File.ReadAllBytes(path),
    };

    /// <summary>Removes it, so that it does not come back; nothing where there is none.</summary>
    /// <exception cref="IOException">The disk is read-only or failing; it is there still.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written to.</exception>
    public void Delete()
    {
        File.Delete(path);
        if (!OperatingSystem.IsWindows())
        {
            FolderFlush.Flush(System.IO.Path.GetDirectoryName(path)!);
        }
    }

    /// <exception cref="IOException">The disk is full or failing; the old content is there, or the new.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written to.</exception>
    public void Write(byte[] content)
    {
        DurableFile.Write(path, [content], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (!OperatingSystem.IsWindows())
        {
            FolderFlush.Flush(System.IO.Path.GetDirectoryName(path)!);
        }
    }
}
