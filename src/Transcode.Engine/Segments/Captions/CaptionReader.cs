using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments.Captions;

/// <summary>The cues of CEA-608 captions. What a pair of bytes does depends on those before it, so decoding begins a fixed
/// while before the first cue wanted, with an empty screen; and a cue's end is known when the next begins, so it goes on
/// after the stretch until the screen changes, at most as long as cues are looked back for.</summary>
/// <param name="source">Opened.</param>
/// <param name="description">As probed.</param>
/// <param name="recipe">Of the rendition; it has a run-in.</param>
internal sealed class CaptionReader(SourceReader source, SourceDescription description, TextRecipe recipe) : ICueSource
{
    private static readonly AvRational Millisecond = new(1, 1000);

    /// <inheritdoc/>
    public IReadOnlyList<Cue> Read(long start, long end, CancellationToken cancellationToken)
    {
        long lookBack = (recipe.LookBackSeconds ?? 0) * 1000L;
        long runIn = (recipe.RunInSeconds ?? 0) * 1000L;
        var cues = new List<Cue>();
        var channel = new CaptionChannel();
        try
        {
            using var decoder = SubtitleDecoder.OpenCaptions(Millisecond);
            bool Take(byte[] triplet, long time)
            {
                if (!channel.Takes(triplet, out bool changesScreen))
                {
                    return true;
                }

                using var packet = AvPacket.Of(triplet, time);
                Add(cues, decoder, packet);
                return !changesScreen || time < end;
            }

            new CaptionPackets(source, description, recipe.StreamIndex).Read(start - lookBack - runIn, end + lookBack, Take, cancellationToken);
            using var none = new AvPacket();
            Add(cues, decoder, none, isLast: true);
        }
        catch (AvException exception)
        {
            throw new TranscodeException(
                FailureStage.Decode, FailureCause.UnsupportedCodec, $"The captions cannot be decoded ({exception.Message}).", exception);
        }

        return [.. cues.Where(cue => cue.StartMilliseconds >= start - lookBack)];
    }

    /// <summary>A cue is as long as cues are looked back for at most, so that every segment that has it reads far enough to end it alike; what is
    /// still on the screen where the reading ends is so long, or as the film: what libavcodec tells of its end is none (5.1) or something else.</summary>
    private void Add(List<Cue> cues, SubtitleDecoder decoder, AvPacket packet, bool isLast = false)
    {
        foreach (AvSubtitleEvent shown in decoder.DecodeTimed(packet))
        {
            if (shown.Microseconds is { } at && CueText.OfEvent(shown.Dialogue) is { Length: > 0 } text)
            {
                long start = at / 1000;
                long longest = Math.Max(start, Math.Min(start + ((recipe.LookBackSeconds ?? 0) * 1000L), (long)description.Grid.Duration.TotalMilliseconds));
                cues.Add(new(start, isLast ? longest : Math.Min(start + shown.EndMilliseconds, longest), text));
            }
        }
    }
}
