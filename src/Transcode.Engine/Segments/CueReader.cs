using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Gives the cues of a subtitle track that begin in a stretch of the timeline.</summary>
internal sealed class CueReader(SourceReader source, SourceDescription description, int streamIndex)
{
    /// <summary>A cue without a duration is shown for this long, or until the next.</summary>
    private const long UntoldMilliseconds = 5000;

    /// <summary>Cues taken in one stretch; a karaoke effect has some hundred a minute.</summary>
    private const int MaxCues = 4000;

    /// <summary>A packet larger than this is no subtitle.</summary>
    private const int MaxPacketBytes = 256 * 1024;

    private readonly SubtitlePackets packets = new(source, description, streamIndex, MaxPacketBytes);

    /// <param name="start">First millisecond a cue may begin in; may be negative.</param>
    /// <param name="end">First millisecond after the stretch.</param>
    /// <param name="cancellationToken">Looked at between packets.</param>
    /// <returns>In the order of the container.</returns>
    /// <exception cref="TranscodeException">The track has no decoder.</exception>
    public List<Cue> Read(long start, long end, CancellationToken cancellationToken)
    {
        try
        {
            var cues = new List<Cue>();
            using var decoder = SubtitleDecoder.Open(source.Container.Stream(streamIndex));
            bool Take(AvPacket packet, long time)
            {
                Add(cues, decoder, packet, time);
                return cues.Count < MaxCues;
            }

            packets.Read(start, end, Take, cancellationToken);
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
        long stop = packets.End(packet) ?? time;
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
}
