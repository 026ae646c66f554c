using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments.Codecs;

namespace Transcode.Engine.Verification;

/// <summary>Takes a rendition apart and decodes it, and says the first thing in which it is not what its claim says. Nothing in its bytes is
/// believed; whatever is wrong with them is an answer.</summary>
/// <param name="claim">What it is to be.</param>
/// <param name="cancellationToken">Looked at between pictures.</param>
internal sealed class RenditionReader(RenditionClaim claim, CancellationToken cancellationToken)
{
    /// <summary>Coded pictures end at whole blocks: decoders ask for so much more a side.</summary>
    private const int CodedMargin = 128;

    private readonly VideoRecipe recipe = claim.Recipe;

    /// <summary>Reads all of it.</summary>
    /// <param name="init">Its initialization segment.</param>
    /// <param name="media">Its media segment.</param>
    /// <param name="pictures">Receives those that are wanted.</param>
    /// <returns>What is wrong with it, or null.</returns>
    /// <exception cref="IOException">The bytes cannot be had.</exception>
    public Rejection? Read(IByteReader init, IByteReader media, PictureSet pictures)
    {
        var joined = new JoinedReader(init, media);
        try
        {
            using var container = Demuxer.Open(joined.Read, joined.Length, Containers.DemuxerOptions, "mov");
            return LookAt(container) ?? Decode(container, pictures);
        }
        catch (AvException exception)
        {
            return new(VerificationCheck.Container, $"It does not open ({exception.Message}).");
        }
    }

    private Rejection? LookAt(Demuxer container)
    {
        if (container.StreamCount != 1 || container.Stream(0).MediaType != AvUtil.AVMEDIA_TYPE_VIDEO)
        {
            return new(VerificationCheck.Container, $"It has {container.StreamCount} tracks; one of pictures belongs there.");
        }

        AvStream stream = container.Stream(0);
        string codec = VideoCodec.Of(recipe).Format;
        if (stream.CodecName != codec)
        {
            return new(VerificationCheck.Codec, $"It is {stream.CodecName}, not {codec}.");
        }

        AvRational aspect = stream.GuessedSampleAspectRatio;
        if (stream.Width != recipe.Width || stream.Height != recipe.Height || stream.HasDisplayMatrix || (aspect.IsKnown && aspect.Num != aspect.Den))
        {
            return new(
                VerificationCheck.Shape,
                $"It is {stream.Width}×{stream.Height}{(stream.HasDisplayMatrix ? ", shown turned" : "")}, of pixels {aspect.Num}:{aspect.Den}; {recipe.Width}×{recipe.Height} of square pixels were asked for.");
        }

        (string Matrix, string Primaries, string Transfer) said = (Plain(stream.MatrixName), stream.PrimariesName, Plain(stream.TransferName));
        return said == (Plain(recipe.Matrix), recipe.Primaries, Plain(recipe.Transfer))
            ? null
            : new(VerificationCheck.Colors, $"Its colours are said to be {said}, not {(recipe.Matrix, recipe.Primaries, recipe.Transfer)}.");
    }

    /// <summary>ITU-R BT.601 has two names for its matrix; its transfer characteristic is that of BT.709.</summary>
    private static string Plain(string name) => name is "bt470bg" ? "smpte170m" : name;

    private Rejection? Decode(Demuxer container, PictureSet pictures)
    {
        AvStream stream = container.Stream(0);
        if (!stream.TimeBase.IsKnown)
        {
            return new(VerificationCheck.Times, "Its track has no clock.");
        }

        using var decoder = Decoder.Open(stream, threads: 1, mostPixels: (long)(recipe.Width + CodedMargin) * (recipe.Height + CodedMargin));
        using var packet = new AvPacket();
        using var picture = new AvFrame();
        bool isPending = false, isLast = false;
        int count = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (decoder.Receive(picture))
            {
                case CodecAnswer.Delivered:
                    if (Wrong(picture, count, stream) is { } wrong)
                    {
                        return wrong;
                    }

                    pictures.Offer(count++, picture);
                    break;
                case CodecAnswer.NeedsInput:
                    isLast = isLast || (!isPending && !container.TryRead(packet));
                    isPending = !decoder.TrySend(isLast ? null : packet);
                    break;
                case CodecAnswer.Damaged:
                    return new(VerificationCheck.Decoding, $"After {count} pictures it does not decode.");
                default:
                    return decoder.HasMetDamage ? new(VerificationCheck.Decoding, $"Some of it does not decode; {count} pictures do.")
                        : count == claim.Frames ? null
                        : TooFewOrMany(count);
            }
        }
    }

    private Rejection TooFewOrMany(int count) => new(
        VerificationCheck.FrameCount, $"It has {(count > claim.Frames ? "more than " : "")}{Math.Min(count, claim.Frames)} pictures; {claim.Frames} are due.");

    private Rejection? Wrong(AvFrame picture, int number, AvStream stream)
    {
        string format = AvUtil.PixelFormatName(picture.Format);
        if (picture.IsDamaged)
        {
            return new(VerificationCheck.Decoding, $"Picture {number} is damaged.");
        }

        if (number == claim.Frames)
        {
            return TooFewOrMany(number + 1);
        }

        if (picture.ColorRange == AvUtil.AVCOL_RANGE_JPEG)
        {
            return new(VerificationCheck.Colors, $"Picture {number} is said to be of full range.");
        }

        if (picture.Width != recipe.Width || picture.Height != recipe.Height || format != recipe.PixelFormat)
        {
            return new(
                VerificationCheck.Shape,
                $"Picture {number} is {picture.Width}×{picture.Height} in {format}; {recipe.Width}×{recipe.Height} in {recipe.PixelFormat} were asked for.");
        }

        long due = DueAt(number, stream.TimeBase);
        return (picture.Pts ?? picture.BestEffortTimestamp) is { } ticks && Math.Abs(ticks - due) <= 1
            ? null
            : new(VerificationCheck.Times, $"Picture {number} is shown at {picture.Pts} ticks of {stream.TimeBase.Num}/{stream.TimeBase.Den} s; it is due at {due}.");
    }

    /// <summary>In ticks, to the nearest.</summary>
    private long DueAt(int number, AvRational timeBase)
    {
        Rational tick = new(timeBase.Num, timeBase.Den), rate = claim.Source.Grid.FrameRate;
        long frame = (Grid.MediaClockLeadSeconds * rate.Numerator) + ((claim.Source.Grid.FirstFrame(claim.Index) + number) * rate.Denominator);
        return (new Rational(1, rate.Numerator) / tick).RoundOf(frame);
    }
}
