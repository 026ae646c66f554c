using System.Net;
using System.Text.Json;
using Appliance.Access.Keys;
using Appliance.Sources.Remote;
using Appliance.Storage;
using Appliance.Tests.Access;
using Appliance.Tests.Hosting;
using Appliance.Tests.Sources.Remote;
using Appliance.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Appliance.Tests.Webhooks;

/// <summary>Whose webhooks are, who may make them, and where they may lead.</summary>
public sealed class WebhookAccessTests
{
    private static readonly string[] Failed = ["job.failed"];

    private static readonly string[] FailedOrSettled = ["job.failed", "order.settled"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A hook ends with its key, and nobody sees another's.</summary>
    [Fact]
    public async Task Hook_IsItsKeys()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using TestAppliance box = await Hooks.BoxAsync();
        string key = box.Key("jobs");
        string other = box.Key("jobs");
        string hook = await box.Client.HookAsync(key, receiver, "job.completed");
        foreach ((HttpMethod method, string path) in new[] { (HttpMethod.Get, ""), (HttpMethod.Get, "/deliveries"), (HttpMethod.Post, "/test"), (HttpMethod.Delete, "") })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await box.Client.AskAsync(other, method, $"/v1/webhooks/{hook}{path}")).Status);
        }

        Assert.Empty((await box.Client.AskAsync(other, HttpMethod.Get, "/v1/webhooks")).Body.GetProperty("webhooks").EnumerateArray());
        JsonElement shown = Assert.Single((await box.Client.AskAsync(box.Token, HttpMethod.Get, "/v1/webhooks")).Body.GetProperty("webhooks").EnumerateArray());
        Assert.Equal((hook, JsonValueKind.Null), (shown.GetProperty("id").GetString(), shown.GetProperty("secret").ValueKind));
        string file = Assert.Single(Directory.GetFiles(box.Services.GetRequiredService<DataFolder>().Hooks));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));

        box.Services.GetRequiredService<KeyShelf>().Remove(key.Split('_')[1]);
        box.Services.GetRequiredService<HookShelf>().Tell();
        await Until.HoldsAsync(() => box.Services.GetRequiredService<HookShelf>().All.Count == 0);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task Delete_TakesItAwayWithItsFiles()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using TestAppliance box = await Hooks.BoxAsync();
        string key = box.Key("library");
        string hook = await box.Client.HookAsync(key, receiver, "source.ready");
        Assert.Equal(HttpStatusCode.NoContent, (await box.Client.AskAsync(key, HttpMethod.Delete, $"/v1/webhooks/{hook}")).Status);

        Assert.Equal(HttpStatusCode.NotFound, (await box.Client.AskAsync(key, HttpMethod.Get, $"/v1/webhooks/{hook}")).Status);
        Assert.Empty(Directory.GetFiles(box.Services.GetRequiredService<DataFolder>().Hooks));
    }

    [Fact]
    public async Task OwnerInABrowser_MayMakeOne()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using TestAppliance box = await Hooks.BoxAsync();
        Owners.SignedIn owner = await box.SetUpAsync();
        using HttpResponseMessage made = await box.PostAsync("/v1/webhooks", new { url = receiver.Url, events = FailedOrSettled }, [.. owner.Headers, ("Origin", box.BaseAddress.GetLeftPart(UriPartial.Authority))]);

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
    }

    [Theory]
    [InlineData("{}", HttpStatusCode.BadRequest, "url must be")]
    [InlineData("""{"url":"ftp://example.com/","events":["job.completed"]}""", HttpStatusCode.BadRequest, "http and https")]
    [InlineData("""{"url":"https://me:pw@example.com/","events":["job.completed"]}""", HttpStatusCode.BadRequest, "name and password")]
    [InlineData("""{"url":"http://192.168.1.1/","events":["job.completed"]}""", HttpStatusCode.BadRequest, "private")]
    [InlineData("""{"url":"http://169.254.169.254/latest","events":["job.completed"]}""", HttpStatusCode.BadRequest, "metadata")]
    [InlineData("""{"url":"http://[::1]:8080/","events":["job.completed"]}""", HttpStatusCode.BadRequest, "box itself")]
    [InlineData("""{"url":"http://2130706434/","events":["job.completed"]}""", HttpStatusCode.BadRequest, "box itself")]
    [InlineData("""{"url":"https://example.com/"}""", HttpStatusCode.BadRequest, "events must be")]
    [InlineData("""{"url":"https://example.com/","events":[]}""", HttpStatusCode.BadRequest, "events must be")]
    [InlineData("""{"url":"https://example.com/","events":[null]}""", HttpStatusCode.BadRequest, "events must be")]
    [InlineData("""{"url":"https://example.com/","events":["job.completed","job.completed"]}""", HttpStatusCode.BadRequest, "events must be")]
    [InlineData("""{"url":"https://example.com/","events":["webhook.test"]}""", HttpStatusCode.BadRequest, "events must be")]
    [InlineData("""{"url":"https://example.com/","events":["source.ready"]}""", HttpStatusCode.Forbidden, "scope library")]
    [InlineData("""{"url":"https://example.com/","events":["order.settled"]}""", HttpStatusCode.Forbidden, "needs funds")]
    [InlineData("[", HttpStatusCode.BadRequest, "")]
    public async Task Nonsense_IsAProblemAndMakesNone(string body, HttpStatusCode expected, string says)
    {
        await using TestAppliance box = await Hooks.BoxAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/webhooks") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Bearer", box.Key("jobs", "orders"));
        using HttpResponseMessage answer = await box.Client.SendAsync(request, Token);

        Assert.Equal((expected, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains(says, await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Empty(box.Services.GetRequiredService<HookShelf>().All);
    }

    [Fact]
    public async Task Hooks_MoreThanAKeyMayHave_AreRefused()
    {
        await using TestAppliance box = await Hooks.BoxAsync();
        string key = box.Key("jobs");
        for (int n = 0; n < HookShelf.LimitOfAKey; n++)
        {
            using HttpResponseMessage made = await box.Client.HookAsync(key, new { url = $"https://example.com/{n}", events = Failed });
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        }

        using HttpResponseMessage refused = await box.Client.HookAsync(key, new { url = "https://example.com/", events = Failed });
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    /// <summary>A name that leads home when it is connected to gains nothing.</summary>
    [Fact]
    public async Task Name_ThatLeadsHome_IsNotConnectedTo()
    {
        var network = new StandInNetwork().Name("rebound.example", "192.168.1.1");
        await using TestAppliance box = await TestAppliance.StartAsync(adjust: builder => builder.Services.AddSingleton<IOriginNetwork>(network));
        string key = box.Key("jobs");
        using HttpResponseMessage made = await box.Client.HookAsync(key, new { url = "http://rebound.example/", events = Failed });
        string path = made.Headers.Location!.ToString();
        (_, JsonElement tried) = await box.Client.AskAsync(key, HttpMethod.Post, $"{path}/test");

        Assert.Equal("givenUp", tried.GetProperty("state").GetString());
        Assert.StartsWith("The URL leads to an address private.", tried.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Empty(network.Connected);
    }
}
