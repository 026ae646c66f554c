using System.Buffers.Binary;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tests.Media;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>Pictures come out upright, in square pixels, even sizes and the right colours, as the ffmpeg program makes them.</summary>
public sealed class PictureShapeTests
{
    private const string Lossless = "-frames:v 3 -pix_fmt yuv420p -c:v libx264 -preset ultrafast -qp 0";

    [Theory]
    [InlineData(0, 192, 108)]
    [InlineData(90, 108, 192)]
    [InlineData(180, 192, 108)]
    [InlineData(270, 108, 192)]
    public async Task Picture_Turned_IsUpright(int degrees, int width, int height)
    {
        byte[] film = await FFmpeg.MakeAsync($"-f lavfi -i testsrc=s=192x108:r=25 {Lossless}", "mp4");
        Turn(film, degrees);
        using var desk = new Desk(film);

        Assert.Equal(degrees, desk.Description.Video!.RotationDegrees);
        await AssertLooksAsync(desk, film, width, height);
    }

    [Theory]
    [InlineData("720x576", "16/15", 768, 576)]
    [InlineData("720x576", "64/45", 1024, 576)]
    [InlineData("1440x1080", "4/3", 1920, 1080)]
    [InlineData("176x144", "12/11", 192, 144)]
    [InlineData("321x181", "1/1", 320, 180)]
    [InlineData("108x192", "1/1", 108, 192)]
    [InlineData("16x16", "1/1", 16, 16)]
    [InlineData("2x2", "1/1", 2, 2)]
    public async Task Picture_AnySizeAndAspect_IsSquarePixelsOfEvenSides(string size, string aspect, int width, int height)
    {
        string source = size == "2x2" ? "color=c=gray:" : "testsrc=";
        byte[] film = await FFmpeg.MakeAsync(
            $"-f lavfi -i {source}s={size}:r=25 -vf format=gray,setsar={aspect} -frames:v 3 -c:v ffv1 -pix_fmt yuv444p", "mkv");
        using var desk = new Desk(film);

        await AssertLooksAsync(desk, film, width, height);
    }

    [Theory]
    [InlineData("full range", "-vf scale=out_range=full:out_color_matrix=bt709,format=yuv420p -color_range pc -colorspace bt709 -c:v libx264 -qp 0", "mp4", "s=320x180", "smpte170m", "scale=in_color_matrix=bt709:out_color_matrix=bt709:out_range=limited", "bt709")]
    [InlineData("RGB", "-pix_fmt bgr0 -c:v ffv1", "mkv", "s=1280x720", "bt709", "scale=out_color_matrix=bt709:out_range=limited", "bt709")]
    [InlineData("standard definition", "-vf setparams=color_primaries=smpte170m:color_trc=smpte170m:colorspace=smpte170m -pix_fmt yuv420p -colorspace smpte170m -color_primaries smpte170m -color_trc smpte170m -c:v libx264 -qp 0", "mp4", "s=320x180", "smpte170m", "null", "smpte170m")]
    public async Task Picture_Colours_AreKept(string what, string codec, string container, string size, string untagged, string reference, string matrix)
    {
        byte[] film = await FFmpeg.MakeAsync($"-f lavfi -i testsrc2={size}:r=25 -frames:v 2 {codec}", container);
        using var desk = new Desk(film);
        byte[] whole = desk.Whole(Fine(desk));
        string[] tags = Assert.Single(await FFmpeg.ProbeAsync("-show_entries stream=color_range,color_space,color_transfer,color_primaries", whole));
        byte[] ours = await FFmpeg.WithFileAsync(whole, path => FFmpeg.RunAsync($"-i {path} -frames:v 1 -pix_fmt yuv420p -f rawvideo pipe:1"));
        byte[] theirs = await FFmpeg.WithFileAsync(film, path => FFmpeg.RunAsync($"-i {path} -frames:v 1 -vf {reference},format=yuv420p -f rawvideo pipe:1"));

        Assert.NotEqual("", what + untagged);
        Assert.Equal(["tv", matrix, matrix, matrix], tags);
        Assert.Equal(theirs.Length, ours.Length);
        int luma = theirs.Length * 2 / 3;
        Assert.InRange(MeanDifference(ours.AsSpan(0, luma), theirs.AsSpan(0, luma)), 0, 1.5);
        Assert.InRange(MeanDifference(ours.AsSpan(luma), theirs.AsSpan(luma)), 0, 1.5);
    }

    private static async Task AssertLooksAsync(Desk desk, byte[] film, int width, int height)
    {
        Assert.Equal((width, height), (desk.Video.Width, desk.Video.Height));
        byte[] whole = desk.Whole(Fine(desk));
        string[] shape = Assert.Single(await FFmpeg.ProbeAsync("-show_entries stream=width,height,sample_aspect_ratio", whole));
        byte[] ours = await FFmpeg.WithFileAsync(whole, path => FFmpeg.RunAsync($"-i {path} -frames:v 1 -pix_fmt gray -f rawvideo pipe:1"));
        byte[] theirs = await FFmpeg.WithFileAsync(film, path => FFmpeg.RunAsync(
            $"-i {path} -frames:v 1 -vf scale={width}:{height},format=yuv420p,format=gray -f rawvideo pipe:1"));

        Assert.Equal([$"{width}", $"{height}", "1:1"], shape);
        Assert.Equal(width * height, ours.Length);
        Assert.InRange(MeanDifference(ours, theirs), 0, 3);
    }

    /// <summary>The largest rung at high quality: what is compared is the shaping, not the compression.</summary>
    private static VideoRecipe Fine(Desk desk) =>
        desk.Video with { ConstantRateFactor = 8, MaxRateBitsPerSecond = 20_000_000, BufferBits = 20_000_000 };

    private static double MeanDifference(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        long sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += Math.Abs(a[i] - b[i]);
        }

        return sum / (double)a.Length;
    }

    /// <summary>Writes a turn into the track header's matrix (ISO/IEC 14496-12, 8.3.2), as telephones do.</summary>
    internal static void Turn(byte[] film, int degrees)
    {
        int matrix = film.AsSpan().IndexOf("tkhd"u8) + 4 + 40;
        (int a, int b, int c, int d) = degrees switch { 90 => (0, 1, -1, 0), 180 => (-1, 0, 0, -1), 270 => (0, -1, 1, 0), _ => (1, 0, 0, 1) };
        foreach ((int at, int value) in new[] { (0, a), (4, b), (12, c), (16, d) })
        {
            BinaryPrimitives.WriteInt32BigEndian(film.AsSpan(matrix + at), value << 16);
        }
    }
}
