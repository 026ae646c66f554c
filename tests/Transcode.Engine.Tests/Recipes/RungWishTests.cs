using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Tests.Segments;
using Xunit;

namespace Transcode.Engine.Tests.Recipes;

/// <summary>Rungs of any size and rate, by their names.</summary>
public sealed class RungWishTests
{
    [Theory]
    [InlineData("960x540-1800k", 960, 540, 1800, VideoFormat.H264)]
    [InlineData("540x960-1800k-hevc", 540, 960, 1800, VideoFormat.Hevc)]
    [InlineData("8192x32-100000k-av1", 8192, 32, 100_000, VideoFormat.Av1)]
    public void Name_OfAWish_SaysAllOfIt(string name, int width, int height, int kilobits, VideoFormat format)
    {
        var wish = RungWish.Read(name);

        Assert.Equal(new RungWish(width, height, kilobits, format), wish);
        Assert.Equal(name, wish!.Name);
    }

    [Theory]
    [InlineData("720p")]
    [InlineData("960x540")]
    [InlineData("960x540-1800k-vp9")]
    [InlineData("960x540-1800k-h264")]
    [InlineData("0960x540-1800k")]
    [InlineData("960x540-01800k")]
    [InlineData("960x540-1800K")]
    [InlineData("960x540-1800k\n")]
    [InlineData("31x540-1800k")]
    [InlineData("960x8193-1800k")]
    [InlineData("960x540-49k")]
    [InlineData("960x540-100001k")]
    [InlineData("960x540-999999999999k")]
    [InlineData("٩٦٠x540-1800k")]
    public void Name_ThatIsNone_IsNone(string name) => Assert.Null(RungWish.Read(name));

    /// <summary>The picture is fitted into the box, as it lies, and never enlarged.</summary>
    [Theory]
    [InlineData(1920, 1080, "960x540-1800k", 960, 540)]
    [InlineData(1920, 804, "960x540-1800k", 960, 402)]
    [InlineData(1080, 1920, "960x960-1800k", 540, 960)]
    [InlineData(640, 360, "1920x1080-900k", 640, 360)]
    public async Task Wish_OfASource_FitsIntoItsBox(int width, int height, string name, int madeWidth, int madeHeight)
    {
        using var desk = new Desk(await FilmAsync(width, height));
        Rendition rung = desk.Ladder.Wish(name)!;
        var recipe = (VideoRecipe)rung.Recipe;

        Assert.Equal((name, madeWidth, madeHeight), (rung.Name, recipe.Width, recipe.Height));
        Assert.Equal(RungWish.Read(name)!.KilobitsPerSecond * 1000, recipe.MaxRateBitsPerSecond);
        Assert.DoesNotContain(desk.Ladder.AllRenditions, other => other.Recipe.Id == recipe.Id);
    }

    /// <summary>The same size and rate as a rung's is the same recipe, whoever names it how.</summary>
    [Fact]
    public async Task Wish_ForWhatTheLadderHas_IsTheSameRecipe()
    {
        using var desk = new Desk(await FilmAsync(640, 360), offer: Offer.All);
        foreach (Rendition rung in desk.Ladder.Video.Where(rung => rung.Recipe is VideoRecipe))
        {
            var recipe = (VideoRecipe)rung.Recipe;
            string suffix = recipe.Encoder switch { "libx265" => "-hevc", "libsvtav1" => "-av1", _ => "" };
            Assert.Equal(recipe.Id, desk.Ladder.Wish($"{recipe.Width}x{recipe.Height}-{recipe.MaxRateBitsPerSecond / 1000}k{suffix}")!.Recipe.Id);
        }
    }

    [Fact]
    public async Task Wish_BeyondWhatIsMade_IsNone()
    {
        using var desk = new Desk(await FilmAsync(640, 360));

        Assert.NotNull(desk.Ladder.Wish("640x360-300k"));
        Assert.Null(desk.Ladder.Wish("640x360-200k"));
        Assert.Null(desk.Ladder.Wish("640x360-9000k"));
        Assert.Null(desk.Ladder.Wish("640x360-900k-hevc"));
        using var all = new Desk(await FilmAsync(640, 360), offer: Offer.All);
        Assert.NotNull(all.Ladder.Wish("640x360-900k-hevc"));
        Assert.Null(all.Ladder.Wish("100x56-80k-av1"));
        using var sound = new Desk(await FFmpeg.MakeAsync("-f lavfi -i sine=d=2 -c:a aac", "mp4"));
        Assert.Null(sound.Ladder.Wish("640x360-900k"));
    }

    /// <summary>An independent decoder sees the size, and every rate is kept at both ends of what may be asked for, on pictures that want far more.</summary>
    [Theory]
    [InlineData("426x240-170k")]
    [InlineData("426x240-2400k", Explicit = true)]
    [InlineData("320x180-140k-hevc")]
    [InlineData("320x180-140k-av1", Explicit = true)]
    public async Task Segments_OfAWish_KeepItsSizeAndPromise(string name)
    {
        byte[] film = await FFmpeg.MakeAsync(
            "-f lavfi -i testsrc2=s=640x360:r=25:d=5.2,noise=alls=80:allf=t+u -pix_fmt yuv420p -c:v libx264 -preset ultrafast -qp 14", "mkv");
        using var desk = new Desk(film, offer: Offer.All);
        Rendition rung = desk.Ladder.Wish(name)!;
        byte[][] segments = desk.Segments(rung.Recipe);
        for (int i = 0; i < segments.Length; i++)
        {
            Assert.InRange(segments[i].Length * 8 / (desk.Grid.FramesIn(i) / desk.Grid.FrameRate.ToDouble()), 0, rung.PeakBitsPerSecond);
        }

        RungWish wish = RungWish.Read(name)!;
        byte[] pictures = await FFmpeg.RunAsync("-xerror -i pipe:0 -fps_mode passthrough -pix_fmt gray -f rawvideo pipe:1", Desk.Join([desk.Init(rung.Recipe), .. segments]));
        Assert.Equal(desk.Grid.FrameCount * wish.Width * wish.Height, pictures.Length);
    }

    private static Task<byte[]> FilmAsync(int width, int height) =>
        FFmpeg.MakeAsync($"-f lavfi -i testsrc2=s={width}x{height}:r=25:d=1 -pix_fmt yuv420p -c:v libx264 -preset ultrafast", "mp4");
}
