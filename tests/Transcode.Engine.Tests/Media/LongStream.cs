using System.Buffers.Binary;
using Transcode.Engine.Media;

namespace Transcode.Engine.Tests.Media;

/// <summary>A transport stream of any size, made of one short one again and again: clocks, timestamps and continuity
/// counters (ISO/IEC 13818-1, 2.4.3) go on from one repetition to the next, and wrap as they do in broadcasts.</summary>
internal sealed class LongStream : IByteReader
{
    private const int PacketBytes = 188;
    private const long Wrap = 1L << 33;

    private readonly byte[] block;
    private readonly long ticks;
    private readonly long firstTicks;
    private readonly int[] continuity;
    private readonly byte[] repeated;
    private long repetition = -1;

    /// <param name="block">A whole transport stream that begins with a keyframe.</param>
    /// <param name="ticks">Its duration at 90 kHz.</param>
    /// <param name="length">In bytes; rounded down to whole repetitions.</param>
    /// <param name="firstTicks">Added to every time, modulo 2^33.</param>
    public LongStream(byte[] block, long ticks, long length, long firstTicks = 0)
    {
        this.block = block;
        this.ticks = ticks;
        this.firstTicks = firstTicks;
        Repetitions = length / block.Length;
        Length = Repetitions * block.Length;
        repeated = new byte[block.Length];
        continuity = new int[0x2000];
        for (int at = 0; at < block.Length; at += PacketBytes)
        {
            continuity[Pid(block, at)] += HasPayload(block, at) ? 1 : 0;
        }
    }

    public string Fingerprint { get; } = Guid.NewGuid().ToString("N");

    public long Length { get; }

    public long Repetitions { get; }

    public long BytesRead { get; private set; }

    public int Reads { get; private set; }

    public int Read(long offset, Span<byte> buffer)
    {
        int count = (int)Math.Clamp(Length - offset, 0, buffer.Length);
        for (int done = 0; done < count;)
        {
            byte[] source = Repetition((offset + done) / block.Length);
            int at = (int)((offset + done) % block.Length);
            int take = Math.Min(count - done, source.Length - at);
            source.AsSpan(at, take).CopyTo(buffer[done..]);
            done += take;
        }

        BytesRead += count;
        Reads++;
        return count;
    }

    private static int Pid(byte[] stream, int at) => BinaryPrimitives.ReadUInt16BigEndian(stream.AsSpan(at + 1)) & 0x1FFF;

    private static bool HasPayload(byte[] stream, int at) => (stream[at + 3] & 0x10) != 0;

    private byte[] Repetition(long number)
    {
        if (number == repetition)
        {
            return repeated;
        }

        repetition = number;
        block.CopyTo(repeated, 0);
        long added = firstTicks + (number * ticks);
        for (int at = 0; at < repeated.Length; at += PacketBytes)
        {
            int payload = at + 4;
            int counted = (int)(number * continuity[Pid(repeated, at)] % 16);
            repeated[at + 3] = (byte)((repeated[at + 3] & 0xF0) | ((repeated[at + 3] + counted) & 0x0F));
            if ((repeated[at + 3] & 0x20) != 0)
            {
                payload += 1 + repeated[at + 4];
                if (repeated[at + 4] > 0 && (repeated[at + 5] & 0x10) != 0)
                {
                    AddToClock(repeated.AsSpan(at + 6), added);
                }
            }

            bool startsPes = (repeated[at + 1] & 0x40) != 0 && HasPayload(repeated, at)
                && repeated.AsSpan(payload, 3).SequenceEqual((ReadOnlySpan<byte>)[0, 0, 1]);
            if (startsPes)
            {
                int flags = repeated[payload + 7] >> 6;
                if ((flags & 2) != 0)
                {
                    AddToTimestamp(repeated.AsSpan(payload + 9), added);
                }

                if (flags == 3)
                {
                    AddToTimestamp(repeated.AsSpan(payload + 14), added);
                }
            }
        }

        return repeated;
    }

    /// <summary>The 33-bit base of a programme clock reference.</summary>
    private static void AddToClock(Span<byte> field, long added)
    {
        long clock = ((long)BinaryPrimitives.ReadUInt32BigEndian(field) << 1) | (long)(field[4] >> 7);
        clock = (clock + added) % Wrap;
        BinaryPrimitives.WriteUInt32BigEndian(field, (uint)(clock >> 1));
        field[4] = (byte)((field[4] & 0x7F) | ((int)(clock & 1) << 7));
    }

    /// <summary>A PTS or DTS: 33 bits in three parts, each followed by a marker bit.</summary>
    private static void AddToTimestamp(Span<byte> field, long added)
    {
        long time = ((long)(field[0] & 0x0E) << 29) | ((long)(BinaryPrimitives.ReadUInt16BigEndian(field[1..]) >> 1) << 15)
            | (long)(BinaryPrimitives.ReadUInt16BigEndian(field[3..]) >> 1);
        time = (time + added) % Wrap;
        field[0] = (byte)((field[0] & 0xF1) | (int)((time >> 29) & 0x0E));
        BinaryPrimitives.WriteUInt16BigEndian(field[1..], (ushort)((((time >> 15) & 0x7FFF) << 1) | 1));
        BinaryPrimitives.WriteUInt16BigEndian(field[3..], (ushort)(((time & 0x7FFF) << 1) | 1));
    }
}
