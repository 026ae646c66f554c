using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Xunit;

namespace Transcode.Engine.Tests.Recipes;

public sealed class LadderTests
{
    [Theory]
    [InlineData(3840, 2160, "1080p 1920x1080, 720p 1280x720, 480p 854x480, 360p 640x360, 240p 426x240")]
    [InlineData(1920, 1080, "1080p 1920x1080, 720p 1280x720, 480p 854x480, 360p 640x360, 240p 426x240")]
    [InlineData(1280, 720, "720p 1280x720, 480p 854x480, 360p 640x360, 240p 426x240")]
    [InlineData(768, 576, "720p 768x576, 480p 640x480, 360p 480x360, 240p 320x240")]
    [InlineData(1080, 1920, "1080p 1080x1920, 720p 720x1280, 480p 480x854, 360p 360x640, 240p 240x426")]
    [InlineData(1920, 804, "1080p 1920x804, 720p 1280x536, 480p 854x358, 360p 640x268, 240p 426x178")]
    [InlineData(321, 181, "240p 320x180")]
    [InlineData(16, 16, "240p 16x16")]
    [InlineData(1, 1, "240p 2x2")]
    public void Rungs_OfASource_FitTheirBoxesAndNeverEnlarge(int width, int height, string rungs) =>
        Assert.Equal(rungs, string.Join(", ", Ladder.For(Source(width, height)).Video.Select(rung =>
            $"{rung.Name} {((VideoRecipe)rung.Recipe).Width}x{((VideoRecipe)rung.Recipe).Height}")));

    [Theory]
    [InlineData("bt470bg", 1080, "smpte170m")]
    [InlineData("unknown", 576, "smpte170m")]
    [InlineData("unknown", 720, "bt709")]
    [InlineData("bt2020nc", 576, "bt709")]
    [InlineData("gbr", 480, "bt709")]
    public void Matrix_OfASource_IsOneForAllRungs(string matrix, int height, string output) =>
        Assert.All(
            Ladder.For(Source(height * 16 / 9, height, matrix)).Video, rung => Assert.Equal(output, ((VideoRecipe)rung.Recipe).Matrix));

    [Theory]
    [InlineData("bt709", 8, "720p 8, 480p 8, 720p-hevc 8, 480p-hevc 8, 720p-av1 8, 480p-av1 8")]
    [InlineData("bt709", 10, "720p 8, 480p 8, 720p-hevc 10, 480p-hevc 10, 720p-av1 10, 480p-av1 10")]
    [InlineData("smpte2084", 10, "720p 8 mapped, 480p 8 mapped, 720p-hevc-pq 10, 480p-hevc-pq 10, 720p-av1-pq 10, 480p-av1-pq 10")]
    [InlineData("arib-std-b67", 8, "720p 8 mapped, 480p 8 mapped, 720p-hevc-hlg 10, 480p-hevc-hlg 10, 720p-av1-hlg 10, 480p-av1-hlg 10")]
    public void Groups_OfASource_AreWhatIsOffered(string transfer, int bits, string large)
    {
        SourceDescription source = Source(1280, 720);
        source = source with { Video = source.Video! with { Transfer = transfer, BitDepth = bits } };
        string[] Offered(Offer offer) => [.. Ladder.For(source, offer).Video.Select(rung => (rung.Name, Recipe: (VideoRecipe)rung.Recipe))
            .Where(rung => rung.Recipe.Height >= 480)
            .Select(rung => $"{rung.Name} {(rung.Recipe.PixelFormat == "yuv420p10le" ? 10 : 8)}{(rung.Recipe.ToneMap is null ? "" : " mapped")}")];
        string[] all = large.Split(", ");

        Assert.Equal(all, Offered(Offer.All));
        Assert.Equal(all[..4], Offered(Offer.Of([VideoFormat.Hevc])));
        Assert.Equal(all[..2], Offered(Offer.Of([VideoFormat.H264])));
        Assert.Equal(transfer == "bt709" ? all[..2] : all[..4], Offered(Offer.Default));
    }

    /// <summary>x265 and SVT-AV1 take no side below 64.</summary>
    [Fact]
    public void Groups_OfATinySource_AreH264Alone() =>
        Assert.Equal(["240p"], Ladder.For(Source(128, 62), Offer.All).Video.Select(rung => rung.Name));

    [Theory]
    [InlineData(0, 0, 1000)]
    [InlineData(0, 4000, 4000)]
    [InlineData(1100, 4000, 1100)]
    [InlineData(90, 4000, 300)]
    public void Peak_OfAPqSource_IsTheBestThatIsKnown(int maxCll, int mastered, int peak)
    {
        SourceDescription source = Source(1280, 720);
        source = source with
        {
            Video = source.Video! with
            {
                Transfer = "smpte2084",
                ContentLight = maxCll == 0 ? null : new(maxCll, 0),
                MasteringDisplay = mastered == 0 ? null : new(0, 0, 0, 0, 0, 0, 0, 0, mastered * 10_000, 50),
            },
        };

        PictureToneMap ofFilm = PictureToneMap.Auto with { PeakRule = null };
        Assert.All(Maps(ofFilm), map => Assert.Equal(ofFilm with { PeakNits = peak }, map));
        Assert.All(Maps(ofFilm with { PeakNits = 640 }), map => Assert.Equal(ofFilm with { PeakNits = 640 }, map));
        Assert.All(Maps(PictureToneMap.Auto), map => Assert.Equal(PictureToneMap.Auto, map));

        IEnumerable<PictureToneMap?> Maps(PictureToneMap wanted) =>
            Ladder.For(source, Offer.Of([]) with { ToneMap = wanted }).Video.Select(rung => ((VideoRecipe)rung.Recipe).ToneMap);
    }

    /// <summary>Maxrate M, a buffer of M that starts 70 % full, 50 frames and 8 chunks: 2M + 0.7M and 64 + 8·160 + 50·16
    /// bytes in two seconds; a last segment of one second M + 0.7M.</summary>
    [Fact]
    public void Promise_OfARung_IsWhatTheBufferModelProves()
    {
        Rendition whole = Ladder.For(Source(640, 360, frames: 200)).Video[0];
        Rendition shortLast = Ladder.For(Source(640, 360, frames: 225)).Video[0];
        Rendition tinyLast = Ladder.For(Source(640, 360, frames: 201)).Video[0];
        int cap = ((VideoRecipe)whole.Recipe).MaxRateBitsPerSecond;

        Assert.Equal(1_150_000, cap);
        Assert.Equal((int)Math.Ceiling((2.7 * cap / 2) + (4 * 2144)), whole.PeakBitsPerSecond);
        Assert.Equal(whole.PeakBitsPerSecond, whole.AverageBitsPerSecond);
        Assert.Equal((int)Math.Ceiling((1.7 * cap) + (8 * 1744)), shortLast.PeakBitsPerSecond);

        // A tiny last segment is not counted, but lifts the average, below which a peak is never told.
        Assert.InRange(tinyLast.AverageBitsPerSecond, whole.PeakBitsPerSecond + 1, shortLast.PeakBitsPerSecond);
        Assert.Equal(tinyLast.AverageBitsPerSecond, tinyLast.PeakBitsPerSecond);
    }

    [Fact]
    public void Sound_Alone_IsOneRendition()
    {
        Ladder ladder = Ladder.For(Source(640, 360) with { Video = null, Audio = [new(0, "mp3", 44_100, 1, null, null)] });

        Assert.Empty(ladder.Video);
        Assert.Equal("audio", Assert.Single(ladder.Renditions).Name);
    }

    private static SourceDescription Source(int width, int height, string matrix = "bt709", long frames = 200) => new(
        "mov", 0, new(new(25, 1), frames), new(0, "h264", width, height, 0, 8, "bt709", matrix, false), [], [], []);
}
