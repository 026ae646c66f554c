using System.Buffers.Binary;
using Transcode.Engine.Media;
using Transcode.Engine.Workers;

namespace Appliance.Fuzz.Targets;

/// <summary>Containers that we look into ourselves.</summary>
internal static class ContainerTargets
{
    private const long Hour = 3_600_000_000;

    private static readonly byte[] Matroska = MatroskaWithoutIndex();

    public static IEnumerable<FuzzTarget> Of(FuzzScene scene)
    {
        byte[][] ids = [[0x1A, 0x45, 0xDF, 0xA3], [0x18, 0x53, 0x80, 0x67], [0x1F, 0x43, 0xB6, 0x75], [0xE7, 0x81, 0], [0x2A, 0xD7, 0xB1, 0x83], [0x1C, 0x53, 0xBB, 0x6B], [0x11, 0x4D, 0x9B, 0x74], [0x15, 0x49, 0xA9, 0x66], [0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0xFF]];
        yield return new("matroska-clusters", scene.Clips.TryGetValue("mkv", out byte[]? clip) ? [Matroska, clip] : [Matroska], ReadClusters) { Words = ids, Share = 0.3 };
        byte[][] types = Bytes.Of("moov", "trak", "mdia", "minf", "stbl", "stsz", "stts", "ctts", "stss", "stsd", "elst", "mdat", "free", "mvex", "uuid");
        if (scene.Clips.TryGetValue("mp4", out byte[]? film))
        {
            yield return new("iso-boxes", [film], ReadBoxes) { Words = types, Share = 0.3, Mend = MendBox };
        }
    }

    /// <summary>Header, and clusters of a second each, of which nothing tells where they are.</summary>
    private static byte[] MatroskaWithoutIndex()
    {
        List<byte> file = [0x1A, 0x45, 0xDF, 0xA3, 0x80, 0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x15, 0x49, 0xA9, 0x66, 0x87, 0x2A, 0xD7, 0xB1, 0x83, 0x0F, 0x42, 0x40];
        Span<byte> time = stackalloc byte[4];
        for (int second = 0; second < 40; second++)
        {
            BinaryPrimitives.WriteInt32BigEndian(time, second * 1000);
            file.AddRange([0x1F, 0x43, 0xB6, 0x75, 0xA6, 0xE7, 0x84]);
            file.AddRange(time);
            file.AddRange([0xA3, 0x9E, 0x81, 0, 0, 0x80]);
            file.AddRange(new byte[26]);
        }

        return [.. file];
    }

    private static string? ReadClusters(byte[] bytes)
    {
        var counted = new CountedReader(bytes);
        if (MatroskaClusters.Of(counted) is not { } clusters)
        {
            return null;
        }

        string found = "";
        foreach (long time in new[] { 0, 5_000_000, Hour, long.MaxValue / 8, -Hour })
        {
            long? place = clusters.PositionAt(time);
            FindingException.Unless(place is null || (place >= 0 && place < bytes.Length), $"A cluster at {place} of {bytes.Length} bytes.");
            found += place is null ? "-" : "+";
        }

        FindingException.Unless(counted.Reads < 100_000, $"{counted.Reads} reads for five places.");
        return $"{found} {clusters.LastMicroseconds is null}";
    }

    private static string? ReadBoxes(byte[] bytes)
    {
        var boxes = new IsoBoxReader(new MemoryByteReader(bytes));
        if (boxes.First("moov", 0, bytes.Length) is not { } movie)
        {
            return null;
        }

        FindingException.Unless(movie.ContentAt >= 0 && movie.End >= movie.ContentAt, "A box ends before it begins.");
        string found = "";
        foreach (IsoBox track in boxes.Between(movie.ContentAt, movie.End).Where(box => box.Type == "trak").Take(4))
        {
            IsoBox? table = boxes.Inside(track, "mdia", "minf", "stbl");
            byte[]? sizes = table is { } inner && boxes.First("stsz", inner.ContentAt, inner.End) is { } box ? boxes.Content(box, 1 << 20) : null;
            found += sizes is null ? "-" : "+";
        }

        return found;
    }

    /// <summary>The first box says its own length.</summary>
    private static byte[] MendBox(byte[] bytes)
    {
        int at = bytes.AsSpan().IndexOf("moov"u8) - 4;
        if (at >= 0)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), bytes.Length - at);
        }

        return bytes;
    }
}
