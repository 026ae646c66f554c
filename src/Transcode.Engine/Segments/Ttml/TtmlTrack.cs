using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments.Ttml;

/// <summary>The cues of a TTML track of MP4 (<c>stpp</c>, ISO/IEC 14496-30): each sample is a document, whose times are those of the
/// track and not of the sample, and of which only what lies in the sample's own time is shown. libav hands such samples on
/// and reads none of them.</summary>
/// <param name="source">Opened.</param>
/// <param name="description">As probed.</param>
/// <param name="streamIndex">Of the track.</param>
/// <param name="lookBackSeconds">How long a sample is taken to last that does not tell.</param>
internal sealed class TtmlTrack(SourceReader source, SourceDescription description, int streamIndex, int lookBackSeconds) : ICueSource
{
    private readonly SubtitlePackets packets = new(source, description, streamIndex, Recipes.SidecarText.MaxBytes);

    /// <inheritdoc/>
    public IReadOnlyList<Cue> Read(long start, long end, CancellationToken cancellationToken)
    {
        var cues = new List<Cue>();
        bool Take(AvPacket packet, long time)
        {
            long last = packets.End(packet) ?? time + (lookBackSeconds * 1000L);
            cues.AddRange(Shown(packet, time, last, start, end));
            return true;
        }

        packets.Read(start, end, Take, cancellationToken, lookBackSeconds * 1000L);
        return cues;
    }

    /// <summary>A damaged sample shows nothing; the others are what they were.</summary>
    private IEnumerable<Cue> Shown(AvPacket packet, long time, long last, long start, long end)
    {
        try
        {
            return TtmlCues.Of(packet.Data.ToArray(), description.OriginMicroseconds, Math.Max(start, time), Math.Min(end, last))
                .Select(cue => cue with
                {
                    StartMilliseconds = Math.Max(cue.StartMilliseconds, time),
                    EndMilliseconds = Math.Min(cue.EndMilliseconds, last),
                });
        }
        catch (TranscodeException)
        {
            return [];
        }
    }
}
