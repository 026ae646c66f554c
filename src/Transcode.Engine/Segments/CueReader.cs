using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Gives the cues of a subtitle track that begin in a stretch of the timeline. Text is sparse, so the way there is
/// found by a guide that is not: the picture, or the first sound. Only where the container has an index of every sample is
/// the text its own guide, and nothing else is read. Which cues are given depends on their times alone, never on where a
/// seek landed.</summary>
internal sealed class CueReader(SourceReader source, SourceDescription description, int streamIndex)
{
    /// <summary>How far a cue's packet may lie from the guide's packets of its time, before or after: containers interleave
    /// within a second or two.</summary>
    private const long InterleavingMilliseconds = 5000;

    /// <summary>A cue without a duration is shown for this long, or until the next.</summary>
    private const long UntoldMilliseconds = 5000;

    /// <summary>Cues taken in one stretch; a karaoke effect has some hundred a minute.</summary>
    private const int MaxCues = 4000;

    /// <summary>A packet larger than this is no subtitle.</summary>
    private const int MaxPacketBytes = 256 * 1024;

    private static readonly Rational Millisecond = new(1, 1000);

    private readonly int guide =
        description.Container.Contains("mp4", StringComparison.Ordinal) ? streamIndex
        : description.Video?.StreamIndex ?? description.Audio[0].StreamIndex;

    /// <param name="start">First millisecond a cue may begin in; may be negative.</param>
    /// <param name="end">First millisecond after the stretch.</param>
    /// <param name="cancellationToken">Looked at between packets.</param>
    /// <returns>In the order of the container.</returns>
    /// <exception cref="TranscodeException">The track has no decoder.</exception>
    public List<Cue> Read(long start, long end, CancellationToken cancellationToken)
    {
        try
        {
            using var packet = new AvPacket();
            var cues = new List<Cue>();
            bool there = SeekBefore(start - InterleavingMilliseconds, packet);
            using var decoder = SubtitleDecoder.Open(source.Container.Stream(streamIndex));
            while (there && cues.Count < MaxCues)
            {
                cancellationToken.ThrowIfCancellationRequested();
                long? time = Milliseconds(packet);
                if (time > end + InterleavingMilliseconds)
                {
                    break;
                }

                if (packet.StreamIndex == streamIndex && packet.Size <= MaxPacketBytes && time >= start && time < end)
                {
                    Add(cues, decoder, packet, time.Value);
                }

                there = source.Container.TryRead(packet);
            }

            return Ended(cues);
        }
        catch (AvException exception)
        {
            throw new TranscodeException(
                FailureStage.Decode, FailureCause.UnsupportedCodec, $"The subtitles cannot be decoded ({exception.Message}).", exception);
        }
    }

    private void Add(List<Cue> cues, SubtitleDecoder decoder, AvPacket packet, long time)
    {
        var clock = ClockOf(streamIndex);
        long stop = packet.Duration > 0 && packet.Pts is { } pts
            ? clock.PositionOf(pts + packet.Duration, Millisecond)
            : time;
        foreach (string dialogue in decoder.Decode(packet))
        {
            if (CueText.OfEvent(dialogue) is { Length: > 0 } text)
            {
                cues.Add(new(time, stop, text));
            }
        }
    }

    /// <summary>Gives an end to the cues whose container told none.</summary>
    private static List<Cue> Ended(List<Cue> cues)
    {
        for (int i = 0; i < cues.Count; i++)
        {
            if (cues[i].EndMilliseconds <= cues[i].StartMilliseconds)
            {
                long start = cues[i].StartMilliseconds;
                long next = cues.Skip(i + 1).Select(cue => cue.StartMilliseconds).FirstOrDefault(later => later > start, long.MaxValue);
                cues[i] = cues[i] with { EndMilliseconds = Math.Min(next, start + UntoldMilliseconds) };
            }
        }

        return cues;
    }

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
