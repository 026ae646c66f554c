using System.Text.Json;
using Appliance.Admission;
using Appliance.Jobs.Batch;
using Appliance.Tests.Hosting;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Playback;

/// <summary>The source's own video, where it can be shown as it is.</summary>
public sealed class OriginalTests
{
    private const int Peak = 9_000_000;
    private const int Average = 5_000_000;

    [Fact]
    public async Task Master_OfASourceShownAsItIs_ListsItLastWithItsOwnRates()
    {
        await using TestAppliance appliance = await StartAsync();
        string id = appliance.Library.All.Single().Id;
        string master = await appliance.GetTextAsync($"/v1/sources/{id}/hls/master.m3u8");
        string manifest = await appliance.GetTextAsync($"/v1/sources/{id}/dash/manifest.mpd");
        string[] lines = master.Split('\n');
        int place = Array.FindIndex(lines, line => line.StartsWith("source-", StringComparison.Ordinal));
        int sound = SourceState(appliance).Ladder.Audio[0].PeakBitsPerSecond;

        Assert.Equal(
            $"#EXT-X-STREAM-INF:BANDWIDTH={Peak + sound},AVERAGE-BANDWIDTH={Average + sound},CODECS=\"avc1.64001f,mp4a.40.2\","
            + "RESOLUTION=1280x720,FRAME-RATE=23.976,VIDEO-RANGE=SDR,AUDIO=\"audio\",CLOSED-CAPTIONS=NONE",
            lines[place - 1]);
        Assert.StartsWith("240p-", lines[place - 2], StringComparison.Ordinal);
        Assert.Contains("minBufferTime=\"PT2.002S\"", manifest, StringComparison.Ordinal);
        Assert.Contains("#EXTINF:2.002000,\n0.m4s", await appliance.GetTextAsync(appliance.Url("source", "index.m3u8")), StringComparison.Ordinal);
        Assert.Contains("#EXTINF:2.002000,\n0.m4s", await appliance.GetTextAsync(appliance.Url("720p", "index.m3u8")), StringComparison.Ordinal);
    }

    /// <summary>Nothing was encoded, so nothing is earned; it is on a disk already, so it is not kept; it comes at once, so it is not
    /// made ahead.</summary>
    [Fact]
    public async Task Segment_OfTheSource_IsNeitherMeteredNorKeptNorMadeAhead()
    {
        await using TestAppliance appliance = await StartAsync();
        appliance.Client.DefaultRequestHeaders.Authorization = new("Bearer", appliance.Token);
        byte[] first = await appliance.GetBytesAsync(appliance.Url("source", "3.m4s"));
        await appliance.UntilLandedAsync();
        byte[] second = await appliance.GetBytesAsync(appliance.Url("source", "3.m4s"));
        await appliance.UntilLandedAsync();

        Assert.Equal(ScriptedTranscoder.Whole(appliance.Order("source", 3)), first);
        Assert.Equal(first, second);
        Assert.Equal([3, 3], appliance.Work.SegmentsStarted);
        Assert.Empty((await RecordsAsync(appliance)).EnumerateArray());

        await appliance.GetBytesAsync(appliance.Url("720p", "3.m4s"));
        await appliance.UntilLandedAsync();
        Assert.NotEmpty((await RecordsAsync(appliance)).EnumerateArray());
    }

    [Fact]
    public async Task Source_NotShownAsItIs_SaysWhy()
    {
        var work = new ScriptedTranscoder();
        work.Description = work.Description with { CopyRefusal = "Its keyframes do not lie evenly." };
        await using TestAppliance appliance = await TestAppliance.StartAsync(work);
        JsonElement detail = await appliance.GetJsonAsync($"/v1/sources/{appliance.Library.All.Single().Id}");

        Assert.Equal("Its keyframes do not lie evenly.", detail.GetProperty("notAsItIs").GetString());
    }

    /// <summary>A box that can make only the lowest rung still has the source's own video to give.</summary>
    [Fact]
    public void Advice_OnABusyBox_AllowsTheSource()
    {
        SourceDescription film = Described();
        Ladder ladder = Ladder.For(film);
        var capacity = new Capacity(new(new WorkerPoolOptions { Slots = 1 }));
        var recipe = (VideoRecipe)ladder.Video[0].Recipe;
        capacity.Record(new SegmentOrder(film, recipe, 0), ScriptedTranscoder.Report(TimeSpan.FromSeconds(20)));
        var rule = new AdmissionRule(capacity, new Players(TimeProvider.System), new Refusals(TimeProvider.System), new Strain(TimeProvider.System));
        int beside = ladder.Audio[0].PeakBitsPerSecond;

        Assert.True(rule.Advise(ladder, recipe).Duress);
        Assert.Equal((Peak + beside + 999) / 1000, rule.Advise(ladder, recipe).MaxBitrateKbps);
        Assert.True(rule.Advise(ladder with { Video = [.. ladder.Video.SkipLast(1)] }, recipe).MaxBitrateKbps < 2000);
    }

    [Fact]
    public void Choice_OfAJob_HasTheSourceOnlyWhereItIsNamed()
    {
        var ladder = Ladder.For(Described());

        Assert.Equal(["720p", "480p", "360p", "240p"], Names(RenditionChoice.Of(ladder, null, null)));
        Assert.Equal(["720p", "480p", "360p", "240p"], Names(RenditionChoice.Of(ladder, null, ["h264"])));
        Assert.Equal(["480p", "source"], Names(RenditionChoice.Of(ladder, ["source", "480p"], null)));
        Assert.Equal(["source"], Names(RenditionChoice.Of(ladder, ["source"], ["h264"])));
    }

    private static IEnumerable<string> Names(Ladder ladder) => ladder.Video.Select(rung => rung.Name);

    private static SourceDescription Described()
    {
        SourceDescription plain = new ScriptedTranscoder().Description;
        return plain with { Copy = new PictureCopy("avc1", 2, Peak, Average), Grid = plain.Grid with { SegmentFrames = 48 } };
    }

    private static Task<TestAppliance> StartAsync() => TestAppliance.StartAsync(new ScriptedTranscoder { Description = Described() });

    private static Appliance.Sources.SourceState.Ready SourceState(TestAppliance appliance) =>
        (Appliance.Sources.SourceState.Ready)appliance.Library.All.Single().State;

    private static async Task<JsonElement> RecordsAsync(TestAppliance appliance) =>
        (await appliance.GetJsonAsync("/v1/rewards/records?limit=10")).GetProperty("records");
}
