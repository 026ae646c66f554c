using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Appliance.Storage;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Sources.Remote;

/// <summary>Up to 16 blocks of a film that lie side by side, in one sparse file: a head with the length and digest of each, then the blocks, each in its place. The cache's
/// lock guards what is said to be kept.</summary>
/// <param name="folder">Of all films.</param>
/// <param name="film">Its folder therein.</param>
/// <param name="number">Of the extent within the film.</param>
internal sealed class OriginExtent(string folder, string film, long number)
{
    public const int Blocks = 16;

    private const int EntryBytes = sizeof(int) + SHA256.HashSizeInBytes;

    private const int HeadBytes = 4096;

    private const string Ending = ".extent";

    private readonly int[] kept = new int[Blocks];
    private readonly string path = Path.Combine(folder, film, number.ToString("x8", CultureInfo.InvariantCulture) + Ending);

    public string Film => film;

    public long Number => number;

    /// <summary>Bytes of blocks.</summary>
    public long Kept => kept.Sum();

    public bool Holds(int block) => kept[block] > 0;

    /// <returns>False where it was kept already.</returns>
    public bool Add(int block, int length)
    {
        bool isNew = kept[block] == 0;
        kept[block] = length;
        return isNew;
    }

    /// <returns>Bytes that are kept no more.</returns>
    public int Forget(int block) => Interlocked.Exchange(ref kept[block], 0);

    /// <summary>Finds what an earlier start kept. What a head promises, a read finds out.</summary>
    /// <returns>Null where the file is none of these.</returns>
    public static OriginExtent? TakeUp(string folder, FileInfo file)
    {
        if (file.Extension != Ending
            || file.Directory!.Parent?.FullName.TrimEnd(Path.DirectorySeparatorChar) != Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar)
            || !long.TryParse(Path.GetFileNameWithoutExtension(file.Name), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long number))
        {
            return null;
        }

        var extent = new OriginExtent(folder, file.Directory.Name, number);
        Span<byte> head = stackalloc byte[Blocks * EntryBytes];
        using SafeFileHandle handle = File.OpenHandle(file.FullName);
        if (extent.path != file.FullName || RandomAccess.Read(handle, head, 0) < head.Length)
        {
            return null;
        }

        for (int i = 0; i < Blocks; i++)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(head[(i * EntryBytes)..]);
            extent.kept[i] = length is > 0 and <= OriginCache.BlockBytes ? length : 0;
        }

        return extent;
    }

    /// <returns>Null where it is not there, or not what was written.</returns>
    public byte[]? Read(int block, int length)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> entry = stackalloc byte[EntryBytes];
            byte[] bytes = new byte[length];
            return ReadWhole(file, entry, block * EntryBytes)
                && BinaryPrimitives.ReadInt32LittleEndian(entry) == length
                && ReadWhole(file, bytes, Place(block))
                && entry[sizeof(int)..].SequenceEqual(Digest(block, bytes))
                ? bytes
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <exception cref="IOException">The disk is full or gone.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(int block, ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using SafeFileHandle file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> entry = stackalloc byte[EntryBytes];
        BinaryPrimitives.WriteInt32LittleEndian(entry, bytes.Length);
        Digest(block, bytes).CopyTo(entry[sizeof(int)..]);
        RandomAccess.Write(file, bytes, Place(block));
        RandomAccess.Write(file, entry, block * EntryBytes);
    }

    /// <summary>Removes its file.</summary>
    public void Delete() => DurableFile.RemoveQuietly(path);

    /// <summary>Removes the folder of a film of which nothing is kept.</summary>
    public static void RemoveFolder(string folder)
    {
        try
        {
            Directory.Delete(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is not there, or a block came into it in this moment; that one is found at the next start.
        }
    }

    private static long Place(int block) => HeadBytes + ((long)block * OriginCache.BlockBytes);

    private static bool ReadWhole(SafeFileHandle file, Span<byte> buffer, long offset)
    {
        while (buffer.Length > 0)
        {
            int read = RandomAccess.Read(file, buffer, offset);
            if (read == 0)
            {
                return false;
            }

            buffer = buffer[read..];
            offset += read;
        }

        return true;
    }

    private byte[] Digest(int block, ReadOnlySpan<byte> bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{film}\0{(number * Blocks) + block}\0"));
        hash.AppendData(bytes);
        return hash.GetHashAndReset();
    }
}
