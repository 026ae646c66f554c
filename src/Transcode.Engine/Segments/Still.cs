using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Makes a JPEG of one picture of the grid, or of the cover art of what is sound only.</summary>
internal static class Still
{
    /// <summary>libavcodec's quality scale for MJPEG is a quantiser, 2 (best) to 31; FF_QP2LAMBDA scales it.</summary>
    private const int Quantizer = 4;

    private const int QuantizerToLambda = 118;

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
        using var shaper = new PictureShaper(rotationDegrees, width, height, "yuvj420p", "smpte170m", fullRange: true);
        using var shaped = new AvFrame();
        shaper.Shape(picture, shaped);
        using var encoder = Encoder.Open(new VideoEncoderOptions(
            "mjpeg",
            width,
            height,
            LibAv.Layout.PixelFormats.YuvJ420P,
            new(25, 1),
            AvUtil.AVCOL_SPC_SMPTE170M,
            [
                new("flags", "+qscale"),
                new("global_quality", (Quantizer * QuantizerToLambda).ToString(CultureInfo.InvariantCulture)),
                new("color_range", "pc"),
                new("threads", "1"),
            ]));
        shaped.Pts = 0;
        shaped.PictureType = 0;
        encoder.TrySend(shaped);
        encoder.TrySend(null);
        using var packet = new AvPacket();
        while (encoder.Receive(packet) == CodecAnswer.Delivered)
        {
            onChunk(packet.Data.ToArray());
        }

        return new("mjpeg", 1, (long)picture.Width * picture.Height, (long)width * height);
    }

    private static int EvenShare(long side, long longSide, int square) =>
        (int)Math.Max(2, new Rational(side, longSide).RoundOf(square / 2) * 2);
}
