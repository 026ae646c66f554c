using System.Buffers.Binary;
using System.Globalization;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>Single pictures of a film of high dynamic range are those that its standard rendition shows at their time: stills, thumbnails and
/// I-frame pictures.</summary>
/// <remarks>How far a JPEG may be away, it says itself. Its transform keeps lengths, and rounding a coefficient leaves an error that is spread evenly over a step
/// of its quantizer: a twelfth of the step's square in the mean. The bound is that of the table in the file, as if no coefficient were 0 before, plus a code for the
/// rounding of samples on either way and for the encoder of the rendition, which here has all the bits it wants.</remarks>
public sealed class StandardPicturesTests
{
    private const int Width = 320;
    private const int Height = 180;

    /// <summary>Pictures of one shot: a thumbnail's step.</summary>
    private const int ShotLength = 50;

    /// <summary>Ten-bit codes of the brightest of each shot, in PQ: 300, 1000 and 4000 cd/m².</summary>
    private static readonly int[] Shots = [608, 723, 855];

    /// <summary>For rounding and for the rendition's encoder, in codes of 255.</summary>
    private const double Rounding = 1;

    [Theory]
    [InlineData("yuv420p10le", "shots-1")]
    [InlineData("yuv422p12le", "shots-1", Explicit = true)]
    [InlineData("yuv420p10le", "1000", Explicit = true)]
    public async Task Pictures_OfAFilm_AreThoseOfItsStandardRendition(string format, string peak)
    {
        PictureToneMap map = peak == PictureToneMap.ShotPeaks
            ? PictureToneMap.Auto
            : PictureToneMap.Auto with { PeakRule = null, PeakNits = int.Parse(peak, CultureInfo.InvariantCulture) };
        using var desk = new Desk(await FilmAsync(format), offer: Offer.Default with { ToneMap = map });
        var trick = TrickPlay.For(desk.Description, desk.Ladder);
        var tiles = (TileRecipe)trick.Tiles!.Recipe;
        byte[][] rendition = await PicturesAsync(desk.Whole(AllItsBits(desk.Video)), "mp4");
        byte[] sheet = desk.Segment(tiles, 0);
        byte[][] thumbnails = await PicturesAsync(await FFmpeg.WithFileAsync(
            sheet, path => FFmpeg.MakeAsync($"-f mjpeg -i {path} -vf untile={tiles.Columns}x{tiles.Rows} -c:v ffv1", "mkv")), "mkv");

        Assert.Equal((Width, Height, ShotLength, map), (tiles.Width, tiles.Height, tiles.FramesApart, tiles.StandardRange?.ToneMap));
        for (int shot = 0; shot < Shots.Length; shot++)
        {
            byte[] still = desk.Execute(new StillOrder(desk.Description, (shot * ShotLength) + 20, Width) { StandardRange = desk.Ladder.StandardRange });
            byte[] unmapped = desk.Execute(new StillOrder(desk.Description, (shot * ShotLength) + 20, Width));
            AssertAlike(rendition[(shot * ShotLength) + 20], (await PicturesAsync(still, "jpg"))[0], still);
            AssertAlike(rendition[shot * ShotLength], thumbnails[shot], sheet);
            Assert.InRange(Distance(rendition[(shot * ShotLength) + 20], (await PicturesAsync(unmapped, "jpg"))[0]), 3 * Bound(still), 255);
        }

        // Made by the same steps as the rendition, and by the same encoder with as many bits.
        var pictures = (IFrameRecipe)trick.IFrames!.Recipe;
        byte[][] single = await PicturesAsync(SingleOf(desk, pictures with { Picture = AllItsBits(pictures.Picture) }), "mp4");
        for (int index = 0; index < single.Length; index++)
        {
            Assert.InRange(Distance(rendition[index * pictures.FramesApart], single[index]), 0, 2 * Rounding);
        }
    }

    /// <summary>The first of a segment: in the others the rendition's peak may still be following.</summary>
    [Theory]
    [InlineData("hdr/hdr10-av1.mp4", Explicit = true)]
    [InlineData("hdr/hlg_hevc10_1080p_phone.mp4")]
    [InlineData("hdr/av1hdr2020.mp4")]
    public async Task Still_OfAClip_IsThePictureOfItsStandardRendition(string clip)
    {
        using var desk = new Desk(await File.ReadAllBytesAsync(SharedMedia.Require(clip), TestContext.Current.CancellationToken));
        VideoRecipe rung = AllItsBits(desk.Rung("360p"));
        int index = desk.SegmentCount / 2;
        byte[] still = desk.Execute(
            new StillOrder(desk.Description, desk.Grid.FirstFrame(index), Math.Max(rung.Width, rung.Height)) { StandardRange = desk.Ladder.StandardRange });
        byte[][] rendition = await PicturesAsync(Desk.Join(desk.Init(rung), desk.Segment(rung, index)), "mp4");

        AssertAlike(rendition[0], (await PicturesAsync(still, "jpg"))[0], still);
    }

    /// <summary>A thumbnail is a function of its own keyframe: not of those that lie before it on its sheet.</summary>
    [Fact]
    public async Task Thumbnail_AfterADarkShot_IsAsBrightAsWithoutIt()
    {
        using var desk = new Desk(await FilmAsync("yuv420p10le"));
        var tiles = (TileRecipe)TrickPlay.For(desk.Description, desk.Ladder).Tiles!.Recipe;
        byte[] sheet = desk.Segment(tiles with { FramesApart = 2 * ShotLength }, 0);
        byte[][] two = await PicturesAsync(await FFmpeg.WithFileAsync(
            sheet, path => FFmpeg.MakeAsync($"-f mjpeg -i {path} -vf untile={tiles.Columns}x{tiles.Rows} -c:v ffv1", "mkv")), "mkv");
        byte[] still = desk.Execute(new StillOrder(desk.Description, 2 * ShotLength, Width) { StandardRange = desk.Ladder.StandardRange });

        Assert.InRange(Distance(two[1], (await PicturesAsync(still, "jpg"))[0]), 0, Rounding);
    }

    private static void AssertAlike(byte[] expected, byte[] shown, byte[] jpeg)
    {
        double distance = Distance(expected, shown), bound = Bound(jpeg);
        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{distance:F2} codes from the rendition, {bound:F2} allowed"));
        Assert.InRange(distance, 0, bound);
    }

    /// <summary>The largest distance that a JPEG's own table of brightness explains, in codes of 255.</summary>
    private static double Bound(byte[] jpeg)
    {
        int table = jpeg.AsSpan().IndexOf([(byte)0xff, (byte)0xdb]) + 5;
        return Math.Sqrt(jpeg.AsSpan(table, 64).ToArray().Average(step => (double)step * step) / 12) + Rounding;
    }

    /// <summary>Root of the mean squared difference.</summary>
    private static double Distance(byte[] one, byte[] other)
    {
        Assert.Equal(one.Length, other.Length);
        return Math.Sqrt(one.Zip(other, (a, b) => (double)(a - b) * (a - b)).Average());
    }

    /// <summary>Brightness of each picture of a file, as full-range codes of BT.601: what a JPEG has.</summary>
    private static Task<byte[][]> PicturesAsync(byte[] file, string extension) => FFmpeg.WithFileAsync(file, async path =>
    {
        string input = extension == "jpg" ? "-f mjpeg " : "";
        string[] size = (await FFmpeg.ProbeAsync("-select_streams v:0 -show_entries stream=width,height", file))[0];
        int pixels = int.Parse(size[0], CultureInfo.InvariantCulture) * int.Parse(size[1], CultureInfo.InvariantCulture);
        byte[] luma = await FFmpeg.RunAsync(
            $"{input}-i {path} -map 0:v:0 -vf scale=out_color_matrix=smpte170m:out_range=full:flags=accurate_rnd,format=yuvj420p,extractplanes=y -fps_mode passthrough -f rawvideo pipe:1");
        return luma.Chunk(pixels).ToArray();
    });

    private static byte[] SingleOf(Desk desk, IFrameRecipe recipe) =>
        Desk.Join([desk.Init(recipe), .. Enumerable.Range(0, recipe.SegmentCount(desk.Grid)).Select(index => desk.Segment(recipe, index))]);

    /// <summary>The same pictures, hardly touched by the encoder.</summary>
    private static VideoRecipe AllItsBits(VideoRecipe recipe) => recipe with
    {
        ConstantRateFactor = 1, MaxRateBitsPerSecond = 100_000_000, BufferBits = 100_000_000, BufferInitialPercent = 100, Tuning = null,
    };

    /// <summary>Shots that stand still, each from black to its own brightest, with colours that move along; every picture a keyframe.</summary>
    private static Task<byte[]> FilmAsync(string format)
    {
        byte[] raw = new byte[Shots.Length * ShotLength * Width * Height * 6];
        for (int picture = 0; picture < Shots.Length * ShotLength; picture++)
        {
            int bright = Shots[picture / ShotLength];
            for (int i = 0; i < Width * Height; i++)
            {
                int x = i % Width, y = i / Width;
                double wave = 0.5 + (0.5 * Math.Sin(x / 17.0) * Math.Cos(y / 11.0));
                int luma = y < 20 ? bright : 64 + (int)((bright - 64) * wave);
                int[] sample = [luma, 512 + (int)(20 * Math.Sin(y / 23.0)), 512 + (int)(20 * Math.Cos(x / 29.0))];
                for (int plane = 0; plane < 3; plane++)
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(raw.AsSpan(2 * ((((picture * 3) + plane) * Width * Height) + i)), (ushort)sample[plane]);
                }
            }
        }

        (string filter, string options) = FFmpeg.WideColours("smpte2084");
        return FFmpeg.MakeAsync(
            $"-f rawvideo -pix_fmt yuv444p10le -s {Width}x{Height} -r 25 -i pipe:0 -vf {filter} -pix_fmt {format} {options} -c:v ffv1 -g 1",
            "mkv",
            raw);
    }
}
