using System.Net;
using System.Text.Json;
using Appliance.Playback;
using Appliance.Sources;
using Appliance.Tests.Hosting;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Playback;

public sealed class TrickPlayTests
{
    [Fact]
    public void IFramePlaylist_IsExact()
    {
        var grid = new Grid(new Rational(24000, 1001), 60);
        var recipe = (IFrameRecipe)Offered(grid).IFrames!.Recipe;

        Assert.Equal(
            """
            #EXTM3U
            #EXT-X-VERSION:7
            #EXT-X-TARGETDURATION:2
            #EXT-X-PLAYLIST-TYPE:VOD
            #EXT-X-MEDIA-SEQUENCE:0
            #EXT-X-I-FRAMES-ONLY
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-MAP:URI="init.mp4"
            #EXTINF:1.001000,
            0.m4s
            #EXTINF:1.001000,
            1.m4s
            #EXTINF:0.500500,
            2.m4s
            #EXT-X-ENDLIST

            """,
            IFramePlaylist.Of(grid, recipe));
    }

    [Fact]
    public void ImagePlaylist_IsExact()
    {
        var grid = new Grid(new Rational(25, 1), 1500);
        var recipe = (TileRecipe)Offered(grid).Tiles!.Recipe;

        Assert.Equal(
            """
            #EXTM3U
            #EXT-X-VERSION:7
            #EXT-X-TARGETDURATION:50
            #EXT-X-PLAYLIST-TYPE:VOD
            #EXT-X-MEDIA-SEQUENCE:0
            #EXT-X-IMAGES-ONLY
            #EXTINF:50.000000,
            #EXT-X-TILES:RESOLUTION=320x180,LAYOUT=5x5,DURATION=2.000000
            0.jpg
            #EXTINF:10.000000,
            #EXT-X-TILES:RESOLUTION=320x180,LAYOUT=5x5,DURATION=2.000000
            1.jpg
            #EXT-X-ENDLIST

            """,
            ImagePlaylist.Of(grid, recipe));
    }

    [Theory]
    [InlineData(60, 2)]
    [InlineData(2000, 2)]
    [InlineData(2001, 5)]
    [InlineData(7200, 10)]
    [InlineData(1_000_000, 60)]
    public void Tiles_StepGrowsWithTheLength(int seconds, int step) =>
        Assert.Equal(step * 25, ((TileRecipe)Offered(new Grid(new Rational(25, 1), seconds * 25)).Tiles!.Recipe).FramesApart);

    [Fact]
    public async Task Master_TellsOfPicturesAndThumbnails()
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        var ready = (SourceState.Ready)appliance.Library.All.Single().State;
        string[] lines = (await appliance.GetTextAsync($"/v1/sources/{appliance.Library.All[0].Id}/hls/master.m3u8")).Split('\n');

        Assert.Equal(
            [
                $"#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH={ready.TrickPlay.IFrames!.PeakBitsPerSecond},AVERAGE-BANDWIDTH={ready.TrickPlay.IFrames.AverageBitsPerSecond},CODECS=\"avc1.64001f\",RESOLUTION=640x360,VIDEO-RANGE=SDR,URI=\"{RenditionId.Of(ready.TrickPlay.IFrames, ready.Engine)}/index.m3u8\"",
                $"#EXT-X-IMAGE-STREAM-INF:BANDWIDTH={ready.TrickPlay.Tiles!.PeakBitsPerSecond},RESOLUTION=320x180,CODECS=\"jpeg\",URI=\"{RenditionId.Of(ready.TrickPlay.Tiles, ready.Engine)}/index.m3u8\"",
                "",
            ],
            lines[^3..]);
    }

    [Fact]
    public async Task Sheet_IsAJpegThatGivesWayToPlaying()
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        JsonElement tiles = (await appliance.GetJsonAsync($"/v1/sources/{appliance.Library.All[0].Id}")).GetProperty("thumbnails");
        string folder = tiles.GetProperty("folder").GetString()!;
        using HttpResponseMessage sheet = await appliance.SendAsync(HttpMethod.Get, $"{folder}0.jpg");
        await sheet.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        await appliance.UntilLandedAsync();

        Assert.Equal("image/jpeg", sheet.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", sheet.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal(WorkPriority.ReadAhead, appliance.Work.Started.Single(work => work.Order is SegmentOrder).Priority);
        Assert.Equal(16, tiles.GetProperty("count").GetInt32());
        foreach (string wrong in new[] { "1.jpg", "0.m4s", "init.mp4", "00.jpg" })
        {
            using HttpResponseMessage answer = await appliance.SendAsync(HttpMethod.Get, folder + wrong);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Picture_StartsNothingAhead()
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        var ready = (SourceState.Ready)appliance.Library.All.Single().State;
        string folder = $"/v1/sources/{appliance.Library.All[0].Id}/hls/{RenditionId.Of(ready.TrickPlay.IFrames!, ready.Engine)}";
        await appliance.GetBytesAsync($"{folder}/30.m4s");
        await appliance.UntilLandedAsync();

        Assert.Equal([30], appliance.Work.SegmentsStarted);
        using HttpResponseMessage past = await appliance.SendAsync(HttpMethod.Get, $"{folder}/31.m4s");
        using HttpResponseMessage sheet = await appliance.SendAsync(HttpMethod.Get, $"{folder}/0.jpg");
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (past.StatusCode, sheet.StatusCode));
    }

    [Fact]
    public async Task Manifest_AskedAgain_IsNotSentAgain()
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        string url = $"/v1/sources/{appliance.Library.All[0].Id}/dash/manifest.mpd";
        using HttpResponseMessage first = await appliance.SendAsync(HttpMethod.Get, url);
        using HttpResponseMessage again = await appliance.SendAsync(HttpMethod.Get, url, ("If-None-Match", first.Headers.ETag!.ToString()));
        using HttpResponseMessage packed = await appliance.SendAsync(HttpMethod.Get, url, ("Accept-Encoding", "gzip"));

        Assert.Equal("application/dash+xml", first.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal("gzip", packed.Content.Headers.ContentEncoding.Single());
    }

    /// <summary>What a box is told about tones decides stills too: another map is another picture, under another name.</summary>
    [Fact]
    public void Pictures_OfHighDynamicRange_AreMappedAsTheLadderSays()
    {
        var description = new SourceDescription(
            "matroska", 0, new Grid(new Rational(25, 1), 100), new VideoTrack(0, "hevc", 1280, 720, 0, 10, "smpte2084", "bt2020nc", false), [], [], []);
        PictureToneMap[] maps = [PictureToneMap.Auto, PictureToneMap.Auto with { PeakRule = null, PeakNits = 600 }, PictureToneMap.Auto with { Gamut = PictureToneMap.Clip }];
        PlayableSource[] sources = [.. maps.Select(map => Of(description, Offer.Default with { ToneMap = map }))];
        PlayableSource standard = Of(description with { Video = description.Video! with { Transfer = "bt709" } }, Offer.Default);

        Artifact[] stills = [.. sources.Append(standard).Select(source => Artifacts.Still(source, 10, 640))];
        Assert.Equal([.. maps, null], stills.Select(still => Assert.IsType<StillOrder>(still.Order).StandardRange?.ToneMap));
        Assert.Equal([.. maps, null], sources.Append(standard).Select(source => ((TileRecipe)source.TrickPlay.Tiles!.Recipe).StandardRange?.ToneMap));
        Assert.Equal(4, stills.Select(still => still.Key.Name).Distinct().Count());
        Assert.Equal(Artifacts.Still(sources[0], 10, 640).Key, stills[0].Key);

        // Scaled otherwise, it is another picture too.
        Ladder ladder = sources[0].Ladder;
        Ladder otherwise = ladder with { Video = [.. ladder.Video.Select(rung => rung.Recipe is VideoRecipe recipe ? rung with { Recipe = recipe with { Scaler = "bicubic-2" } } : rung)] };
        PlayableSource scaled = sources[0] with { Ladder = otherwise, TrickPlay = TrickPlay.For(description, otherwise) };
        Assert.NotEqual(stills[0].Key, Artifacts.Still(scaled, 10, 640).Key);
        Assert.NotEqual(sources[0].TrickPlay.Tiles!.Recipe.Id, scaled.TrickPlay.Tiles!.Recipe.Id);
    }

    private static PlayableSource Of(SourceDescription description, Offer offer)
    {
        var ladder = Ladder.For(description, offer);
        return new("0", new NoBytes(), description, ladder, TrickPlay.For(description, ladder), ScriptedTranscoder.Identity);
    }

    private static TrickPlay Offered(Grid grid)
    {
        var description = new SourceDescription(
            "matroska", 0, grid, new VideoTrack(0, "h264", 1280, 720, 0, 8, "bt709", "bt709", false), [], [], []);
        return TrickPlay.For(description, Ladder.For(description));
    }

    /// <summary>What it would be made of is not asked for.</summary>
    private sealed class NoBytes : IByteSource
    {
        public string Fingerprint => "0";

        public long Length => 0;

        public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken) => ValueTask.FromResult(0);
    }
}
