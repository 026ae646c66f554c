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

    /// <exception cref="TranscodeException">There is nothing in the source that the engine could play.</exception>
    public static SourceDescription Describe(SourceReader source)
    {
        Demuxer container = source.Container;
        int? videoIndex = container.BestStream(AvUtil.AVMEDIA_TYPE_VIDEO) is { } best && !container.Stream(best).IsAttachedPicture ? best : null;
        VideoTrack? video = videoIndex is { } index ? DescribeVideo(container.Stream(index)) : null;
        List<AudioTrack> audio = DescribeAudio(container);
        if (video is null && audio.Count == 0)
        {
            throw new TranscodeException(
                FailureStage.Probe,
                container.StreamCount > 0 ? FailureCause.UnsupportedCodec : FailureCause.NotMedia,
                $"There is neither picture nor sound in it that can be decoded ({StreamNames(container)}).");
        }

        Rational frameRate = video is null ? new(25, 1) : GridRate(container.Stream(video.StreamIndex));
        var end = SourceEnd.Find(source, video?.StreamIndex, audio.Count > 0 ? audio[0].StreamIndex : null, frameRate);
        TimeSpan duration = video is null || end.Audio - end.Video > TolerableSoundTail ? end.Audio : end.Video;
        if (duration <= TimeSpan.Zero || duration > LongestSource)
        {
            throw new TranscodeException(
                FailureStage.Probe, FailureCause.NothingDecodes, "There is no picture and no sound in it, only headers.");
        }

        long frames = Math.Max(1, new Rational(frameRate.Numerator, frameRate.Denominator * TimeSpan.TicksPerSecond).RoundOf(duration.Ticks));
        return new(source.Container.FormatName, end.OriginMicroseconds, new(frameRate, frames), video, audio);
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

    private static List<AudioTrack> DescribeAudio(Demuxer container)
    {
        var tracks = new List<AudioTrack>();
        int? best = container.BestStream(AvUtil.AVMEDIA_TYPE_AUDIO);
        for (int i = 0; i < container.StreamCount; i++)
        {
            AvStream stream = container.Stream(i);
            if (stream.MediaType == AvUtil.AVMEDIA_TYPE_AUDIO && stream.SampleRate > 0 && Decoder.Exists(stream.CodecId))
            {
                var track = new AudioTrack(
                    i, stream.CodecName, stream.SampleRate, stream.Channels, stream.Tag("language"), stream.Tag("title"));
                tracks.Insert(i == best ? 0 : tracks.Count, track);
            }
        }

        return tracks;
    }

    private static Rational GridRate(AvStream stream) => FrameRates.ForGrid(
        Known(stream.AverageFrameRate) ?? Known(stream.GuessedFrameRate), Known(stream.BaseFrameRate));

    private static Rational? Known(AvRational rate) => rate.IsKnown ? new(rate.Num, rate.Den) : null;

    /// <summary>Clockwise quarter turns from a counter-clockwise angle in degrees, to the nearest.</summary>
    private static int QuarterTurns(double counterClockwise) => (int)(((long)Math.Round(-counterClockwise / 90) % 4) + 4) % 4;

    private static string StreamNames(Demuxer container) => container.StreamCount == 0
        ? "no streams"
        : string.Join(", ", Enumerable.Range(0, Math.Min(container.StreamCount, 8)).Select(i => container.Stream(i).CodecName));
}
