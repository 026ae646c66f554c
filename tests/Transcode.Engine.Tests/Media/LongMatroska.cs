using System.Buffers.Binary;
using Transcode.Engine.Media;

namespace Transcode.Engine.Tests.Media;

/// <summary>A Matroska file of any size without index or duration, as a recorder writes it to a pipe: the clusters of a
/// short one again and again, their times going on (RFC 9559, 5.1.3).</summary>
internal sealed class LongMatroska : IByteReader
{
    private const uint ClusterId = 0x1F43B675;
    private const uint CuesId = 0x1C53BB6B;

    private readonly byte[] header;
    private readonly byte[] block;
    private readonly List<(int At, long Milliseconds)> times = [];
    private readonly long blockMilliseconds;

    /// <param name="file">Written by ffmpeg to a pipe without checksums: clusters of known size that begin with their time.</param>
    /// <param name="milliseconds">Its duration.</param>
    /// <param name="length">In bytes, about.</param>
    public LongMatroska(byte[] file, long milliseconds, long length)
    {
        blockMilliseconds = milliseconds;
        int at = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x1F, 0x43, 0xB6, 0x75]);
        header = file[..at];
        using var clusters = new MemoryStream();
        while (at < file.Length && BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at)) is var id && id != CuesId)
        {
            (long size, int sizeBytes) = Size(file.AsSpan(at + 4));
            int content = at + 4 + sizeBytes;
            if (id == ClusterId)
            {
                Append(clusters, file.AsSpan(content, (int)size));
            }

            at = content + (int)size;
        }

        block = clusters.ToArray();
        Repetitions = (length - header.Length) / block.Length;
        Length = header.Length + (Repetitions * block.Length);
    }

    public string Fingerprint { get; } = Guid.NewGuid().ToString("N");

    public long Length { get; }

    public long Repetitions { get; }

    public long BytesRead { get; private set; }

    public int Read(long offset, Span<byte> buffer)
    {
        int count = (int)Math.Clamp(Length - offset, 0, buffer.Length);
        for (int done = 0; done < count;)
        {
            done += offset + done < header.Length
                ? Copy(header.AsSpan((int)(offset + done)), buffer[done..count])
                : CopyRepetition(offset + done - header.Length, buffer[done..count]);
        }

        BytesRead += count;
        return count;
    }

    private static int Copy(ReadOnlySpan<byte> from, Span<byte> to)
    {
        int count = Math.Min(from.Length, to.Length);
        from[..count].CopyTo(to);
        return count;
    }

    private int CopyRepetition(long offset, Span<byte> to)
    {
        long repetition = offset / block.Length;
        int at = (int)(offset % block.Length);
        int count = Copy(block.AsSpan(at), to);
        Span<byte> time = stackalloc byte[8];
        foreach ((int timeAt, long milliseconds) in times.Where(t => t.At + 8 > at && t.At < at + count))
        {
            BinaryPrimitives.WriteInt64BigEndian(time, milliseconds + (repetition * blockMilliseconds));
            for (int i = Math.Max(0, at - timeAt); i < 8 && timeAt + i < at + count; i++)
            {
                to[timeAt + i - at] = time[i];
            }
        }

        return count;
    }

    /// <summary>Writes a cluster anew, its time in eight bytes.</summary>
    private void Append(MemoryStream clusters, ReadOnlySpan<byte> content)
    {
        int timeBytes = content[1] & 0x7F;
        long milliseconds = 0;
        foreach (byte b in content.Slice(2, timeBytes))
        {
            milliseconds = (milliseconds * 256) + b;
        }

        ReadOnlySpan<byte> rest = content[(2 + timeBytes)..];
        Span<byte> start = stackalloc byte[14];
        BinaryPrimitives.WriteUInt32BigEndian(start, ClusterId);
        BinaryPrimitives.WriteUInt64BigEndian(start[4..], 0x0100_0000_0000_0000UL + (uint)(10 + rest.Length));
        (start[12], start[13]) = (0xE7, 0x88);
        clusters.Write(start);
        times.Add(((int)clusters.Length, milliseconds));
        clusters.Write(new byte[8]);
        clusters.Write(rest);
    }

    private static (long Size, int Bytes) Size(ReadOnlySpan<byte> field)
    {
        int bytes = System.Numerics.BitOperations.LeadingZeroCount((uint)field[0]) - 23;
        long size = field[0] & ((1 << (8 - bytes)) - 1);
        foreach (byte b in field[1..bytes])
        {
            size = (size * 256) + b;
        }

        return (size, bytes);
    }
}
