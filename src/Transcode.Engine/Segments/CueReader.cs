using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>The cues of a subtitle track that begin in a stretch of the timeline or a fixed while before it.</summary>
/// <param name="source">Opened.</param>
/// <param name="description">As probed.</param>
/// <param name="streamIndex">Of the track.</param>
/// <param name="lookBackSeconds">The while.</param>
internal sealed class CueReader(SourceReader source, SourceDescription description, int streamIndex, int lookBackSeconds) : ICueSource
{
    /// <summary>A packet larger than this is no subtitle.</summary>
    private const int MaxPacketBytes = 256 * 1024;

    private readonly SubtitlePackets packets = new(source, description, streamIndex, MaxPacketBytes);

    /// <inheritdoc/>
    public IReadOnlyList<Cue> Read(long start, long end, CancellationToken cancellationToken)
    {
        try
        {
            var cues = new CueList();
            using var decoder = SubtitleDecoder.Open(source.Container.Stream(streamIndex));
            bool Take(AvPacket packet, long time)
            {
                cues.Add(decoder, packet, time, packets.End(packet) ?? time);
                return !cues.IsFull;
            }

            packets.Read(start - (lookBackSeconds * 1000L), end, Take, cancellationToken);
            return cues.Ended();
        }
        catch (AvException exception)
        {
            throw new TranscodeException(
                FailureStage.Decode, FailureCause.UnsupportedCodec, $"The subtitles cannot be decoded ({exception.Message}).", exception);
        }
    }
}
