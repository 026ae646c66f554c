using System.Globalization;
using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Segments;

/// <summary>Makes JPEG pictures (JFIF: full range, the matrix of BT.601).</summary>
internal static class Jpeg
{
    /// <summary>What pictures must be shaped to.</summary>
    public const string PixelFormat = "yuvj420p";

    public const string Matrix = "smpte170m";

    /// <summary>The coarsest quantiser.</summary>
    public const int Coarsest = 31;

    /// <summary>FF_QP2LAMBDA: libavcodec takes quality in units of its Lagrange multiplier.</summary>
    private const int QuantizerToLambda = 118;

    /// <param name="picture">In <see cref="PixelFormat"/>.</param>
    /// <param name="width">Of the picture.</param>
    /// <param name="height">Of the picture.</param>
    /// <param name="quantizer">2 (best) to <see cref="Coarsest"/>.</param>
    public static byte[] Encode(AvFrame picture, int width, int height, int quantizer)
    {
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
                new("global_quality", (quantizer * QuantizerToLambda).ToString(CultureInfo.InvariantCulture)),
                new("color_range", "pc"),
                new("threads", "1"),
            ]));
        picture.Pts = 0;
        picture.PictureType = 0;
        encoder.TrySend(picture);
        encoder.TrySend(null);
        using var packet = new AvPacket();
        using var bytes = new MemoryStream();
        while (encoder.Receive(packet) == CodecAnswer.Delivered)
        {
            bytes.Write(packet.Data);
        }

        return bytes.ToArray();
    }
}
