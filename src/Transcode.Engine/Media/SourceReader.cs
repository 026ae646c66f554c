using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Media;

/// <summary>A source opened as a container. Stays open between orders; the bytes come from whichever reader the current
/// order brought.</summary>
internal sealed class SourceReader : IDisposable
{
    private IByteReader bytes;
    private MatroskaClusters? clusters;
    private long?[] startTimes = [];

    /// <summary>Bytes left out between the header and the cluster where reading began.</summary>
    private long leftOut;

    private SourceReader(IByteReader bytes)
    {
        this.bytes = bytes;
        Fingerprint = bytes.Fingerprint;
    }

    public Demuxer Container { get; private set; } = null!;

    /// <summary>What was opened. Kept, since a worker's one reader turns from source to source.</summary>
    public string Fingerprint { get; }

    /// <exception cref="TranscodeException">The bytes are not a container the engine opens.</exception>
    public static SourceReader Open(IByteReader bytes)
    {
        var reader = new SourceReader(bytes);
        reader.Reopen();
        reader.startTimes = [.. Enumerable.Range(0, reader.Container.StreamCount).Select(i => reader.Container.Stream(i).StartTime)];
        if (reader.Container.FormatName.Contains("matroska", StringComparison.Ordinal))
        {
            reader.clusters = MatroskaClusters.Of(reader.Bytes);
        }

        return reader;
    }

    /// <summary>Reads through another order's reader of the same source from now on.</summary>
    public void Use(IByteReader current) => bytes = current;

    /// <summary>The source's bytes themselves, by whichever order's reader is the current one.</summary>
    public IByteReader Bytes => new LatestBytes(this);

    /// <summary>Whether the container was opened from its beginning: else its start time is another.</summary>
    public bool IsWhole => leftOut == 0;

    /// <summary>Where the last cluster of a container without an index begins; null for all others.</summary>
    /// <exception cref="IOException">The source could not be read.</exception>
    public long? LastClusterMicroseconds => clusters?.LastMicroseconds;

    /// <summary>A stream's first presentation time in its time base, or null.</summary>
    public long? StartTime(int streamIndex) => streamIndex < startTimes.Length ? startTimes[streamIndex] : null;

    /// <summary>Starts over, as if the source had never been read: for containers that cannot seek back.</summary>
    public void Reopen() => OpenWithout(0);

    /// <summary>Moves to a place at or before a time, as near as the container's index allows, or its clusters' times where
    /// it has none. Which streams are selected is then undone.</summary>
    /// <param name="streamIndex">Whose time; −1 counts in microseconds.</param>
    /// <param name="timestamp">In the stream's time base.</param>
    /// <returns>Whether the container could.</returns>
    /// <exception cref="IOException">The source could not be read.</exception>
    public bool TrySeek(int streamIndex, long timestamp)
    {
        if (clusters is null)
        {
            return Container.TrySeek(streamIndex, timestamp);
        }

        long microseconds = streamIndex < 0
            ? timestamp
            : new StreamClock(Container.Stream(streamIndex).TimeBase, originMicroseconds: 0).Microseconds(timestamp);
        if (clusters.PositionAt(microseconds) is not { } position)
        {
            return false;
        }

        // libav reads the header and then, as if nothing lay between, the cluster.
        OpenWithout(position - clusters.HeaderLength);
        return true;
    }

    private void OpenWithout(long skipped)
    {
        Container?.Dispose();
        leftOut = skipped;
        try
        {
            Container = Demuxer.Open(Read, bytes.Length - leftOut, Containers.DemuxerOptions);
        }
        catch (AvException exception)
        {
            throw new TranscodeException(
                FailureStage.Probe, FailureCause.NotMedia, $"This is not a video or sound file that can be opened ({exception.Message}).", exception);
        }
    }

    public void Dispose() => Container?.Dispose();

    private int Read(long offset, Span<byte> buffer)
    {
        if (leftOut == 0)
        {
            return bytes.Read(offset, buffer);
        }

        long header = clusters!.HeaderLength;
        return offset < header
            ? bytes.Read(offset, buffer[..(int)Math.Min(buffer.Length, header - offset)])
            : bytes.Read(offset + leftOut, buffer);
    }

    /// <summary>The bytes of whichever order is the current one.</summary>
    private sealed class LatestBytes(SourceReader owner) : IByteReader
    {
        public string Fingerprint => owner.Fingerprint;

        public long Length => owner.bytes.Length;

        public int Read(long offset, Span<byte> buffer) => owner.bytes.Read(offset, buffer);
    }
}
