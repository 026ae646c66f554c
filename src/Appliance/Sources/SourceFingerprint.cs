using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Sources;

/// <summary>Names bytes by what they are.</summary>
/// <remarks>
/// SHA-256 over, in this order:
/// <list type="number">
/// <item>the ASCII bytes of <c>appliance source 1</c> and a zero byte, so that no other hash of this product can be equal;</item>
/// <item>the length in bytes, 8 bytes big-endian;</item>
/// <item>up to 64 MiB: the whole content;</item>
/// <item>above: the first MiB, the last MiB, and 256 blocks of 64 KiB, block i starting at byte
/// <c>i × (length − 64 KiB) / 255</c>, rounded down.</item>
/// </list>
/// A large file is sampled because reading a film of 50 GB once costs minutes on a home disk, before the first picture.
/// Two different films share neither length nor head nor index; what sampling can miss is a file edited in place at equal
/// length between the blocks, and that is caught while the appliance runs by its modification time.
/// </remarks>
internal static class SourceFingerprint
{
    public const long WholeUpToBytes = 64L << 20;

    /// <summary>Of a fingerprint, hexadecimal.</summary>
    public const int Digits = 64;

    public const int EdgeBytes = 1 << 20;

    public const int BlockBytes = 64 << 10;

    public const int Blocks = 256;

    /// <param name="file">Open for reading.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="cancellationToken">Looked at between reads.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    /// <exception cref="IOException">The file cannot be read, or ends before its length.</exception>
    public static string Of(SafeFileHandle file, long length, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = Begin(length);
        byte[] buffer = new byte[EdgeBytes];
        foreach ((long offset, int count) in Parts(length))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int filled = 0;
            while (filled < count)
            {
                int read = RandomAccess.Read(file, buffer.AsSpan(filled, count - filled), offset + filled);
                filled += read > 0 ? read : throw new EndOfStreamException("The file became shorter while it was read.");
            }

            hash.AppendData(buffer, 0, count);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The same of bytes that are slow to come, of which several parts are asked for at once.</summary>
    /// <param name="length">In bytes.</param>
    /// <param name="read">Gives a part, at an offset and so many bytes of it.</param>
    /// <param name="atOnce">Parts, at least 1.</param>
    public static async Task<string> OfAsync(long length, Func<long, int, Task<byte[]>> read, int atOnce)
    {
        using IncrementalHash hash = Begin(length);
        var coming = new Queue<Task<byte[]>>();
        try
        {
            foreach ((long offset, int count) in Parts(length))
            {
                if (coming.Count == atOnce)
                {
                    hash.AppendData(await coming.Dequeue());
                }

                coming.Enqueue(read(offset, count));
            }

            while (coming.TryDequeue(out Task<byte[]>? part))
            {
                hash.AppendData(await part);
            }
        }
        finally
        {
            // Where one failed, nobody hears of the others.
            await ((Task)Task.WhenAll(coming)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>What is read, in order.</summary>
    private static IEnumerable<(long Offset, int Count)> Parts(long length)
    {
        if (length <= WholeUpToBytes)
        {
            for (long offset = 0; offset < length; offset += EdgeBytes)
            {
                yield return (offset, (int)Math.Min(EdgeBytes, length - offset));
            }

            yield break;
        }

        yield return (0, EdgeBytes);
        yield return (length - EdgeBytes, EdgeBytes);
        for (int i = 0; i < Blocks; i++)
        {
            yield return ((long)((Int128)i * (length - BlockBytes) / (Blocks - 1)), BlockBytes);
        }
    }

    private static IncrementalHash Begin(long length)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("appliance source 1\0"u8);
        Span<byte> lengthBytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(lengthBytes, length);
        hash.AppendData(lengthBytes);
        return hash;
    }
}
