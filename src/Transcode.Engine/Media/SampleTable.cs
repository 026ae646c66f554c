using System.Buffers.Binary;
using System.Text;
using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Media;

/// <summary>Every coded picture of a track, as the header of an MP4 or QuickTime file lists them (ISO/IEC 14496-12, 8.5 to
/// 8.7): what they are is known without reading one.</summary>
/// <param name="SampleEntry">The four characters the pictures are described under.</param>
/// <param name="Sizes">In bytes, in decode order.</param>
/// <param name="Times">Presentation times in the stream's ticks, in decode order, from whatever zero.</param>
/// <param name="IsSync">Whether the container says that decoding can start here, in decode order.</param>
/// <param name="IsEdited">Whether an edit list leaves out pictures, repeats them or changes their pace.</param>
internal sealed record SampleTable(string SampleEntry, int[] Sizes, long[] Times, bool[] IsSync, bool IsEdited)
{
    /// <summary>Pictures of a table that is read: nine hours at 60 a second.</summary>
    private const int MaxSamples = 2_000_000;

    /// <summary>Bytes of one box of the table: two numbers of four bytes a picture.</summary>
    private const int MaxBoxBytes = (MaxSamples * 8) + 64;

    public int Count => Sizes.Length;

    /// <summary>Null where the container has no such table for the stream, as where it is in fragments; where it is too long,
    /// or makes no sense; and where the pictures are described in more than one way.</summary>
    /// <exception cref="IOException">The source could not be read.</exception>
    public static SampleTable? Of(SourceReader source, AvStream stream)
    {
        if (!source.Container.FormatName.Contains("mp4", StringComparison.Ordinal))
        {
            return null;
        }

        var boxes = new IsoBoxReader(source.Bytes);
        if (boxes.First("moov", 0, source.Bytes.Length) is not { } movie || boxes.Inside(movie, "mvex") is not null)
        {
            return null;
        }

        int track = stream.Id;
        return boxes.Between(movie.ContentAt, movie.End)
            .Where(box => box.Type == "trak" && TrackId(boxes, box) == track)
            .Select(box => Read(boxes, movie, box, stream))
            .FirstOrDefault();
    }

    private static SampleTable? Read(IsoBoxReader boxes, IsoBox movie, IsoBox track, AvStream stream)
    {
        if (boxes.Inside(track, "mdia", "minf", "stbl") is not { } table
            || Timescale(boxes, boxes.Inside(track, "mdia", "mdhd")) is not { } timescale
            || Timescale(boxes, boxes.Inside(movie, "mvhd")) is not { } movieTimescale
            || stream.TimeBase is not { Num: 1 } unit || unit.Den != timescale
            || SampleEntryOf(boxes, table) is not { } entry
            || SizesOf(boxes, table) is not { Length: > 0 } sizes
            || DecodeTimes(boxes, table, sizes.Length) is not { } times
            || !TryAddOffsets(boxes, table, times)
            || SyncSamples(boxes, table, sizes.Length) is not { } isSync)
        {
            return null;
        }

        bool isEdited = !PlaysWhole(boxes, track, times, new Rational(timescale, movieTimescale));
        return new(entry, sizes, times, isSync, isEdited);
    }

    /// <summary>tkhd, 8.3.2: two times of 32 or 64 bits before it.</summary>
    private static uint? TrackId(IsoBoxReader boxes, IsoBox track) =>
        boxes.Inside(track, "tkhd") is { } box && boxes.Content(box, 256) is [var version, ..] body ? At(body, version == 1 ? 20 : 12) : null;

    /// <summary>mdhd and mvhd (8.4.2, 8.2.2) alike.</summary>
    private static uint? Timescale(IsoBoxReader boxes, IsoBox? box) =>
        box is { } found && boxes.Content(found, 256) is [var version, ..] body
        && At(body, version == 1 ? 20 : 12) is { } timescale and > 0 ? timescale : null;

    /// <summary>stsd, 8.5.2; null unless there is exactly one.</summary>
    private static string? SampleEntryOf(IsoBoxReader boxes, IsoBox table) =>
        boxes.Inside(table, "stsd") is { } box && boxes.Content(box, 1 << 20) is { Length: >= 16 } body && At(body, 4) == 1
            ? Encoding.Latin1.GetString(body, 12, 4)
            : null;

    /// <summary>stsz, 8.7.3.2.</summary>
    private static int[]? SizesOf(IsoBoxReader boxes, IsoBox table)
    {
        if (Table(boxes, table, "stsz") is not { } body || At(body, 4) is not { } common || At(body, 8) is not { } count || count > MaxSamples)
        {
            return null;
        }

        int[] sizes = new int[count];
        for (int i = 0; i < sizes.Length; i++)
        {
            uint? size = common > 0 ? common : At(body, 12 + (i * 4));
            if (size is not (> 0 and <= int.MaxValue))
            {
                return null;
            }

            sizes[i] = (int)size;
        }

        return sizes;
    }

    /// <summary>stts, 8.6.1.2: runs of alike durations.</summary>
    private static long[]? DecodeTimes(IsoBoxReader boxes, IsoBox table, int count)
    {
        long[] times = new long[count];
        long time = 0;
        bool complete = TryReadRuns(boxes, table, "stts", count, (sample, delta) =>
        {
            times[sample] = time;
            time += delta;
        });
        return complete ? times : null;
    }

    /// <summary>ctts, 8.6.1.3: presentation minus decode time, where they differ.</summary>
    private static bool TryAddOffsets(IsoBoxReader boxes, IsoBox table, long[] times) =>
        boxes.Inside(table, "ctts") is null
        || TryReadRuns(boxes, table, "ctts", times.Length, (sample, offset) => times[sample] += unchecked((int)offset));

    private static bool TryReadRuns(IsoBoxReader boxes, IsoBox table, string type, int count, Action<int, uint> take)
    {
        if (Table(boxes, table, type) is not { } body || At(body, 4) is not { } runs)
        {
            return false;
        }

        int sample = 0;
        for (int run = 0; run < runs && sample < count; run++)
        {
            if (At(body, 8 + (run * 8)) is not { } length || At(body, 12 + (run * 8)) is not { } value)
            {
                return false;
            }

            for (uint i = 0; i < length && sample < count; i++)
            {
                take(sample++, value);
            }
        }

        return sample == count;
    }

    /// <summary>stss, 8.6.2: without it all are.</summary>
    private static bool[]? SyncSamples(IsoBoxReader boxes, IsoBox table, int count)
    {
        bool[] isSync = new bool[count];
        if (boxes.Inside(table, "stss") is null)
        {
            Array.Fill(isSync, true);
            return isSync;
        }

        if (Table(boxes, table, "stss") is not { } body || At(body, 4) is not { } entries)
        {
            return null;
        }

        for (int i = 0; i < entries; i++)
        {
            if (At(body, 8 + (i * 4)) is not { } number || number < 1 || number > count)
            {
                return null;
            }

            isSync[number - 1] = true;
        }

        return isSync;
    }

    /// <summary>elst, 8.6.6: empty edits in front only shift the time; one edit that holds all pictures at their own pace may
    /// follow.</summary>
    private static bool PlaysWhole(IsoBoxReader boxes, IsoBox track, long[] times, Rational ticksAMovieTick)
    {
        const int most = 100;
        if (boxes.Inside(track, "edts", "elst") is not { } box)
        {
            return true;
        }

        if (boxes.Content(box, 8 + (most * 20)) is not { Length: >= 8 } body || At(body, 4) is not { } count)
        {
            return false;
        }

        int entryBytes = body[0] == 1 ? 20 : 12;
        for (int i = 0, at = 8; i < count; i++, at += entryBytes)
        {
            if (at + entryBytes > body.Length)
            {
                return false;
            }

            ReadOnlySpan<byte> entry = body.AsSpan(at, entryBytes);
            long lasts = entryBytes == 20 ? BinaryPrimitives.ReadInt64BigEndian(entry) : BinaryPrimitives.ReadUInt32BigEndian(entry);
            long begins = entryBytes == 20 ? BinaryPrimitives.ReadInt64BigEndian(entry[8..]) : BinaryPrimitives.ReadInt32BigEndian(entry[4..]);
            bool atPace = BinaryPrimitives.ReadUInt32BigEndian(entry[^4..]) == 0x0001_0000;
            if (begins >= 0)
            {
                return i == count - 1 && atPace && begins <= times.Min()
                    && (lasts == 0 || begins + ticksAMovieTick.CeilingOf(lasts) > times.Max());
            }
        }

        // Nothing but emptiness.
        return count == 0;
    }

    private static byte[]? Table(IsoBoxReader boxes, IsoBox table, string type) =>
        boxes.Inside(table, type) is { } box ? boxes.Content(box, MaxBoxBytes) : null;

    private static uint? At(byte[] body, long offset) =>
        offset <= body.Length - 4 ? BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan((int)offset)) : null;
}
