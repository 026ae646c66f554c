using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;

namespace Transcode.Engine.Segments;

/// <summary>Gives the packets of a subtitle track that belong to a stretch of the timeline. Subtitles are sparse, so the way
/// there is found by a guide that is not: the picture, or the first sound. Only where the container has an index of every
/// sample is the track its own guide, and nothing else is read. Which packets are given depends on their times alone, never on
/// where a seek landed.</summary>
/// <param name="source">Opened.</param>
/// <param name="description">As probed.</param>
/// <param name="streamIndex">Of the track.</param>
/// <param name="maxPacketBytes">What is larger is no subtitle.</param>
internal sealed class SubtitlePackets(SourceReader source, SourceDescription description, int streamIndex, int maxPacketBytes)
{
    /// <summary>How far a packet may lie from the guide's packets of its time, before or after: containers interleave within a
    /// second or two.</summary>
    private const long InterleavingMilliseconds = 5000;

    private static readonly Rational Millisecond = new(1, 1000);

    private readonly int guide =
        description.Container.Contains("mp4", StringComparison.Ordinal) ? streamIndex
        : description.Video?.StreamIndex ?? description.Audio[0].StreamIndex;

    /// <param name="start">First millisecond a packet may be of; may be negative.</param>
    /// <param name="end">First millisecond after the stretch.</param>
    /// <param name="take">Gets each packet with its millisecond, in the container's order; false ends the reading.</param>
    /// <param name="cancellationToken">Looked at between packets.</param>
    /// <param name="untoldMilliseconds">Given, packets that began before the stretch and reach into it are given too: as long as
    /// they say, or so long where they say nothing. For containers only that have an index of every sample.</param>
    public void Read(long start, long end, Func<AvPacket, long, bool> take, CancellationToken cancellationToken, long? untoldMilliseconds = null)
    {
        using var packet = new AvPacket();
        bool there = SeekBefore(start - InterleavingMilliseconds - (untoldMilliseconds ?? 0), packet);
        while (there)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long? time = Milliseconds(packet);
            if (time > end + InterleavingMilliseconds)
            {
                return;
            }

            if (packet.StreamIndex == streamIndex && packet.Size <= maxPacketBytes && time < end
                && (time >= start || (untoldMilliseconds is { } untold && (End(packet) ?? time + untold) > start))
                && !take(packet, time.Value))
            {
                return;
            }

            there = source.Container.TryRead(packet);
        }
    }

    /// <summary>The millisecond at which a packet of the track ends, where it says how long it lasts.</summary>
    public long? End(AvPacket packet) => packet.Duration > 0 && packet.Pts is { } pts
        ? ClockOf(streamIndex).PositionOf(pts + packet.Duration, Millisecond)
        : null;

    /// <summary>Moves to a place where the guide's first packet is at or before a time, or to the beginning.</summary>
    /// <returns>Whether <paramref name="packet"/> was filled: with the first packet there, of either stream.</returns>
    private bool SeekBefore(long milliseconds, AvPacket packet)
    {
        for (long back = 1000; milliseconds - back > 0; back *= 4)
        {
            source.Container.Select(guide, streamIndex);
            if (source.Container.TrySeek(guide, ClockOf(guide).TicksAt(milliseconds - back, Millisecond))
                && FirstOfGuide(packet) <= milliseconds)
            {
                return source.Container.TrySeek(guide, ClockOf(guide).TicksAt(milliseconds - back, Millisecond))
                    && source.Container.TryRead(packet);
            }
        }

        source.Reopen();
        source.Container.Select(guide, streamIndex);
        return source.Container.TryRead(packet);
    }

    private long? FirstOfGuide(AvPacket packet)
    {
        while (source.Container.TryRead(packet))
        {
            if (packet.StreamIndex == guide && Milliseconds(packet) is { } time)
            {
                return time;
            }
        }

        return null;
    }

    private long? Milliseconds(AvPacket packet) =>
        (packet.Pts ?? packet.Dts) is { } ticks ? ClockOf(packet.StreamIndex).PositionOf(ticks, Millisecond) : null;

    private StreamClock ClockOf(int stream) => new(source.Container.Stream(stream).TimeBase, description.OriginMicroseconds);
}
