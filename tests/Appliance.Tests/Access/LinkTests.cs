using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Access;

public sealed class LinkTests : IDisposable
{
    private static readonly (string, string) FarAway = (FarAddresses.Header, FarAddresses.Stranger);

    private readonly ScratchFolder folder = new();
    private readonly VirtualTime time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The same bytes, tags and headers as without; lists below it lead below it.</summary>
    [Fact]
    public async Task Link_FromAnywhere_PlaysItsSourceAsWithout()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder, time: time);
        string id = box.Library.All.Single().Id;
        JsonElement link = await MakeAsync(box, new { });
        string start = link.GetProperty("hls").GetString()!;
        Assert.Matches("^/play/[A-Za-z0-9_-]{68}/hls/master.m3u8$", start);
        Assert.DoesNotContain("film", start, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(time.GetUtcNow().AddHours(6), link.GetProperty("expiresAt").GetDateTimeOffset());

        string base_ = start[..^"hls/master.m3u8".Length];
        string segment = box.Url("480p", "1.m4s")[$"/v1/sources/{id}/".Length..];
        foreach (string path in new[] { "hls/master.m3u8", "dash/manifest.mpd", segment, box.Url("480p", "init.mp4")[$"/v1/sources/{id}/".Length..], box.Url("480p", "index.m3u8")[$"/v1/sources/{id}/".Length..] })
        {
            using HttpResponseMessage linked = await box.SendAsync(HttpMethod.Get, base_ + path, FarAway);
            using HttpResponseMessage plain = await box.SendAsync(HttpMethod.Get, $"/v1/sources/{id}/{path}");
            Assert.Equal(HttpStatusCode.OK, linked.StatusCode);
            Assert.Equal(await plain.Content.ReadAsByteArrayAsync(Token), await linked.Content.ReadAsByteArrayAsync(Token));
            Assert.Equal((plain.Headers.ETag, plain.Headers.CacheControl), (linked.Headers.ETag, linked.Headers.CacheControl));
        }

        await box.UntilLandedAsync();
        int made = box.Work.Started.Count;
        using HttpResponseMessage again = await box.SendAsync(HttpMethod.Get, base_ + segment, FarAway);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(made, box.Work.Started.Count);
    }

    [Theory]
    [InlineData("", HttpStatusCode.NotFound)]
    [InlineData("urls", HttpStatusCode.MethodNotAllowed)]
    [InlineData("../../jobs", HttpStatusCode.NotFound)]
    [InlineData("hls/%2e%2e/%2e%2e/%2e%2e/keys", HttpStatusCode.NotFound)]
    public async Task Link_ToAnythingElse_LeadsNowhere(string rest, HttpStatusCode status)
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        string base_ = (await MakeAsync(box, new { })).GetProperty("hls").GetString()![..^"hls/master.m3u8".Length];
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Get, base_ + rest, FarAway);

        Assert.True(answer.StatusCode == status || answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized, $"{(int)answer.StatusCode}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Link_MakingAnother_IsRefused()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        string base_ = (await MakeAsync(box, new { })).GetProperty("hls").GetString()![..^"hls/master.m3u8".Length];
        using HttpResponseMessage answer = await box.PostAsync($"{base_}urls", new { }, FarAway);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Link_AfterItsTime_IsRefused()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder, time: time);
        string start = (await MakeAsync(box, new { expiresInSeconds = 60 })).GetProperty("hls").GetString()!;
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(box, start)).Status);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((HttpStatusCode.Forbidden, "This address has ended."), await AskAsync(box, start));
    }

    /// <summary>Every character changed to another, each bit of it, and every length.</summary>
    [Fact]
    public async Task Link_Altered_IsRefused()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        string start = (await MakeAsync(box, new { })).GetProperty("still").GetString()!;
        string token = start.Split('/')[2];
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        List<string> altered = [token[..^1], token + "A", token[4..], "", token + "=", token.ToLowerInvariant(), $"{token[..67]}%20", $" {token[1..]}"];
        for (int i = 0; i < token.Length; i++)
        {
            for (int bit = 0; bit < 6; bit++)
            {
                altered.Add($"{token[..i]}{Letters[Letters.IndexOf(token[i], StringComparison.Ordinal) ^ (1 << bit)]}{token[(i + 1)..]}");
            }
        }

        const string Said = "This box did not sign this address, or ended those that it had signed.";
        foreach (string other in altered)
        {
            Assert.Equal((HttpStatusCode.Forbidden, Said), await AskAsync(box, start.Replace(token, Uri.EscapeDataString(other).Replace("%2520", "%20", StringComparison.Ordinal), StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Links_OnceEnded_AreRefused_AndOthersHoldOverARestart()
    {
        string first;
        string second;
        await using (TestAppliance box = await TestAppliance.StartAsync(folder: folder))
        {
            first = (await MakeAsync(box, new { })).GetProperty("hls").GetString()!;
            using HttpResponseMessage ended = await box.SendAsync(HttpMethod.Delete, "/v1/urls", ("Authorization", $"Bearer {box.Token}"));
            Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
            second = (await MakeAsync(box, new { })).GetProperty("hls").GetString()!;
        }

        await using TestAppliance again = await TestAppliance.StartAsync(folder: folder);
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync(again, first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(again, second)).Status);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder.Path, "data", "access", "links.key")));
    }

    [Theory]
    [InlineData(59)]
    [InlineData(604_801)]
    [InlineData(0)]
    public async Task Make_ForTooShortOrTooLong_IsAProblem(long seconds)
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        using HttpResponseMessage answer = await box.PostAsync(
            $"/v1/sources/{box.Library.All.Single().Id}/urls", new { expiresInSeconds = seconds }, ("Authorization", $"Bearer {box.Token}"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    public void Dispose() => folder.Dispose();

    private static async Task<JsonElement> MakeAsync(TestAppliance box, object body)
    {
        using HttpResponseMessage answer = await box.PostAsync($"/v1/sources/{box.Library.All.Single().Id}/urls", body, ("Authorization", $"Bearer {box.Key("links")}"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    private static async Task<(HttpStatusCode Status, string? Detail)> AskAsync(TestAppliance box, string path)
    {
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Get, path, FarAway);
        Assert.True(answer.Content.Headers.ContentType?.MediaType == "application/problem+json" || answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {path}");
        return (answer.StatusCode, answer.IsSuccessStatusCode ? null : (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("detail").GetString());
    }
}
