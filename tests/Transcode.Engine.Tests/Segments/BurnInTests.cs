using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Tuning.Stages;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>Subtitles of pictures laid over the picture, each segment a function of source, recipe and index.</summary>
public sealed class BurnInTests
{
    private const int Width = 320;
    private const int Height = 180;

    /// <summary>Two roundings of eight bits each: ours after the multiplication by alpha and after the scaler, and ffmpeg's.</summary>
    private const int Tolerance = 2;

    private static readonly (double Start, double End, int X, int Y, int Width, int Height, byte Luma)[] Shown =
    [
        (0.2, 0.8, 40, 20, 100, 40, 235), (1.5, 4.52, 60, 130, 200, 36, 200), (4.6, 4.8, 0, 0, 64, 64, 16), (5.0, 5.9, 256, 116, 64, 64, 128),
    ];

    /// <summary>The witness is ffmpeg's own filter, on the same picture and the same track, and the boxes that were put into it. The program of
    /// FFmpeg 7 and later is none: which subtitle a picture gets there depends on how far the thread that reads them has come.</summary>
    [Theory]
    [InlineData("mkv", "copy", "hdmv_pgs_subtitle")]
    [InlineData("mkv", "dvdsub", "dvd_subtitle")]
    [InlineData("ts", "dvbsub", "dvb_subtitle")]
    public async Task BurnIn_EveryFrame_IsWhatFfmpegLaysOver(string container, string codec, string name)
    {
        byte[] film = await FilmAsync(container, codec);
        using var desk = new Desk(film);
        TextTrack track = Assert.Single(desk.Description.Text);
        Assert.Equal((name, TextForm.Pictures), (track.Codec, track.Form));
        var recipe = (VideoRecipe)desk.Ladder.WithBurnt(track.StreamIndex)!.Video[0].Recipe with { Tuning = null };
        Assert.Equal((Width, Height), (recipe.Width, recipe.Height));

        byte[] wanted = await FFmpeg.WithFileAsync(film, path => FFmpeg.RunAsync(
            $"-i {path} -filter_complex [0:v][0:s]overlay -fps_mode passthrough -frames:v {desk.Grid.FrameCount} -f rawvideo -pix_fmt yuv420p pipe:1"));
        byte[] plain = await FFmpeg.WithFileAsync(film, path => FFmpeg.RunAsync($"-i {path} -map 0:v -fps_mode passthrough -f rawvideo -pix_fmt yuv420p pipe:1"));
        byte[] laid = Pictures(film, desk.Description, recipe);

        Assert.Equal(wanted.Length, laid.Length);
        int size = Width * Height * 3 / 2;
        for (int frame = 0; frame < wanted.Length / size; frame++)
        {
            Range one = (frame * size)..((frame + 1) * size);
            int apart = LibAv.Layout.Name != "5.x" ? 0 : Apart(wanted[one], laid[one]);
            Assert.True(apart <= Tolerance, string.Create(CultureInfo.InvariantCulture, $"Frame {frame} is {apart} apart."));
            AssertHasBoxes(frame, laid[one], plain[one], hasColours: codec != "dvdsub");
        }
    }

    /// <summary>Around the boxes of this time their brightness, beside them the film; nothing is said of their half transparent middle, whose
    /// opacity formats round, and of frames next to a box's beginning or end, which they round to their own clocks. Discs' have sixteen colours: there a box is of one, whichever it is.</summary>
    private static void AssertHasBoxes(int frame, ReadOnlySpan<byte> laid, ReadOnlySpan<byte> plain, bool hasColours)
    {
        // The program lets the track begin with the film.
        double at = Shown[0].Start + (frame / 25.0);
        if (Shown.Any(box => Math.Abs(at - box.Start) < 0.05 || Math.Abs(at - box.End) < 0.05))
        {
            return;
        }

        byte[] wanted = plain[..(Width * Height)].ToArray();
        foreach (var box in Shown.Where(box => at > box.Start && at < box.End))
        {
            for (int y = box.Y; y < box.Y + box.Height; y++)
            {
                Span<byte> row = wanted.AsSpan((y * Width) + box.X, box.Width);
                row.Fill(hasColours ? box.Luma : laid[(box.Y * Width) + box.X]);
                if (y >= box.Y + PictureSubtitles.Edge && y < box.Y + box.Height - PictureSubtitles.Edge)
                {
                    laid.Slice((y * Width) + box.X, box.Width)[PictureSubtitles.Edge..^PictureSubtitles.Edge].CopyTo(row[PictureSubtitles.Edge..]);
                }
            }
        }

        int apart = Apart(wanted, laid[..(Width * Height)].ToArray());
        Assert.True(apart <= Tolerance, string.Create(CultureInfo.InvariantCulture, $"Frame {frame} is {apart} from its boxes."));
    }

    /// <summary>Whatever was asked before, by whichever bench; and one that began before its segment is there.</summary>
    [Theory]
    [InlineData("mkv", "copy")]
    [InlineData("ts", "dvbsub")]
    public async Task BurnIn_AnyOrder_IsTheSameBytes(string container, string codec)
    {
        byte[] film = await FilmAsync(container, codec);
        using var desk = new Desk(film);
        var recipe = (VideoRecipe)desk.Ladder.Burnt[0].Recipe;
        byte[][] forwards = desk.Segments(recipe);
        foreach (int index in (int[])[2, 0, 1])
        {
            using var other = new Desk(film);
            Assert.Equal(forwards[index], other.Segment(recipe, index));
            Assert.Equal(forwards[index], desk.Segment(recipe, index));
            Assert.NotEqual(forwards[index], desk.Segment(desk.Video, index));
        }
    }

    [Fact]
    public async Task Recipe_WithSubtitles_HasAnotherIdAndIsOfferedBesideTheLadder()
    {
        using var desk = new Desk(await FilmAsync("mkv", "copy"), offer: Offer.All);
        Assert.All(desk.Ladder.AllRenditions, rendition => Assert.Null((rendition.Recipe as VideoRecipe)?.BurnIn));
        Assert.Equal(["240p-burn-1"], desk.Ladder.Burnt.Select(rung => rung.Name));
        Assert.NotEqual(desk.Video.Id, desk.Ladder.Burnt[0].Recipe.Id);
        Assert.Null(desk.Ladder.WithBurnt(0));
        Assert.Equal(desk.Ladder.Burnt, desk.Ladder.WithBurnt(1)!.Video);
    }

    /// <summary>Rungs share a decode only with the same subtitles over it.</summary>
    [Fact]
    public async Task Share_OtherSubtitles_IsAnotherDecode()
    {
        using var desk = new Desk(await FilmAsync("mkv", "copy"));
        var burnt = (VideoRecipe)desk.Ladder.Burnt[0].Recipe;
        SegmentOrder Order(VideoRecipe recipe) => new(desk.Description, recipe, 0);

        Assert.True(VideoSegment.Share(Order(burnt), Order(burnt with { Width = 160, Height = 90 })));
        Assert.False(VideoSegment.Share(Order(burnt), Order(desk.Video)));
        Assert.False(VideoSegment.Share(Order(burnt), Order(burnt with { BurnIn = burnt.BurnIn! with { StreamIndex = 2 } })));
    }

    /// <summary>What lies over a picture of other shape than the canvas, worked out by hand.</summary>
    [Theory]
    [InlineData(1920, 1080, 1920, 1080, 1920, 1080, 0, 0)]
    [InlineData(1920, 1080, 1280, 720, 1920, 1080, 0, 0)]
    [InlineData(1920, 1080, 1920, 800, 1920, 800, 0, 140)]
    [InlineData(1920, 1080, 1440, 1080, 1440, 1080, 240, 0)]
    [InlineData(720, 576, 1024, 576, 720, 576, 0, 0)]
    [InlineData(720, 576, 768, 576, 720, 576, 0, 0)]
    [InlineData(720, 480, 854, 356, 720, 356, 0, 62)]
    [InlineData(0, 0, 1920, 1080, 720, 576, 0, 0)]
    public void Canvas_OverAPicture_LiesWhereItWasMeant(
        int canvasWidth, int canvasHeight, int pictureWidth, int pictureHeight, int width, int height, int left, int top)
    {
        var video = new VideoTrack(0, "h264", pictureWidth, pictureHeight, 0, 8, "bt709", "bt709", Interlaced: false);

        Assert.Equal(
            new SubtitleCanvas(width, height, left, top),
            SubtitleCanvas.Of(new AvSubtitleImage(0, 0, 0, canvasWidth, canvasHeight, []), video));
    }

    /// <summary>In a picture whose black bars were cut off, words that lay on them are moved in.</summary>
    [Fact]
    public void Canvas_WordsBeyondTheEdge_AreMovedIn()
    {
        var white = new AvSubtitlePart(0, 1000, 40, 40, [.. Enumerable.Repeat(0xFFFFFFFFu, 1600)]);
        using AvFrame painted = new SubtitleCanvas(1920, 800, 0, 140)
            .Paint(new AvSubtitleImage(0, 0, 0, 1920, 1080, [white]), 1920, 800, "bt709");
        int stride = painted.Stride(3);
        byte[] alpha = painted.Plane(3, 800).ToArray();

        Assert.All(Enumerable.Range(0, 800), y => Assert.Equal(y >= 760 ? 255 : 0, alpha[(y * stride) + 20]));
    }

    /// <summary>All frames as the encoder gets them, segment by segment.</summary>
    private static byte[] Pictures(byte[] film, SourceDescription description, VideoRecipe recipe)
    {
        using var raw = new MemoryStream();
        using var source = SourceReader.Open(new FileReader(film));
        using var shaper = PictureShaper.For(description.Video!, recipe, PictureDevice.None);
        using var finisher = new PictureFinisher(description.Video!, recipe, PictureDevice.None, picture => Write(raw, picture));
        for (int index = 0; index < description.Grid.SegmentCount; index++)
        {
            var subtitles = BurntSubtitles.Read(source, description, recipe.BurnIn!, index, TestContext.Current.CancellationToken);
            using var reader = new PictureReader(source, description, description.Grid.FirstFrame(index), null);
            for (int number = 0; number < description.Grid.FramesIn(index); number++)
            {
                var shaped = new AvFrame();
                shaper.Shape(reader.PictureAt(description.Grid.FirstFrame(index) + number), shaped);
                finisher.Take(new(shaped, subtitles.At(number)));
            }

            finisher.Finish();
        }

        return raw.ToArray();
    }

    private static void Write(MemoryStream raw, AvFrame picture)
    {
        for (int plane = 0; plane < 3; plane++)
        {
            int rows = plane == 0 ? picture.Height : picture.Height / 2;
            int width = plane == 0 ? picture.Width : picture.Width / 2;
            for (int y = 0; y < rows; y++)
            {
                raw.Write(picture.Plane(plane, rows).Slice(y * picture.Stride(plane), width));
            }
        }
    }

    private static int Apart(byte[] one, byte[] other) => one.Zip(other).Max(pair => Math.Abs(pair.First - pair.Second));

    private static async Task<byte[]> FilmAsync(string container, string codec) => await FFmpeg.WithFileAsync(
        PictureSubtitles.Sup(Width, Height, Shown),
        path => FFmpeg.MakeAsync(
            $"-f lavfi -i testsrc2=s={Width}x{Height}:r=25:d=6 -fix_sub_duration -f sup -i {path} -map 0:v -map 1:s -c:v libx264 -preset ultrafast -g 20 -pix_fmt yuv420p"
            + $" -c:s {codec}",
            container));
}
