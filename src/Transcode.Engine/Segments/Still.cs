using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Makes a JPEG of one picture of the grid.</summary>
internal static class Still
{
    /// <summary>libavcodec's quality scale for MJPEG is a quantiser, 2 (best) to 31; FF_QP2LAMBDA scales it.</summary>
    private const int Quantizer = 4;

    private const int QuantizerToLambda = 118;

    public static SegmentTally Make(SourceReader source, StillOrder order, Action<ReadOnlyMemory<byte>> onChunk)
    {
        VideoTrack video = order.Source.Video
            ?? throw new TranscodeException(FailureStage.Decode, FailureCause.OutOfRange, "This source has no picture.");
        // Fitted into a square, so that a very tall picture stays a picture.
        long longSide = Math.Max(video.Width, video.Height);
        int width = EvenShare(video.Width, longSide, order.Width);
        int height = EvenShare(video.Height, longSide, order.Width);
        using var reader = new PictureReader(source, order.Source, order.Frame);
        using var shaper = new PictureShaper(video.RotationDegrees, width, height, "yuvj420p", "smpte170m", fullRange: true);
        using var shaped = new AvFrame();
        shaper.Shape(reader.PictureAt(order.Frame), shaped);
        using var encoder = Encoder.Open(new VideoEncoderOptions(
            "mjpeg",
            width,
            height,
            LibAv.Layout.PixelFormats.YuvJ420P,
            new(25, 1),
            AvUtil.AVCOL_SPC_SMPTE170M,
            AvUtil.AVCOL_SPC_SMPTE170M,
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

        return new("mjpeg", 1, reader.DecodedPixels, (long)width * height);
    }

    private static int EvenShare(long side, long longSide, int square) =>
        (int)Math.Max(2, new Rational(side, longSide).RoundOf(square / 2) * 2);
}
