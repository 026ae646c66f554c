using System.Net;
using System.Net.Http.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Access;

public sealed class AccessTests
{
    [Theory]
    [InlineData("GET", "/v1/activity")]
    [InlineData("GET", "/v1/rewards/records")]
    [InlineData("GET", "/v1/rewards/totals")]
    [InlineData("POST", "/v1/sources")]
    [InlineData("GET", "/v1/jobs")]
    [InlineData("POST", "/v1/jobs")]
    [InlineData("GET", "/v1/jobs/0123456789abcdef")]
    [InlineData("GET", "/v1/jobs/0123456789abcdef/events")]
    [InlineData("DELETE", "/v1/jobs/0123456789abcdef")]
    public async Task OwnersEndpoint_WithAWrongKey_Is401(string method, string url)
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        using HttpResponseMessage answer = await appliance.SendAsync(new HttpMethod(method), url, ("Authorization", "Bearer wrong"));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task AddSource_WithAKey_ServesItWithoutShowingItsPath()
    {
        using var folder = new ScratchFolder();
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        string film = folder.File("Another film.mp4", "other bytes");
        appliance.Client.DefaultRequestHeaders.Authorization = new("Bearer", appliance.Token);
        using HttpResponseMessage answer = await appliance.Client.PostAsJsonAsync(
            "/v1/sources", new { path = film }, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await appliance.Work.UntilAsync(w => w.Started.Count == 2);
        string list = await appliance.GetTextAsync("/v1/sources");
        Assert.Contains("Another film", list, StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Path, list, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"path\":\"relative.mkv\"}", HttpStatusCode.BadRequest)]
    [InlineData("{\"path\":\"/no/such/film.mkv\"}", HttpStatusCode.BadRequest)]
    [InlineData("{\"path\":null}", HttpStatusCode.BadRequest)]
    [InlineData("{", HttpStatusCode.BadRequest)]
    public async Task AddSource_Nonsense_IsAProblem(string body, HttpStatusCode status)
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        appliance.Client.DefaultRequestHeaders.Authorization = new("Bearer", appliance.Token);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await appliance.Client.PostAsync("/v1/sources", content, TestContext.Current.CancellationToken);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("evil.example", 421)]
    [InlineData("127.0.0.1.evil.example", 421)]
    [InlineData("localhost", 200)]
    [InlineData("box.localhost:1234", 200)]
    [InlineData("[::1]", 200)]
    public async Task AnyRequest_ByAForeignName_IsMisdirected(string host, int status)
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        using HttpResponseMessage answer = await appliance.SendAsync(HttpMethod.Get, "/v1/sources", ("Host", host));

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Sources_FromAnotherSite_MayBeReadButNotChanged()
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        using HttpResponseMessage read = await appliance.SendAsync(HttpMethod.Get, "/v1/sources/unknown", ("Origin", "http://a.example"));
        using HttpResponseMessage asked = await appliance.SendAsync(
            HttpMethod.Options, "/v1/sources", ("Origin", "http://a.example"), ("Access-Control-Request-Method", "GET"));
        using HttpResponseMessage changed = await appliance.SendAsync(HttpMethod.Post, "/v1/sources", ("Origin", "http://a.example"));

        Assert.Equal("*", read.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal(HttpStatusCode.NoContent, asked.StatusCode);
        Assert.Equal("GET, HEAD, OPTIONS", asked.Headers.GetValues("Access-Control-Allow-Methods").Single());
        Assert.False(changed.Headers.Contains("Access-Control-Allow-Origin"));
    }

    /// <summary>Apps on other sites order by a requester's signature; what is the owner's is the box's own page's.</summary>
    [Theory]
    [InlineData("/v1/quotes", "POST, OPTIONS")]
    [InlineData("/v1/orders", "GET, HEAD, POST, OPTIONS")]
    [InlineData("/v1/log/checkpoint", "GET, HEAD, OPTIONS")]
    [InlineData("/v1/rewards/deposits", null)]
    [InlineData("/v1/jobs", null)]
    public async Task Orders_FromAnotherSite_MayBeMade_AndNothingOfTheOwners(string path, string? methods)
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        using HttpResponseMessage asked = await appliance.SendAsync(
            HttpMethod.Options, path, ("Origin", "http://a.example"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type"));

        Assert.Equal(methods, asked.Headers.TryGetValues("Access-Control-Allow-Methods", out IEnumerable<string>? given) ? given.Single() : null);
        Assert.Equal(methods is not null, asked.Headers.TryGetValues("Access-Control-Allow-Origin", out _));
    }

    [Fact]
    public async Task EveryAnswer_ErrorsToo_CarriesTheSafetyHeaders()
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        using HttpResponseMessage answer = await appliance.SendAsync(HttpMethod.Get, "/no/such/thing");

        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }
}
