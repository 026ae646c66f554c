using System.Security.Cryptography;

namespace Transcode.Engine.Tuning.Devices;

/// <summary>Programs as files of a folder: the SHA-256 of the binary, then the binary.</summary>
/// <remarks>
/// A file is written under a name of its own, flushed, and renamed: a crash before the rename leaves a leftover that the next
/// write removes once it is an hour old; a crash after it, the whole file. Where the disk loses what it said it had, the hash
/// does not fit, and the file is removed and made again.
/// </remarks>
/// <param name="folder">Made where it is not there.</param>
/// <param name="limitBytes">Of all files together; those unused for longest go first. A binary larger than it is not kept.</param>
internal sealed class FolderProgramStore(string folder, long limitBytes = FolderProgramStore.DefaultLimitBytes) : IProgramStore
{
    /// <summary>Binaries have tens of kilobytes on most drivers, and a megabyte on PoCL.</summary>
    public const long DefaultLimitBytes = 64 << 20;

    private const string Suffix = ".clbin";

    private const string TemporarySuffix = ".part";

    private static readonly TimeSpan LeftoverAge = TimeSpan.FromHours(1);

    public byte[]? Read(string key)
    {
        string path = PathOf(key);
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length > limitBytes)
            {
                return null;
            }

            byte[] bytes = File.ReadAllBytes(path);
            if (bytes.Length <= SHA256.HashSizeInBytes
                || !SHA256.HashData(bytes.AsSpan(SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(bytes.AsSpan(0, SHA256.HashSizeInBytes)))
            {
                File.Delete(path);
                return null;
            }

            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
            return bytes[SHA256.HashSizeInBytes..];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Write(string key, ReadOnlySpan<byte> binary)
    {
        long size = SHA256.HashSizeInBytes + (long)binary.Length;
        if (size > limitBytes)
        {
            return;
        }

        string path = PathOf(key);
        string temporary = $"{path}.{Guid.NewGuid():N}{TemporarySuffix}";
        try
        {
            Directory.CreateDirectory(folder);
            MakeRoom(size, path);
            using (var stream = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 }))
            {
                stream.Write(SHA256.HashData(binary));
                stream.Write(binary);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Remove(temporary);
        }
    }

    private void MakeRoom(long size, string replaced)
    {
        FileInfo[] files = new DirectoryInfo(folder).GetFiles();
        foreach (FileInfo leftover in files.Where(file => file.Name.EndsWith(TemporarySuffix, StringComparison.Ordinal) && DateTime.UtcNow - file.LastWriteTimeUtc > LeftoverAge))
        {
            Remove(leftover.FullName);
        }

        FileInfo[] kept = [.. files.Where(file => file.Name.EndsWith(Suffix, StringComparison.Ordinal) && file.FullName != Path.GetFullPath(replaced)).OrderBy(file => file.LastWriteTimeUtc)];
        long sum = kept.Sum(file => file.Length);
        foreach (FileInfo file in kept.TakeWhile(_ => sum + size > limitBytes))
        {
            Remove(file.FullName);
            sum -= file.Length;
        }
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It counts against the limit until it can be removed.
        }
    }

    private string PathOf(string key) => Path.Combine(folder, key + Suffix);
}
