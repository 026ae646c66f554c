using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Appliance.Tests.Hosting;
using Appliance.Watching;

namespace Appliance.Tests.Watching;

/// <summary>How far a film was watched, for every browser at home.</summary>
public sealed class WatchingTests : IDisposable
{
    private const string Url = "/v1/watching";

    private readonly ScratchFolder folder = new();
    private readonly VirtualTime time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Kept => Path.Combine(folder.Path, "data", "watching.json");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Film_ThatWasLeft_IsContinuedAtItsPlace_AfterTheNextStartToo()
    {
        string id;
        await using (TestAppliance box = await TestAppliance.StartAsync(folder: folder))
        {
            id = IdOf(box);
            Assert.Equal(HttpStatusCode.NoContent, (await PutAsync(box, id, """{"positionSeconds":12.3456}""")).StatusCode);
            JsonElement film = Assert.Single(await FilmsAsync(box));
            Assert.Equal((id, 12.346), (film.GetProperty("source").GetString(), film.GetProperty("positionSeconds").GetDouble()));
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Kept));
        await using (TestAppliance next = await TestAppliance.StartAsync(folder: folder))
        {
            Assert.Equal(12.346, Assert.Single(await FilmsAsync(next)).GetProperty("positionSeconds").GetDouble());
            using HttpResponseMessage removed = await next.SendAsync(HttpMethod.Delete, $"{Url}/{id}");
            Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
            Assert.Empty(await FilmsAsync(next));
        }

        await using TestAppliance last = await TestAppliance.StartAsync(folder: folder);
        Assert.Empty(await FilmsAsync(last));
    }

    [Fact]
    public async Task Film_AtItsBeginningAndItsEnd_IsNotContinued()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        string id = IdOf(box);
        double duration = (await box.GetJsonAsync($"/v1/sources/{id}")).GetProperty("durationSeconds").GetDouble();

        foreach (double position in new[] { 4.9, duration * 0.98, duration * 3 })
        {
            await PutAsync(box, id, $$"""{"positionSeconds":{{duration / 2}}}""");
            Assert.Single(await FilmsAsync(box));
            Assert.Equal(HttpStatusCode.NoContent, (await PutAsync(box, id, $$"""{"positionSeconds":{{position}}}""")).StatusCode);
            Assert.Empty(await FilmsAsync(box));
        }
    }

    [Fact]
    public async Task Film_ToldOfTwice_IsWhereItWasLast_WhoeverTellsFirst()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder, time: time);
        string id = IdOf(box);
        await PutAsync(box, id, """{"positionSeconds":20}""");
        await PutAsync(box, id, """{"positionSeconds":10,"secondsAgo":30}""");
        Assert.Equal(20, Assert.Single(await FilmsAsync(box)).GetProperty("positionSeconds").GetDouble());

        time.Advance(TimeSpan.FromSeconds(60));
        await PutAsync(box, id, """{"positionSeconds":10,"secondsAgo":30}""");
        Assert.Equal(10, Assert.Single(await FilmsAsync(box)).GetProperty("positionSeconds").GetDouble());

        // Who saw it to its end and who tells late that he was in the middle: it was seen to its end.
        await PutAsync(box, id, """{"positionSeconds":100000}""");
        await PutAsync(box, id, """{"positionSeconds":11,"secondsAgo":5}""");
        Assert.Empty(await FilmsAsync(box));
    }

    [Theory]
    [InlineData("{}", "positionSeconds must say how far the film was watched, in seconds from 0.")]
    [InlineData("""{"positionSeconds":-1}""", "positionSeconds must say how far the film was watched, in seconds from 0.")]
    [InlineData("""{"positionSeconds":9,"secondsAgo":-1}""", "secondsAgo must be a number from 0 to 604800, or be left out.")]
    [InlineData("""{"positionSeconds":9,"secondsAgo":1e300}""", "secondsAgo must be a number from 0 to 604800, or be left out.")]
    [InlineData("""{"positionSeconds":"NaN"}""", null)]
    [InlineData("[", null)]
    public async Task Film_ToldOfBadly_IsRefused_AndChangesNothing(string told, string? detail)
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        using HttpResponseMessage answer = await PutAsync(box, IdOf(box), told);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        if (detail is not null)
        {
            Assert.Equal(detail, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("detail").GetString());
        }

        Assert.Empty(await FilmsAsync(box));
        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(box, "00000000000000000000", """{"positionSeconds":9}""")).StatusCode);
    }

    [Fact]
    public async Task Film_ToldOfWithoutEnd_IsSlowedDown()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder, time: time);
        string id = IdOf(box);
        for (int i = 0; i < WatchingBrake.AtOnce; i++)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await PutAsync(box, id, """{"positionSeconds":9}""")).StatusCode);
        }

        using HttpResponseMessage refused = await PutAsync(box, id, """{"positionSeconds":9}""");
        Assert.Equal((HttpStatusCode.TooManyRequests, 1.0), (refused.StatusCode, refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.NoContent, (await PutAsync(box, id, """{"positionSeconds":9}""")).StatusCode);
    }

    [Fact]
    public async Task Film_OfAPlaybackAddressAndOfStrangers_IsNobodysBusiness()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        string id = IdOf(box);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/sources/{id}/urls") { Content = new StringContent("""{"expiresInSeconds":600}""", Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", box.Token);
        using HttpResponseMessage made = await box.Client.SendAsync(request, Token);
        string link = JsonDocument.Parse(await made.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("hls").GetString()!;
        string signed = link[..(link.IndexOf("/play/", StringComparison.Ordinal) + 6 + link[(link.IndexOf("/play/", StringComparison.Ordinal) + 6)..].IndexOf('/'))];

        foreach (string path in new[] { "/v1/watching", "/watching", "/../watching", "/../../watching" })
        {
            using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Get, signed + path);
            Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        }

        using HttpResponseMessage stranger = await box.SendAsync(HttpMethod.Get, Url, (FarAddresses.Header, FarAddresses.Stranger));
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    [Theory]
    [InlineData("""{"films":[{"source":"0123456789abcdef0123","positionSe""")]
    [InlineData("""{"films":[{"source":"too short","positionSeconds":1,"watchedAt":"2026-01-01T00:00:00+00:00"}]}""")]
    [InlineData("""{"films":[null]}""")]
    [InlineData("{}")]
    public async Task File_ThatIsDamaged_IsPutAside_AndTheBoxGoesOn(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Kept)!);
        await File.WriteAllTextAsync(Kept, content, Token);
        await using (TestAppliance box = await TestAppliance.StartAsync(folder: folder))
        {
            Assert.Empty(await FilmsAsync(box));
            Assert.Equal(content, await File.ReadAllTextAsync(Kept + WatchingShelf.DamagedSuffix, Token));
            await PutAsync(box, IdOf(box), """{"positionSeconds":12}""");
        }

        await using TestAppliance next = await TestAppliance.StartAsync(folder: folder);
        Assert.Single(await FilmsAsync(next));
    }

    [Fact]
    public async Task File_IsWrittenTenSecondsAfterAChange_AndOnlyThen()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder, time: time);
        string id = IdOf(box);
        await PutAsync(box, id, """{"positionSeconds":12}""");
        await Until.HoldsAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return File.Exists(Kept);
        });

        Assert.Equal(12, JsonDocument.Parse(await File.ReadAllBytesAsync(Kept, Token)).RootElement.GetProperty("films")[0].GetProperty("positionSeconds").GetDouble());
    }

    [Fact]
    public void List_ThatIsFull_ForgetsWhatWasWatchedLongestAgo()
    {
        var list = new WatchingList(new(new(folder.Path), Microsoft.Extensions.Logging.Abstractions.NullLogger<WatchingShelf>.Instance), time);
        for (int i = 0; i <= WatchingList.Limit; i++)
        {
            list.Watched($"{i:x20}", 60, 3600, TimeSpan.Zero);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(WatchingList.Limit, list.ToContinue.Count);
        Assert.Equal($"{WatchingList.Limit:x20}", list.ToContinue[0].Source);
        Assert.DoesNotContain(list.ToContinue, film => film.Source == $"{0:x20}");
    }

    private static string IdOf(TestAppliance box) => box.Library.All.Single().Id;

    private static async Task<JsonElement[]> FilmsAsync(TestAppliance box) => [.. (await box.GetJsonAsync(Url)).GetProperty("films").EnumerateArray()];

    private static async Task<HttpResponseMessage> PutAsync(TestAppliance box, string id, string told)
    {
        using var content = new StringContent(told, Encoding.UTF8, "application/json");
        return await box.Client.PutAsync($"{Url}/{id}", content, Token);
    }
}
