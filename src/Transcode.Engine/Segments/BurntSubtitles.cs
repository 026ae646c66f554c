using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>The subtitles of pictures that a segment shows, and on which of its frames. They are decoded from a fixed while
/// before the segment on, so that one that began before it is there, and so that what a decoder remembers is always the
/// same.</summary>
internal sealed class BurntSubtitles
{
    /// <summary>A whole picture of subtitles in high definition is two megabytes of indices at most; packed it is less.</summary>
    private const int MaxPacketBytes = 4 * 1024 * 1024;

    /// <summary>Pixels of all that one segment shows, 64 MiB; what no longer fits is not shown.</summary>
    private const long MaxPixels = 16 * 1024 * 1024;

    private static readonly Rational Microsecond = new(1, AvUtil.AV_TIME_BASE);

    private readonly List<(long Start, long End, AvSubtitleImage Image)> shown = [];
    private readonly Rational fifthOfFrame;
    private readonly long firstFrame;

    private BurntSubtitles(Grid grid, long firstFrame)
    {
        fifthOfFrame = new Rational(grid.FrameRate.Denominator, grid.FrameRate.Numerator) / new Rational(5, 1);
        this.firstFrame = firstFrame;
    }

    /// <param name="source">Opened; afterwards it stands anywhere.</param>
    /// <param name="description">As probed.</param>
    /// <param name="burnIn">The track.</param>
    /// <param name="index">Of the segment.</param>
    /// <param name="cancellationToken">Looked at between packets.</param>
    /// <exception cref="TranscodeException">The track has no decoder.</exception>
    public static BurntSubtitles Read(
        SourceReader source, SourceDescription description, BurnIn burnIn, int index, CancellationToken cancellationToken)
    {
        Grid grid = description.Grid;
        var found = new BurntSubtitles(grid, grid.FirstFrame(index));
        long start = found.Instant(0);
        long end = found.Instant(grid.FramesIn(index));
        try
        {
            using var decoder = SubtitleDecoder.Open(source.Container.Stream(burnIn.StreamIndex));
            var packets = new SubtitlePackets(source, description, burnIn.StreamIndex, MaxPacketBytes);
            bool Take(AvPacket packet, long time)
            {
                if (decoder.DecodeImage(packet) is { } image)
                {
                    long at = image.Microseconds is { } told ? told - description.OriginMicroseconds : time * 1000;
                    found.Add(at, packets.End(packet) * 1000, image);
                    found.shown.RemoveAll(one => one.End <= start);
                }

                return true;
            }

            packets.Read((start / 1000) - (burnIn.LookBackSeconds * 1000L), (end + 999) / 1000, Take, cancellationToken);
        }
        catch (AvException exception)
        {
            throw new TranscodeException(
                FailureStage.Decode, FailureCause.UnsupportedCodec, $"The subtitles cannot be decoded ({exception.Message}).", exception);
        }

        return found;
    }

    /// <summary>What lies over a frame of the segment, counted from its first; null for nothing. By the rule that pictures are
    /// chosen by: what begins at most two fifths of a frame later is there.</summary>
    public AvSubtitleImage? At(int number)
    {
        long instant = Instant(number);
        return shown.LastOrDefault(one => one.Start <= instant && instant < one.End).Image;
    }

    /// <summary>Each takes the place of the one before.</summary>
    private void Add(long time, long? packetEnd, AvSubtitleImage image)
    {
        long start = time + (image.StartMilliseconds * 1000L);
        if (shown.Count > 0 && shown[^1].End > start)
        {
            shown[^1] = shown[^1] with { End = start };
        }

        long pixels = shown.Sum(one => Pixels(one.Image)) + Pixels(image);
        if (image.Parts.Count > 0 && pixels <= MaxPixels)
        {
            long end = image.EndMilliseconds is not (0 or uint.MaxValue) ? time + (image.EndMilliseconds * 1000L) : packetEnd ?? long.MaxValue;
            shown.Add((start, end, image));
        }
    }

    private static long Pixels(AvSubtitleImage image) => image.Parts.Sum(part => (long)part.Pixels.Length);

    private long Instant(int number) => (fifthOfFrame / Microsecond).FloorOf(((firstFrame + number) * 5) + 2);
}
