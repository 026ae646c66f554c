using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Media;

/// <summary>Finds out what a source is: its tracks and its grid.</summary>
internal static class Prober
{
    /// <summary>Sound that outlasts the picture by less than this adds no frozen frames.</summary>
    private static readonly TimeSpan TolerableSoundTail = TimeSpan.FromSeconds(0.5);

    /// <summary>Longest timeline taken.</summary>
    private static readonly TimeSpan LongestSource = TimeSpan.FromDays(7);

    private const int LargestSide = 16384;

    /// <param name="source">Opened.</param>
    /// <param name="interlaced">Whether its pictures are known to be fields, whatever the container says.</param>
    /// <exception cref="TranscodeException">There is nothing in the source that the engine could play.</exception>
    public static SourceDescription Describe(SourceReader source, bool interlaced = false)
    {
        List<AudioTrack> audio = TrackLists.Audio(source.Container);
        if (PictureChoice.Best(source.Container) is not { } best)
        {
            return Describe(source, null, audio);
        }

        try
        {
            VideoTrack video = DescribeVideo(source.Container.Stream(best));
            return Describe(source, video with { Interlaced = video.Interlaced || interlaced }, audio);
        }
        catch (TranscodeException exception) when (audio.Count > 0)
        {
            return DescribeSound(source, exception.Failure.Message);
        }
    }

    /// <summary>Describes the sound of a source whose picture cannot be played.</summary>
    /// <param name="source">Opened.</param>
    /// <param name="pictureRefusal">Why, in plain words.</param>
    /// <exception cref="TranscodeException">There is no sound either.</exception>
    public static SourceDescription DescribeSound(SourceReader source, string pictureRefusal) =>
        Describe(source, null, TrackLists.Audio(source.Container)) with { PictureRefusal = pictureRefusal };

    private static SourceDescription Describe(SourceReader source, VideoTrack? video, List<AudioTrack> audio)
    {
        if (!source.IsWhole)
        {
            source.Reopen();
        }

        Demuxer container = source.Container;
        if (video is null && audio.Count == 0)
        {
            throw new TranscodeException(
                FailureStage.Probe,
                container.StreamCount > 0 ? FailureCause.UnsupportedCodec : FailureCause.NotMedia,
                $"There is neither picture nor sound in it that can be decoded ({StreamNames(container)}).");
        }

        Rational frameRate = video is null ? new(25, 1) : GridRate(container.Stream(video.StreamIndex), video.Interlaced);
        CoverArt? cover = video is null ? PictureChoice.Cover(container) : null;
        Rational pictureRate = video is { Interlaced: true } ? frameRate / new Rational(2, 1) : frameRate;
        var end = SourceEnd.Find(source, video?.StreamIndex, audio.Count > 0 ? audio[0].StreamIndex : null, pictureRate);
        TimeSpan duration = video is null || end.Audio - end.Video > TolerableSoundTail ? end.Audio : end.Video;
        if (duration <= TimeSpan.Zero || duration > LongestSource)
        {
            throw new TranscodeException(
                FailureStage.Probe, FailureCause.NothingDecodes, "There is no picture and no sound in it, only headers.");
        }

        long frames = Math.Max(1, new Rational(frameRate.Numerator, frameRate.Denominator * TimeSpan.TicksPerSecond).RoundOf(duration.Ticks));
        var grid = new Grid(frameRate, frames);
        return new(
            source.Container.FormatName,
            end.OriginMicroseconds,
            grid,
            video,
            audio,
            TrackLists.Text(source.Container),
            Chapters.Of(source.Container, end.OriginMicroseconds, grid.Duration)) { Cover = cover };
    }

    private static VideoTrack DescribeVideo(AvStream stream)
    {
        if (!Decoder.Exists(stream.CodecId))
        {
            throw new TranscodeException(
                FailureStage.Probe, FailureCause.UnsupportedCodec, $"The picture's codec, {stream.CodecName}, cannot be decoded here.");
        }

        if (stream.Width is < 1 or > LargestSide || stream.Height is < 1 or > LargestSide)
        {
            throw new TranscodeException(
                FailureStage.Probe,
                stream.Width < 1 ? FailureCause.NothingDecodes : FailureCause.OutOfRange,
                $"The picture is {stream.Width}×{stream.Height}; 1 to {LargestSide} a side can be played.");
        }

        // Square pixels: the width follows the sample aspect, then the turn swaps the sides.
        AvRational aspect = stream.GuessedSampleAspectRatio;
        int width = aspect.IsKnown
            ? (int)Math.Clamp(new Rational(aspect.Num, aspect.Den).RoundOf(stream.Width), 1, LargestSide)
            : stream.Width;
        int rotation = QuarterTurns(stream.DisplayRotation) * 90;
        (int shownWidth, int shownHeight) = rotation is 90 or 270 ? (stream.Height, width) : (width, stream.Height);
        return new(
            stream.Index,
            stream.CodecName,
            shownWidth,
            shownHeight,
            rotation,
            PixelFormats.BitDepth(stream.Format),
            stream.TransferName,
            stream.MatrixName,
            stream.FieldOrder > 1)
        {
            Primaries = stream.PrimariesName,
            MasteringDisplay = MasteringDisplay.From(stream.MasteringDisplay),
            ContentLight = ContentLight.From(stream.ContentLight),
        };
    }

    private static Rational GridRate(AvStream stream, bool interlaced)
    {
        Rational? claimed = Known(stream.AverageFrameRate) ?? Known(stream.GuessedFrameRate);
        Rational? finest = Known(stream.BaseFrameRate);
        return interlaced ? FrameRates.ForFields(claimed, finest) : FrameRates.ForGrid(claimed, finest);
    }

    private static Rational? Known(AvRational rate) => rate.IsKnown ? new(rate.Num, rate.Den) : null;

    /// <summary>Clockwise quarter turns from a counter-clockwise angle in degrees, to the nearest.</summary>
    private static int QuarterTurns(double counterClockwise) => (int)(((long)Math.Round(-counterClockwise / 90) % 4) + 4) % 4;

    private static string StreamNames(Demuxer container) => container.StreamCount == 0
        ? "no streams"
        : string.Join(", ", Enumerable.Range(0, Math.Min(container.StreamCount, 8)).Select(i => container.Stream(i).CodecName));
}
