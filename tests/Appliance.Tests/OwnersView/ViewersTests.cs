using System.Text.Json;
using Appliance.Admission;
using Appliance.Playback;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.OwnersView;

/// <summary>Who plays what, as the owner sees it.</summary>
public sealed class ViewersTests
{
    private const string FirefoxAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    [Fact]
    public async Task Activity_OfWhoPlays_TellsFilmAndPlace_AndNoAddress()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        string key = box.Key("play");
        (string, string)[] at = [("User-Agent", FirefoxAgent), (FarAddresses.Header, "192.168.7.77")];
        using HttpResponseMessage home = await box.SendAsync(HttpMethod.Get, $"{box.Url("480p", "3.m4s")}?CMCD=bl%3D12000%2Csid%3D%22abc-session%22", at);
        using HttpResponseMessage sound = await box.SendAsync(HttpMethod.Get, $"{box.Url("audio", "4.m4s")}?CMCD=sid%3D%22abc-session%22", at);
        using HttpResponseMessage app = await box.SendAsync(HttpMethod.Get, box.Url("360p", "0.m4s"), ("Authorization", $"Bearer {key}"), ("User-Agent", "curl/8"));
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Get, "/v1/activity", ("Authorization", $"Bearer {box.Token}"));
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Transcode.Engine.Media.Grid grid = box.Order("480p", 3).Source.Grid;
        double begin = Math.Round(grid.TimeOf(grid.FirstFrame(3)).TotalSeconds, 3);
        JsonElement[] viewers = [.. JsonDocument.Parse(text).RootElement.GetProperty("viewers").EnumerateArray()];
        Assert.Equal(
            [("A film", "360p", 0, null, "another player", "key test"), ("A film", "480p", begin, 12d, "Firefox", "home")],
            viewers.Select(viewer => (
                viewer.GetProperty("title").GetString(),
                viewer.GetProperty("rung").GetString(),
                viewer.GetProperty("positionSeconds").GetDouble(),
                viewer.GetProperty("bufferSeconds") is { ValueKind: JsonValueKind.Number } buffer ? buffer.GetDouble() : (double?)null,
                viewer.GetProperty("client").GetString(),
                viewer.GetProperty("by").GetString())));
        Assert.DoesNotContain("192.168.7.77", text, StringComparison.Ordinal);
        Assert.DoesNotContain("abc-session", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Viewers_WhoAskNoMore_AreForgotten_AndNoMoreThanTheLimitAreKnown()
    {
        var time = new VirtualTime();
        var viewers = new Viewers(time);
        for (int i = 0; i <= Viewers.Limit; i++)
        {
            viewers.Note($"{i}", At(time, "720p"), isSound: false);
        }

        Assert.Equal(Viewers.Limit, viewers.Now.Count);
        time.Advance(Viewers.Remembered);
        viewers.Note("0", At(time, "audio"), isSound: true);
        Assert.Equal("720p", viewers.Now.First(viewer => viewer.SeenAt < time.GetUtcNow()).Rung);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(viewers.Now);
        viewers.Note("0", At(time, "audio"), isSound: true);
        Assert.Equal("audio", Assert.Single(viewers.Now).Rung);
    }

    [Fact]
    public void Shares_OfTheLastThousand_ForgetTheFirst()
    {
        var shares = new OriginShares();
        Assert.Equal((0, 0), shares.Now);
        shares.Note("hit");
        shares.Note("made");
        Assert.Equal((2, 1), shares.Now);
        for (int i = 0; i < 3 * OriginShares.Remembered; i++)
        {
            shares.Note(i % 4 == 0 ? "hit" : "joined");
        }

        Assert.Equal((OriginShares.Remembered, OriginShares.Remembered / 4), shares.Now);
    }

    [Theory]
    [InlineData(FirefoxAgent, "Firefox")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36", "Chrome")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0", "Edge")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15", "Safari")]
    [InlineData("Mozilla/5.0 (SMART-TV; LINUX; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) 76.0.3809.146/6.0 TV Safari/537.36", "Samsung TV")]
    [InlineData("VLC/3.0.21 LibVLC/3.0.21", "VLC")]
    [InlineData("", "another player")]
    [InlineData(null, "another player")]
    public void Kind_OfAnAgent_IsWhatPeopleCallIt(string? agent, string kind) => Assert.Equal(kind, ClientKind.Of(agent));

    private static Viewer At(TimeProvider time, string rung) => new("source", rung, TimeSpan.Zero, null, "Firefox", "home", time.GetUtcNow());
}
