using System.Net;
using System.Text.Json;
using Appliance.Tests.Hosting;
using Appliance.Tests.Jobs;

namespace Appliance.Tests.Playback;

/// <summary>Renditions of any size and rate, asked for by name.</summary>
public sealed class WishedRungTests
{
    [Fact]
    public async Task Lists_OfNamedRenditions_HaveTheseAlone_AndEveryLinkLeadsSomewhere()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        string id = box.Library.All.Single().Id;
        string text = await box.GetTextAsync($"/v1/sources/{id}/hls/master.m3u8?renditions=480p,960x540-1800k");
        string[] rungs = [.. text.Split('\n').Where(line => line.EndsWith("/index.m3u8", StringComparison.Ordinal) && !line.StartsWith('#'))];
        string wished = rungs.Single(rung => rung.StartsWith("960x540-1800k-", StringComparison.Ordinal)).Split('/')[0];

        Assert.Equal(2, rungs.Length);
        Assert.Single(rungs, rung => rung.StartsWith("480p-", StringComparison.Ordinal));
        Assert.Contains("RESOLUTION=960x540", text, StringComparison.Ordinal);
        Assert.Contains("URI=\"audio-", text, StringComparison.Ordinal);
        Assert.Equal(16, (await box.GetTextAsync($"/v1/sources/{id}/hls/{wished}/index.m3u8")).Split('\n').Count(line => line.EndsWith(".m4s", StringComparison.Ordinal)));
        Assert.NotEmpty(await box.GetBytesAsync($"/v1/sources/{id}/hls/{wished}/init.mp4"));
        byte[] segment = await box.GetBytesAsync($"/v1/sources/{id}/hls/{wished}/3.m4s");
        Assert.Equal(segment, await box.GetBytesAsync($"/v1/sources/{id}/hls/{wished}/3.m4s"));
        string manifest = await box.GetTextAsync($"/v1/sources/{id}/dash/manifest.mpd?renditions=960x540-1800k");
        Assert.Contains($"id=\"{wished}\"", manifest, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"480p-", manifest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("960x540-1800k-hevc")]
    [InlineData("960x540-99000k")]
    [InlineData("960x540-60k")]
    [InlineData("900p")]
    [InlineData("")]
    [InlineData("480p,,480p")]
    public async Task Name_OfNothingThatIsMade_IsAProblem(string renditions)
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Get, $"/v1/sources/{box.Library.All.Single().Id}/hls/master.m3u8?renditions={renditions}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("it is as 720p, 480p, 360p, 240p, or at a size and rate that suits it, as 960x540-1800k.", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_WithAnotherHash_IsNotThere()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        foreach (string id in new[] { "960x540-1800k-000000000000", "960x540-1800k", "960x540-1800k-", "-", "960x540-60k-000000000000" })
        {
            using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Get, $"/v1/sources/{box.Library.All.Single().Id}/hls/{id}/0.m4s");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Job_OfAWish_MakesIt_AndPlayersGetItWithoutFurtherWork()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        box.Client.DefaultRequestHeaders.Authorization = new("Bearer", box.Key("jobs", "play"));
        JsonElement job = await box.UntilJobAsync(await box.BeginJobAsync(["960x540-1800k"]), "done");
        Assert.Equal(["960x540-1800k", "audio"], job.GetProperty("renditions").EnumerateArray().Select(name => name.GetString()));

        int made = box.Work.SegmentsStarted.Count();
        string text = await box.GetTextAsync($"/v1/sources/{box.Library.All.Single().Id}/hls/master.m3u8?renditions=960x540-1800k");
        string rung = text.Split('\n').Single(line => line.StartsWith("960x540-1800k-", StringComparison.Ordinal)).Split('/')[0];
        await box.GetBytesAsync($"/v1/sources/{box.Library.All.Single().Id}/hls/{rung}/5.m4s");
        Assert.Equal(made, box.Work.SegmentsStarted.Count());
    }
}
