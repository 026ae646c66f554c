using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Segments.Decoding;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Gives the source's pictures at the grid's instants, from a given frame on: constant rate out of any timing in.
/// Which picture a frame shows, <see cref="FrameClock"/> says; before the first picture that one is shown, after the last
/// one it stays.</summary>
internal sealed class PictureReader : IDisposable
{
    private readonly IPictureStream pictures;
    private readonly DecodedPictures decoded;
    private readonly FrameClock clock;
    private AvFrame current = new();
    private AvFrame next = new();
    private bool hasCurrent;
    private bool hasNext;
    private long nextTicks;

    /// <param name="source">Opened.</param>
    /// <param name="description">As probed; it has video.</param>
    /// <param name="firstFrame">Number of the first grid frame wanted.</param>
    /// <param name="deinterlacer">What makes pictures of fields, as recipes name it; null leaves pictures as they are.</param>
    /// <param name="decoders">Devices' that may be used; null for none.</param>
    public PictureReader(SourceReader source, SourceDescription description, long firstFrame, string? deinterlacer, FilmDecoders? decoders = null)
    {
        Rational rate = description.Grid.FrameRate;
        var frame = new Rational(rate.Denominator, rate.Numerator);
        // An interlaced source's grid counts fields.
        Rational pictureDuration = description.Video!.Interlaced ? frame * new Rational(2, 1) : frame;
        decoded = new DecodedPictures(
            source, description, pictureDuration, FrameClock.LimitInFifths(firstFrame), frame / new Rational(5, 1),
            withOneBefore: deinterlacer is not null,
            decoders ?? FilmDecoders.None);
        pictures = deinterlacer is null ? decoded : new FieldPictures(decoded, deinterlacer);
        clock = new(pictures.Clock, rate);
        try
        {
            hasNext = pictures.TryNext(next, out nextTicks);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Pixels decoded so far, lead-in included.</summary>
    public long DecodedPixels => pictures.DecodedPixels;

    /// <summary>What is to be said of a device's decoder so far; null where none was thought of.</summary>
    public DecoderNote? Decoder => decoded.Decoder;

    /// <summary>Whether libav met damage in what was decoded so far.</summary>
    public bool IsDamaged => pictures.IsDamaged;

    /// <summary>The picture of grid frame <paramref name="number"/>; numbers must not fall. The frame stays the reader's.</summary>
    /// <exception cref="TranscodeException">Nothing could be decoded.</exception>
    public AvFrame PictureAt(long number)
    {
        long limit = clock.LimitTicks(number);
        while (hasNext && (nextTicks <= limit || !hasCurrent))
        {
            (current, next) = (next, current);
            hasCurrent = true;
            hasNext = pictures.TryNext(next, out nextTicks);
        }

        return hasCurrent
            ? current
            : throw new TranscodeException(FailureStage.Decode, FailureCause.NothingDecodes, "Not one picture could be decoded.");
    }

    public void Dispose()
    {
        pictures.Dispose();
        current.Dispose();
        next.Dispose();
    }
}
