using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Makes a JPEG of one picture of the grid, or of the cover art of what is sound only.</summary>
internal static class Still
{
    private const int Quantizer = 4;

    public static SegmentTally Make(SourceReader source, StillOrder order, Action<ReadOnlyMemory<byte>> onChunk)
    {
        if (order.Source.Video is { } video)
        {
            using var reader = new PictureReader(source, order.Source, order.Frame, video.Deinterlacer);
            AvFrame picture = reader.PictureAt(order.Frame);
            (int width, int height) = Fitted(video.Width, video.Height, order.Width);
            using var shaper = new JpegShaper(video, order.StandardRange, width, height);
            return Make(picture, shaper.Shape, width, height, onChunk) with { PixelsIn = reader.DecodedPixels };
        }

        CoverArt cover = order.Source.Cover
            ?? throw new TranscodeException(FailureStage.Decode, FailureCause.OutOfRange, "This source has no picture.");
        using AvFrame art = CoverPicture.Decode(source, cover);
        (int artWidth, int artHeight) = Fitted(art.Width, art.Height, order.Width);
        using PictureShaper upright = PictureShaper.ForJpeg(rotationDegrees: 0, artWidth, artHeight);
        return Make(art, (from, to) => upright.Shape(from, to), artWidth, artHeight, onChunk);
    }

    private static SegmentTally Make(AvFrame picture, Action<AvFrame, AvFrame> shape, int width, int height, Action<ReadOnlyMemory<byte>> onChunk)
    {
        using var shaped = new AvFrame();
        shape(picture, shaped);
        onChunk(Jpeg.Encode(shaped, width, height, Quantizer));
        return new("mjpeg", 1, (long)picture.Width * picture.Height, (long)width * height);
    }

    /// <summary>Into a square, so that a very tall picture stays a picture.</summary>
    private static (int Width, int Height) Fitted(int width, int height, int square)
    {
        long longSide = Math.Max(width, height);
        return (EvenShare(width, longSide, square), EvenShare(height, longSide, square));
    }

    private static int EvenShare(long side, long longSide, int square) =>
        (int)Math.Max(2, new Rational(side, longSide).RoundOf(square / 2) * 2);
}
