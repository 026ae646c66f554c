namespace Transcode.Engine.Media;

/// <summary>Finds places in a Matroska file that has no index, or whose index was cut off, by the times of its clusters
/// (RFC 9559): libav would read such a file from its beginning.</summary>
internal sealed class MatroskaClusters
{
    private const uint EbmlId = 0x1A45DFA3;
    private const uint SegmentId = 0x18538067;
    private const uint SeekHeadId = 0x114D9B74;
    private const uint InfoId = 0x1549A966;
    private const uint CuesId = 0x1C53BB6B;
    private const uint TimestampScaleId = 0x2AD7B1;

    /// <summary>Elements before the first cluster, and entries within them: a few in any file that is not hostile.</summary>
    private const int MaxElements = 1000;

    /// <summary>A cluster that begins at most this long before a place is near enough to read on from.</summary>
    private const long NearMicroseconds = 4_000_000;

    /// <summary>Guesses by the even spread of time over bytes, before the interval is halved instead.</summary>
    private const int Guesses = 6;

    private const int MaxSteps = 64;

    private readonly ClusterScanner scanner;
    private readonly long length;
    private readonly long timestampNanoseconds;
    private ClusterPlace? first;
    private ClusterPlace? last;

    private MatroskaClusters(IByteReader bytes, long headerLength, long timestampNanoseconds)
    {
        scanner = new(bytes);
        length = bytes.Length;
        HeaderLength = headerLength;
        this.timestampNanoseconds = timestampNanoseconds;
    }

    /// <summary>Bytes before the first cluster.</summary>
    public long HeaderLength { get; }

    /// <summary>The time at which the last cluster begins, or null where there is none.</summary>
    public long? LastMicroseconds => Last is { } found ? Microseconds(found) : null;

    private ClusterPlace? Last => last ??= scanner.LastBefore(length, HeaderLength);

    /// <summary>Null where the file has an index that is there, or is not Matroska.</summary>
    /// <exception cref="IOException">The source could not be read.</exception>
    public static MatroskaClusters? Of(IByteReader bytes)
    {
        var elements = new EbmlReader(bytes);
        if (elements.At(0) is not { Id: EbmlId } ebml || elements.At(ebml.End) is not { Id: SegmentId } segment)
        {
            return null;
        }

        long scale = 1_000_000;
        long at = segment.ContentAt;
        for (int count = 0; count < MaxElements && elements.At(at) is { } element; count++)
        {
            switch (element.Id)
            {
                case ClusterScanner.ClusterId:
                    return new(bytes, at, scale);
                case CuesId:
                case SeekHeadId when elements.PointsTo(element, CuesId, MaxElements) is { } cues && segment.ContentAt + cues < bytes.Length:
                    return null;
                case InfoId:
                    scale = elements.Number(element, TimestampScaleId, MaxElements) ?? scale;
                    break;
            }

            at = element.End;
        }

        return null;
    }

    /// <summary>Where a cluster begins that holds, or lies shortly before, a time; the first one where all are later.</summary>
    /// <param name="microseconds">On the container's clock.</param>
    /// <returns>In bytes; null where there are no clusters.</returns>
    /// <exception cref="IOException">The source could not be read.</exception>
    public long? PositionAt(long microseconds)
    {
        first ??= scanner.FirstFrom(HeaderLength, length);
        if (first is not { } low || Last is not { } high)
        {
            return null;
        }

        if (Microseconds(high) <= microseconds)
        {
            return high.Position;
        }

        for (int step = 0; step < MaxSteps && microseconds - Microseconds(low) > NearMicroseconds; step++)
        {
            long between = step < Guesses ? Guess(low, high, microseconds) : (low.Position + high.Position) / 2;
            ClusterPlace? found = scanner.FirstFrom(Math.Max(between, low.Position + 1), high.Position);
            if (found is not { } place)
            {
                if (step >= Guesses)
                {
                    // Nothing lies between the middle and the end of the interval: its first half remains.
                    if (scanner.LastBefore(between, low.Position + 1) is not { } earlier)
                    {
                        break;
                    }

                    place = earlier;
                }
                else
                {
                    continue;
                }
            }

            (low, high) = Microseconds(place) <= microseconds ? (place, high) : (low, place);
        }

        return low.Position;
    }

    /// <summary>A little early, so that the cluster found is most often the wanted one or the one before.</summary>
    private long Guess(ClusterPlace low, ClusterPlace high, long microseconds)
    {
        long span = Math.Max(1, Microseconds(high) - Microseconds(low));
        long wanted = Math.Clamp(microseconds - (NearMicroseconds / 2) - Microseconds(low), 0, span);
        return low.Position + (long)((Int128)(high.Position - low.Position) * wanted / span);
    }

    private long Microseconds(ClusterPlace place) => (long)Int128.Clamp(
        (Int128)place.Timestamp * timestampNanoseconds / 1000, long.MinValue / 4, long.MaxValue / 4);
}
