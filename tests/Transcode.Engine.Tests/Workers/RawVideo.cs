using System.Text;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Tests.Workers;

/// <summary>Four seconds of moving picture, uncompressed (YUV4MPEG2), and orders for it.</summary>
internal static class RawVideo
{
    private const int Width = 320;
    private const int Height = 180;
    private const int FrameRate = 24;
    private const int FrameCount = 4 * FrameRate;

    public static readonly byte[] Bytes = Make();

    /// <summary>Well inside the first segment's bytes, and past those of its first chunk.</summary>
    public const long InsideFirstSegment = 3_400_000;

    private static readonly SourceDescription Description = new(
        "yuv4mpegpipe",
        0,
        new Grid(new Rational(FrameRate, 1), FrameCount),
        new VideoTrack(0, "rawvideo", Width, Height, 0, 8, "unknown", "unknown", Interlaced: false),
        [],
        [],
        []);

    /// <summary>Heavy.</summary>
    public static SegmentOrder Segment(int index) => new(Description, Ladder.For(Description).Video[0].Recipe, index);

    /// <summary>A segment of a rendition of everything on offer, the pictures taken to have some transfer characteristic.</summary>
    public static SegmentOrder Segment(string rendition, string transfer)
    {
        SourceDescription description = Description with { Video = Description.Video! with { Transfer = transfer } };
        return new(description, Ladder.For(description, Offer.All).Video.Single(rung => rung.Name == rendition).Recipe, 1);
    }

    private static byte[] Make()
    {
        using var file = new MemoryStream();
        file.Write(Encoding.ASCII.GetBytes($"YUV4MPEG2 W{Width} H{Height} F{FrameRate}:1 Ip A1:1 C420jpeg\n"));
        byte[] picture = new byte[Width * Height * 3 / 2];
        for (int frame = 0; frame < FrameCount; frame++)
        {
            file.Write("FRAME\n"u8);
            for (int i = 0; i < picture.Length; i++)
            {
                picture[i] = (byte)((i % Width) + (i / Width) + (frame * 3));
            }

            file.Write(picture);
        }

        return file.ToArray();
    }
}
