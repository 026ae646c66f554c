using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Makes a JPEG of one picture of the grid.</summary>
internal static class Still
{
    private const int Quantizer = 4;

    public static SegmentTally Make(SourceReader source, StillOrder order, Action<ReadOnlyMemory<byte>> onChunk)
    {
        VideoTrack video = order.Source.Video
            ?? throw new TranscodeException(FailureStage.Decode, FailureCause.OutOfRange, "This source has no picture.");
        // Fitted into a square, so that a very tall picture stays a picture.
        long longSide = Math.Max(video.Width, video.Height);
        int width = EvenShare(video.Width, longSide, order.Width);
        int height = EvenShare(video.Height, longSide, order.Width);
        using var reader = new PictureReader(source, order.Source, order.Frame);
        using var shaper = new PictureShaper(video.RotationDegrees, width, height, Jpeg.PixelFormat, Jpeg.Matrix, fullRange: true);
        using var shaped = new AvFrame();
        shaper.Shape(reader.PictureAt(order.Frame), shaped);
        onChunk(Jpeg.Encode(shaped, width, height, Quantizer));
        return new("mjpeg", 1, reader.DecodedPixels, (long)width * height);
    }

    private static int EvenShare(long side, long longSide, int square) =>
        (int)Math.Max(2, new Rational(side, longSide).RoundOf(square / 2) * 2);
}
