using System.Net;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Access;

/// <summary>Playing at home, by one switch.</summary>
public sealed class HomeTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    /// <summary>Whoever asks from home is not always who is at home.</summary>
    [Theory]
    [InlineData(200)]
    [InlineData(200, "Origin", "http://127.0.0.1:1234")]
    [InlineData(200, "Sec-Fetch-Site", "same-origin")]
    [InlineData(200, "Sec-Fetch-Site", "same-site")]
    [InlineData(401, "Sec-Fetch-Site", "cross-site")]
    [InlineData(401, "Origin", "http://evil.example")]
    [InlineData(401, "Origin", "null")]
    [InlineData(401, "X-Forwarded-For", "127.0.0.1")]
    [InlineData(401, "X-Forwarded-For", "")]
    [InlineData(401, "Forwarded", "for=192.168.1.1")]
    [InlineData(401, "X-Real-IP", "192.168.1.1")]
    [InlineData(401, "Via", "1.1 proxy")]
    [InlineData(401, FarAddresses.Header, FarAddresses.Stranger)]
    [InlineData(200, FarAddresses.Header, "192.168.1.1")]
    public async Task Sources_FromHome_AreOpenToWhoIsThere(int status, string? header = null, string value = "")
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Get, "/v1/sources", header is null ? [] : [(header, value)]);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    /// <summary>A stranger's word on where he is from is not believed.</summary>
    [Fact]
    public async Task Sources_OfAStrangerWhoSaysHeIsHome_AreClosed()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        using HttpResponseMessage answer = await box.SendAsync(
            HttpMethod.Get, "/v1/sources", (FarAddresses.Header, FarAddresses.Stranger), ("X-Forwarded-For", "192.168.1.1"), ("Host", "localhost"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    /// <summary>A box that listens to the network is known by names that only a home's resolver answers; a foreign name may be anybody's (DNS rebinding).</summary>
    [Theory]
    [InlineData("evil.example", 401)]
    [InlineData("192.168.1.5.evil.example", 401)]
    [InlineData("local.evil.example", 401)]
    [InlineData("192.168.1.5", 200)]
    [InlineData("[fd00::1]:8080", 200)]
    [InlineData("box", 200)]
    [InlineData("box.local:8080", 200)]
    [InlineData("Box.Home.Arpa", 200)]
    [InlineData("box.lan", 200)]
    public async Task Sources_ByAName_AreOpenByLocalOnes(string host, int status)
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder, options: options => options with { ListenAddress = IPAddress.Any });
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Get, "/v1/sources", ("Host", host));
        using HttpResponseMessage health = await box.SendAsync(HttpMethod.Get, "/health/live", ("Host", host));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task Switch_Closed_ClosesPlayingForAllWithoutAKey_AndIsKept()
    {
        await using (TestAppliance box = await TestAppliance.StartAsync(folder: folder))
        {
            Assert.Equal("{\"homeIsOpen\":true}", await OwnersAsync(box, HttpMethod.Get, null));
            Assert.Equal("{\"homeIsOpen\":false}", await OwnersAsync(box, HttpMethod.Put, new { homeIsOpen = false }));
            await ClosedAsync(box);
        }

        await using TestAppliance again = await TestAppliance.StartAsync(folder: folder);
        await ClosedAsync(again);
        Assert.Equal("{\"homeIsOpen\":true}", await OwnersAsync(again, HttpMethod.Put, new { homeIsOpen = true }));
        using HttpResponseMessage open = await again.SendAsync(HttpMethod.Get, "/v1/sources");
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
    }

    /// <summary>What is for some is not kept for all by what lies between.</summary>
    [Fact]
    public async Task Segments_ForAKey_ArePrivateToCaches()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        string url = box.Url("480p", "0.m4s");
        using HttpResponseMessage home = await box.SendAsync(HttpMethod.Get, url);
        using HttpResponseMessage app = await box.SendAsync(HttpMethod.Get, url, ("Authorization", $"Bearer {box.Key("play")}"));

        Assert.Equal((true, false, 31_536_000), (home.Headers.CacheControl!.Public, home.Headers.CacheControl.Private, home.Headers.CacheControl.MaxAge!.Value.TotalSeconds));
        Assert.Equal((false, true, 31_536_000), (app.Headers.CacheControl!.Public, app.Headers.CacheControl.Private, app.Headers.CacheControl.MaxAge!.Value.TotalSeconds));
        Assert.Equal(home.Headers.ETag, app.Headers.ETag);
    }

    public void Dispose() => folder.Dispose();

    private static async Task<string> OwnersAsync(TestAppliance box, HttpMethod method, object? body)
    {
        using HttpResponseMessage answer = await box.SendAsync(method, "/v1/access", body, ("Authorization", $"Bearer {box.Token}"));
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static async Task ClosedAsync(TestAppliance box)
    {
        string[] paths = ["/v1/sources", box.Url("480p", "0.m4s"), $"/v1/sources/{box.Library.All.Single().Id}/hls/master.m3u8"];
        foreach (string path in paths)
        {
            using HttpResponseMessage none = await box.SendAsync(HttpMethod.Get, path);
            using HttpResponseMessage key = await box.SendAsync(HttpMethod.Get, path, ("Authorization", $"Bearer {box.Token}"));
            Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (none.StatusCode, key.StatusCode));
        }
    }
}
