namespace Transcode.Engine.Media;

/// <summary>A cluster's first byte and its time in the file's own unit.</summary>
internal readonly record struct ClusterPlace(long Position, long Timestamp);

/// <summary>Looks through a Matroska file's bytes for clusters: their four-byte mark, followed by a size and a time, as
/// RFC 9559 (5.1.3) and RFC 8794 have them.</summary>
internal sealed class ClusterScanner(IByteReader bytes)
{
    public const uint ClusterId = 0x1F43B675;
    private const uint TimestampId = 0xE7;
    private const uint Crc32Id = 0xBF;

    private const int WindowBytes = 128 * 1024;

    /// <summary>Looked through for one cluster, at most: clusters are of some seconds.</summary>
    private const long ReachBytes = 64L * 1024 * 1024;

    private static readonly byte[] Mark = [0x1F, 0x43, 0xB6, 0x75];

    private readonly EbmlReader elements = new(bytes);
    private readonly byte[] window = new byte[WindowBytes];

    /// <summary>The first cluster that begins in a stretch, or null.</summary>
    public ClusterPlace? FirstFrom(long from, long to)
    {
        for (long at = from; at < to && at - from < ReachBytes; at += WindowBytes - Mark.Length + 1)
        {
            ReadOnlySpan<byte> read = window.AsSpan(0, bytes.Read(at, window));
            for (int next = 0, found; (found = read[next..].IndexOf(Mark)) >= 0; next += found + 1)
            {
                if (at + next + found < to && Parse(at + next + found) is { } place)
                {
                    return place;
                }
            }
        }

        return null;
    }

    /// <summary>The last cluster that begins in a stretch, or null.</summary>
    public ClusterPlace? LastBefore(long to, long from)
    {
        for (long at = to - WindowBytes; to - at < ReachBytes; at -= WindowBytes - Mark.Length + 1)
        {
            long start = Math.Max(at, from);
            ReadOnlySpan<byte> read = window.AsSpan(0, bytes.Read(start, window));
            for (int end = (int)Math.Min(read.Length, to - start), found; end > 0 && (found = read[..end].LastIndexOf(Mark)) >= 0; end = found)
            {
                if (Parse(start + found) is { } place)
                {
                    return place;
                }
            }

            if (start == from)
            {
                break;
            }
        }

        return null;
    }

    /// <summary>The time is a cluster's first element, but for a checksum.</summary>
    private ClusterPlace? Parse(long position)
    {
        if (elements.At(position) is not { Id: ClusterId } cluster || elements.At(cluster.ContentAt) is not { } child)
        {
            return null;
        }

        if (child.Id == Crc32Id && elements.At(child.End) is { } second)
        {
            child = second;
        }

        return child.Id == TimestampId && elements.Number(child) is { } time ? new(position, time) : null;
    }
}
