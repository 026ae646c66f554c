using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Appliance.Idempotency;
using Appliance.Reference;
using Appliance.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Appliance.Tests.Idempotency;

/// <summary>What is sent twice.</summary>
public sealed class IdempotencyTests
{
    /// <summary>Every POST there is, and how it takes being sent twice.</summary>
    private const string Table =
        """
        /v1/hardware/probe makes nothing
        /v1/jobs key kept
        /v1/keys key
        /v1/orders key
        /v1/orders/{quote}/countersignatures makes nothing
        /v1/owner makes nothing
        /v1/quotes key
        /v1/rewards/deposits key kept
        /v1/rewards/epochs key
        /v1/rewards/withdrawals key kept
        /v1/session makes nothing
        /v1/sources key
        /v1/sources/{id}/urls key
        /v1/uploads key
        /v1/uploads/{id} makes nothing
        /v1/webhooks key
        /v1/webhooks/{id}/test makes nothing
        """;

    private static readonly string[] Scopes = ["play"];

    private static readonly object Request = new { name = "phone", scopes = Scopes };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryPost_ThatMakesSomething_TakesAKey()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        RouteEndpoint[] posts = [.. box.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0] == "POST")];

        Assert.Equal(Table.Split('\n').Select(line => line.Split(' ')[0]), posts.Select(PathOf).Order(StringComparer.Ordinal));
        Assert.Equal(
            Table.Split('\n').Where(line => line.EndsWith(" key", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]),
            posts.Where(endpoint => endpoint.Metadata.GetMetadata<Repeatable>() is not null).Select(PathOf).Order(StringComparer.Ordinal));
        Assert.Equal(
            Table.Split('\n').Where(line => !line.EndsWith(" nothing", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]),
            posts.Where(endpoint => endpoint.Metadata.GetMetadata<Described>()!.Asks.Any(asked => asked.Name == IdempotencyKey.Header)).Select(PathOf).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task SameKeyAndBody_IsDoneOnce_AndAnsweredTheSame()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        (HttpStatusCode first, string one, Uri? at) = await MakeAsync(box, Request, "a phone");
        (HttpStatusCode second, string other, Uri? again) = await MakeAsync(box, Request, "a phone");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first, second));
        Assert.Equal((one, at), (other, again));
        Assert.Equal(1, await PhonesAsync(box));
        (_, string third, _) = await MakeAsync(box, Request, "another phone");
        Assert.NotEqual(one, third);
        Assert.Equal(2, await PhonesAsync(box));
    }

    [Fact]
    public async Task SameKey_OtherBody_IsAMistake()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        await MakeAsync(box, Request, "a phone");
        (HttpStatusCode status, string said, _) = await MakeAsync(box, new { name = "tablet", scopes = Scopes }, "a phone");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(IdempotencyKey.Contradiction, JsonDocument.Parse(said).RootElement.GetProperty("detail").GetString());
    }

    /// <summary>What was refused is corrected and sent again.</summary>
    [Fact]
    public async Task Refused_IsNotRemembered()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        (HttpStatusCode refused, _, _) = await MakeAsync(box, new { name = "", scopes = Scopes }, "a phone");
        (HttpStatusCode made, _, _) = await MakeAsync(box, Request, "a phone");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Created), (refused, made));
    }

    [Fact]
    public async Task SameKey_OfAnotherCaller_IsAnother()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        (_, string one, _) = await MakeAsync(box, Request, "a phone");
        (_, string other, _) = await MakeAsync(box, Request, "a phone", box.Key("owner"));

        Assert.NotEqual(one, other);
    }

    [Fact]
    public async Task AtOnce_IsDoneOnce()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        string key = box.Token;
        (HttpStatusCode Status, string Body, Uri? At)[] all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => MakeAsync(box, Request, "a phone", key)));

        Assert.All(all, answer => Assert.True(answer.Status is HttpStatusCode.Created or HttpStatusCode.Conflict, answer.Body));
        Assert.Single(all.Where(answer => answer.Status == HttpStatusCode.Created).Select(answer => answer.Body).Distinct());
        Assert.Equal(1, await PhonesAsync(box));
    }

    [Theory]
    [InlineData("/v1/keys", "{\"name\":\"phone\",\"scopes\":[\"play\"]}")]
    [InlineData("/v1/jobs", "{\"source\":\"none\"}")]
    [InlineData("/v1/rewards/deposits", "{\"requester\":\"none\",\"amount\":\"1\"}")]
    public async Task Key_ThatIsNone_IsRefusedTheSame(string path, string body)
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        foreach (string key in (string[])["", new string('a', IdempotencyKey.Longest + 1)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
            request.Headers.Authorization = new("Bearer", box.Token);
            request.Headers.TryAddWithoutValidation(IdempotencyKey.Header, key);
            using HttpResponseMessage answer = await box.Client.SendAsync(request, Token);

            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal(IdempotencyKey.Mistake, (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("detail").GetString());
        }
    }

    [Fact]
    public void Answers_AreKeptForAnHour_AndNoMoreThanThereIsRoomFor()
    {
        var time = new VirtualTime();
        var answers = new RememberedAnswers(time);
        Assert.Null(answers.Begin("key", "request"));
        Assert.Equal(0, answers.Begin("key", "request")!.Status);
        answers.Keep("key", new("request", time.GetUtcNow()) { Status = 201, Body = new byte[10] });
        time.Advance(RememberedAnswers.Lifetime - TimeSpan.FromSeconds(1));
        Assert.Equal(201, answers.Begin("key", "another")!.Status);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(answers.Begin("key", "another"));
        answers.Leave("key");
        Assert.Null(answers.Begin("key", "another"));

        // The oldest give way, by number and by size.
        for (int number = 0; number < RememberedAnswers.Limit + 1; number++)
        {
            answers.Keep($"small {number}", new("request", time.GetUtcNow()) { Status = 200 });
        }

        Assert.NotNull(answers.Begin($"small {RememberedAnswers.Limit}", "request"));
        Assert.Null(answers.Begin("small 0", "request"));
        for (int number = 0; number < 5; number++)
        {
            answers.Keep($"large {number}", new("request", time.GetUtcNow()) { Status = 200, Body = new byte[RememberedAnswers.MostBytes / 4] });
        }

        Assert.NotNull(answers.Begin("large 4", "request"));
        Assert.Null(answers.Begin("large 0", "request"));
    }

    private static string PathOf(RouteEndpoint endpoint) => $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}";

    private static async Task<(HttpStatusCode Status, string Body, Uri? At)> MakeAsync(TestAppliance box, object body, string key, string? caller = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/keys") { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new("Bearer", caller ?? box.Token);
        request.Headers.Add(IdempotencyKey.Header, key);
        using HttpResponseMessage answer = await box.Client.SendAsync(request, Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token), answer.Headers.Location);
    }

    private static async Task<int> PhonesAsync(TestAppliance box)
    {
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Get, "/v1/keys", ("Authorization", $"Bearer {box.Token}"));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("keys").EnumerateArray().Count(key => key.GetProperty("name").GetString() == "phone");
    }
}
