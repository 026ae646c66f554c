using System.Security.Cryptography;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>Single pictures and thumbnails show what they say, keep their promises, and are functions like all else.</summary>
public sealed class TrickPlayTests
{
    /// <summary>A keyframe every 40 pictures, none elsewhere.</summary>
    private const int Keyframes = 40;

    private const string Codec = "-c:v libx264 -preset veryfast -g 40 -keyint_min 40 -sc_threshold 0 -bf 2";

    private const int Columns = 5;

    [Theory]
    [InlineData("25", "mp4", 201)]
    [InlineData("24000/1001", "mkv", 130)]
    public async Task IFrames_EachIsTheRightPictureForTheRightTime(string rate, string extension, int frames)
    {
        using var desk = new Desk(await CountedFilm.MakeAsync(frames, rate, Codec, extension));
        (Rendition pictures, _) = TrickOf(desk);
        var recipe = (IFrameRecipe)pictures.Recipe;
        byte[] whole = [.. desk.Init(recipe), .. SegmentsOf(desk, recipe).SelectMany(segment => segment)];
        int[] wanted = [.. Enumerable.Range(0, recipe.SegmentCount(desk.Grid)).Select(index => index * recipe.FramesApart)];

        Assert.Equal((int)Math.Round(desk.Grid.FrameRate.ToDouble()), recipe.FramesApart);
        Assert.Equal(wanted, await CountedFilm.NumbersAsync(whole));
        int ticks = InitSegment.TicksPerFrame(recipe.Picture);
        long lead = (long)Grid.MediaClockLeadSeconds * InitSegment.Timescale(recipe.Picture);
        Assert.Equal(wanted.Select(frame => lead + ((long)frame * ticks)), await FFmpeg.FrameTimesAsync(whole));
        Assert.All(SegmentsOf(desk, recipe), segment =>
        {
            Box run = Box.Parse(segment).Single(box => box.Type == "moof").At("traf/trun");
            Assert.Equal(1u, run.UInt32(4));
            Assert.Equal(0x0200_0000u, run.Run()[0].Flags);
        });
    }

    [Theory]
    [InlineData("mp4")]
    [InlineData("mkv")]
    public async Task Tiles_ShowTheKeyframeBeforeTheirTime(string extension)
    {
        const int Frames = 1300;
        using var desk = new Desk(await CountedFilm.MakeAsync(Frames, "25", Codec, extension));
        (_, Rendition tiles) = TrickOf(desk);
        var recipe = (TileRecipe)tiles.Recipe;
        byte[][] sheets = SegmentsOf(desk, recipe);

        Assert.Equal((2, 50), (sheets.Length, recipe.FramesApart));
        int[][] shown = await Task.WhenAll(sheets.Select(sheet => TileNumbersAsync(sheet, recipe)));
        Assert.Equal(Enumerable.Range(0, 25).Select(tile => tile * 50 / Keyframes * Keyframes), shown[0]);
        Assert.Equal(25 * 50 / Keyframes * Keyframes, shown[1][0]);

        // What is left of the last sheet is black, which in this film reads as the first picture.
        Assert.All(shown[1].Skip(1), number => Assert.Equal(0, number));
    }

    [Fact]
    public async Task Tiles_WithoutAnIndex_ShowAKeyframeShortlyBeforeTheirTime()
    {
        using var desk = new Desk(await CountedFilm.MakeAsync(1250, "25", Codec, "ts"));
        (_, Rendition tiles) = TrickOf(desk);
        var recipe = (TileRecipe)tiles.Recipe;
        int[] shown = await TileNumbersAsync(Assert.Single(SegmentsOf(desk, recipe)), recipe);

        Assert.Equal(25, shown.Length);
        for (int tile = 0; tile < shown.Length; tile++)
        {
            Assert.Equal(0, shown[tile] % Keyframes);
            Assert.InRange(shown[tile], (tile * recipe.FramesApart) - (2 * Keyframes) + 1, tile * recipe.FramesApart);
        }
    }

    [Fact]
    public async Task TrickPlay_AskedInAnyOrder_IsTheSameBytes()
    {
        byte[] film = await CountedFilm.MakeAsync(1400, "25", Codec, "ts");
        byte[] other = await CountedFilm.MakeAsync(100, "30", "-c:v mpeg4 -g 20", "avi");
        using var desk = new Desk(film);
        (Rendition pictures, Rendition tiles) = TrickOf(desk);
        (Recipe Recipe, int Index)[] orders =
            [(pictures.Recipe, 0), (tiles.Recipe, 1), (pictures.Recipe, 31), (tiles.Recipe, 0), (pictures.Recipe, 17)];
        string[] forwards = [.. orders.Select(order => Hash(desk, order))];

        Assert.Equal(forwards.Reverse(), orders.Reverse().Select(order => Hash(desk, order)));
        using var bench = new Workbench();
        using var fresh = new Desk(film, bench);
        fresh.Segment(fresh.Video, 20);
        Assert.Equal(forwards[1], Hash(fresh, orders[1]));
        using var between = new Desk(other, bench);
        between.Segment(between.Video, 1);
        Assert.Equal(forwards[3], Hash(fresh, orders[3]));
    }

    [Fact]
    public async Task TrickPlay_OfNoise_StaysWithinThePromise()
    {
        using var desk = new Desk(await FFmpeg.MakeAsync(
            "-f lavfi -i nullsrc=s=640x360:r=30:d=6.5,geq=lum='random(1)*255':cb='random(2)*255':cr='random(3)*255' "
            + "-pix_fmt yuv420p -c:v libx264 -preset ultrafast -g 15 -qp 6", "mkv"));
        (Rendition pictures, Rendition tiles) = TrickOf(desk);
        var recipe = (IFrameRecipe)pictures.Recipe;
        byte[][] segments = SegmentsOf(desk, recipe);
        double[] rates = [.. segments.Select((segment, index) =>
            segment.Length * 8 / ((recipe.FirstFrame(desk.Grid, index + 1) - recipe.FirstFrame(desk.Grid, index)) / 30.0))];
        int sheet = Assert.Single(SegmentsOf(desk, tiles.Recipe)).Length;

        Assert.Equal(7, rates.Length);
        Assert.All(rates, rate => Assert.InRange(rate, 1, pictures.PeakBitsPerSecond));
        Assert.InRange(segments.Sum(s => s.Length) * 8 / 6.5, 1, pictures.AverageBitsPerSecond);
        Assert.InRange(sheet, 1, ((TileRecipe)tiles.Recipe).MaxSheetBytes);
        Assert.InRange(sheet * 8 / 6.5, 1, tiles.PeakBitsPerSecond);
    }

    [Fact]
    public async Task Init_OfAnyTrack_TellsItsTimescale()
    {
        using var desk = new Desk(await CountedFilm.MakeAsync(
            60, "24000/1001", $"{Codec} -c:a aac", "mkv", "-f lavfi -i sine=d=2:sample_rate=44100"));
        var pictures = (IFrameRecipe)TrickOf(desk).Pictures.Recipe;

        Assert.Equal(24_000u, TrackTimescale.FromInit(desk.Init(desk.Video)));
        Assert.Equal(24_000u, TrackTimescale.FromInit(desk.Init(pictures)));
        Assert.Equal(48_000u, TrackTimescale.FromInit(desk.Init(desk.Sound)));
        Assert.Throws<FormatException>(() => TrackTimescale.FromInit("mdhd"u8));
    }

    [Fact]
    public async Task TrickPlay_PastTheEnd_IsRefused()
    {
        using var desk = new Desk(await CountedFilm.MakeAsync(100, "25", Codec, "mp4"));
        (Rendition pictures, Rendition tiles) = TrickOf(desk);
        foreach (Recipe recipe in new[] { pictures.Recipe, tiles.Recipe })
        {
            var refusal = Assert.Throws<TranscodeException>(() => desk.Segment(recipe, recipe.SegmentCount(desk.Grid)));
            Assert.Equal(FailureCause.OutOfRange, refusal.Failure.Cause);
        }
    }

    private static (Rendition Pictures, Rendition Tiles) TrickOf(Desk desk)
    {
        var offered = TrickPlay.For(desk.Description, desk.Ladder);
        return (offered.IFrames!, offered.Tiles!);
    }

    private static byte[][] SegmentsOf(Desk desk, Recipe recipe) =>
        [.. Enumerable.Range(0, recipe.SegmentCount(desk.Grid)).Select(index => desk.Segment(recipe, index))];

    /// <summary>The numbers of a sheet's tiles, row by row, cut out and read by ffmpeg.</summary>
    private static Task<int[]> TileNumbersAsync(byte[] sheet, TileRecipe recipe) => FFmpeg.WithFileAsync(sheet, async path =>
    {
        byte[] cut = await FFmpeg.MakeAsync(
            $"-f mjpeg -i {path} -vf untile={Columns}x{recipe.Rows} -c:v ffv1 -pix_fmt yuv444p", "mkv");
        return await CountedFilm.NumbersAsync(cut);
    });

    private static string Hash(Desk desk, (Recipe Recipe, int Index) order) =>
        Convert.ToHexStringLower(SHA256.HashData(desk.Segment(order.Recipe, order.Index)));
}
