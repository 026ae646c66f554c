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
            return Make(picture, (video.Width, video.Height), video.RotationDegrees, order.Width, onChunk) with { PixelsIn = reader.DecodedPixels };
        }

        CoverArt cover = order.Source.Cover
            ?? throw new TranscodeException(FailureStage.Decode, FailureCause.OutOfRange, "This source has no picture.");
        using AvFrame art = CoverPicture.Decode(source, cover);
        return Make(art, (art.Width, art.Height), rotationDegrees: 0, order.Width, onChunk);
    }

    private static SegmentTally Make(
        AvFrame picture, (int Width, int Height) shown, int rotationDegrees, int square, Action<ReadOnlyMemory<byte>> onChunk)
    {
        // Fitted into a square, so that a very tall picture stays a picture.
        long longSide = Math.Max(shown.Width, shown.Height);
        int width = EvenShare(shown.Width, longSide, square);
        int height = EvenShare(shown.Height, longSide, square);
        using PictureShaper shaper = PictureShaper.ForJpeg(rotationDegrees, width, height);
        using var shaped = new AvFrame();
        shaper.Shape(picture, shaped);
        onChunk(Jpeg.Encode(shaped, width, height, Quantizer));
        return new("mjpeg", 1, (long)picture.Width * picture.Height, (long)width * height);
    }

    private static int EvenShare(long side, long longSide, int square) =>
        (int)Math.Max(2, new Rational(side, longSide).RoundOf(square / 2) * 2);
}
