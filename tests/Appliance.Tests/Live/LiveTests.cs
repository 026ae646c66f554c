using System.Net;
using System.Text.Json;
using Appliance.Jobs;
using Appliance.Live;
using Appliance.Sources;
using Appliance.Tests.Hosting;
using Appliance.Tests.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Appliance.Tests.Live;

/// <summary>What is told to those who listen, and to whom.</summary>
public sealed class LiveTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>At home one hears of the library and of nothing else; of what comes, without asking for it.</summary>
    [Fact]
    public async Task Events_AtHome_TellThatAFilmCame()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Get, "/v1/events");
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        await using IAsyncEnumerator<(string Id, JsonElement Hint)> events = OwnersJobs.ReadAsync(answer).GetAsyncEnumerator(Token);
        long before = (await NextAsync(events)).Hint.GetProperty("revision").GetInt64();

        Assert.True(box.Services.GetRequiredService<SourceIntake>().TryOffer(folder.File(Path.Combine("films", "Another.mkv"), "other bytes")));
        (string _, JsonElement hint) = await NextAsync(events);
        Assert.Equal("library", hint.GetProperty("topic").GetString());
        Assert.True(hint.GetProperty("revision").GetInt64() > before);
        Assert.Equal(JsonValueKind.Number, hint.GetProperty("waiting").ValueKind);
    }

    /// <summary>Whoever may ask for all is told of all: once of each at first, and then of what changes.</summary>
    [Fact]
    public async Task Events_OfTheOwner_TellOfEverything_AndThenOfWhatChanges()
    {
        await using TestAppliance box = await OwnedAsync();
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Get, "/v1/events");
        await using IAsyncEnumerator<(string Id, JsonElement Hint)> events = OwnersJobs.ReadAsync(answer).GetAsyncEnumerator(Token);
        var first = new HashSet<string>();
        while (first.Count < 8)
        {
            first.Add((await NextAsync(events)).Hint.GetProperty("topic").GetString()!);
        }

        Assert.Equal(["activity", "budgets", "earnings", "hardware", "jobs", "library", "network", "storage"], first.Order());
        await box.BeginJobAsync(["360p"]);
        while ((await NextAsync(events)).Hint.GetProperty("topic").GetString() != "jobs")
        {
        }
    }

    /// <summary>Whoever was cut off is told what changed meanwhile; whoever knows another start of the box, or makes something up, is told all.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false, "00000000:library=1")]
    [InlineData(false, "library")]
    [InlineData(false, ":library=99999999999999999999,library=-1,=,,==")]
    public async Task Events_OfWhoComesBack_TellWhatHeMissed(bool knows, string mark = "")
    {
        await using TestAppliance box = await OwnedAsync();
        using (HttpResponseMessage before = await box.SendAsync(HttpMethod.Get, "/v1/events?topics=library,jobs"))
        {
            List<(string Id, JsonElement Hint)> told = await OwnersJobs.ReadAsync(before).Take(2).ToListAsync(Token);
            mark = knows ? told[^1].Id : mark;
        }

        await box.BeginJobAsync(["360p"]);
        using HttpResponseMessage after = await box.SendAsync(HttpMethod.Get, "/v1/events?topics=library,jobs", ("Last-Event-ID", mark));
        await using IAsyncEnumerator<(string Id, JsonElement Hint)> events = OwnersJobs.ReadAsync(after).GetAsyncEnumerator(Token);
        Assert.Equal(knows ? "jobs" : "library", (await NextAsync(events)).Hint.GetProperty("topic").GetString());
    }

    [Theory]
    [InlineData("", "library,nothing", 400)]
    [InlineData("", "", 400)]
    [InlineData("", "jobs", 401)]
    [InlineData("play", "library,jobs", 403)]
    [InlineData("play", "library", 200)]
    [InlineData("play,jobs", "library,jobs", 200)]
    [InlineData("play,jobs", "activity", 403)]
    [InlineData("owner", "activity,earnings", 200)]
    public async Task Events_OfATopic_WantItsScope(string scopes, string topics, int status)
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        (string, string)[] headers = scopes.Length == 0 ? [] : [("Authorization", $"Bearer {box.Key(scopes.Split(','))}")];
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Get, $"/v1/events?topics={topics}", headers);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 200 ? "text/event-stream" : "application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Events_MoreListenersThanTheBoxTakes_AreAskedToComeBack()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        using var client = new HttpClient { BaseAddress = box.BaseAddress };
        var listening = new List<HttpResponseMessage>();
        for (int i = 0; i < LiveBoard.Limit; i++)
        {
            listening.Add(await client.GetAsync("/v1/events", HttpCompletionOption.ResponseHeadersRead, Token));
        }

        using (HttpResponseMessage surplus = await client.GetAsync("/v1/events", Token))
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "30"), (surplus.StatusCode, surplus.Headers.RetryAfter?.ToString()));
        }

        Assert.All(listening, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        listening.ForEach(answer => answer.Dispose());
        await Until.HoldsAsync(async () =>
        {
            using HttpResponseMessage again = await client.GetAsync("/v1/events", HttpCompletionOption.ResponseHeadersRead, Token);
            return again.StatusCode == HttpStatusCode.OK;
        });
    }

    /// <summary>A listener's connection is let go at the first word of stopping: it does not hold the box up.</summary>
    [Fact]
    public async Task Events_WhenTheBoxStops_End()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Get, "/v1/events");
        await using Stream body = await answer.Content.ReadAsStreamAsync(Token);
        box.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        // Ended and not cut off: reading to the end throws nothing.
        await body.CopyToAsync(Stream.Null, Token);
    }

    /// <summary>However often something changes, one state is told once; and a look at it is not made for each who asks.</summary>
    [Fact]
    public void Revision_AskedOften_GrowsWithTheState_AndLooksFourTimesASecond()
    {
        var time = new VirtualTime();
        int state = 1;
        int looks = 0;
        var topic = new LiveTopic("library", Appliance.Access.Scope.Play, () =>
        {
            looks++;
            return state;
        });
        var board = new LiveBoard([topic], time);
        Assert.Equal([1, 1, 1], Enumerable.Range(0, 3).Select(_ => board.Revision(topic)));
        Assert.Equal(1, looks);

        time.Advance(LiveBoard.Pace);
        Assert.Equal(1, board.Revision(topic));
        state = 2;
        time.Advance(LiveBoard.Pace);
        Assert.Equal(2, board.Revision(topic));
        Assert.Equal(3, looks);
    }

    public void Dispose() => folder.Dispose();

    private static async Task<(string Id, JsonElement Hint)> NextAsync(IAsyncEnumerator<(string Id, JsonElement Hint)> events)
    {
        Assert.True(await events.MoveNextAsync());
        return events.Current;
    }

    private async Task<TestAppliance> OwnedAsync()
    {
        TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        box.Client.DefaultRequestHeaders.Authorization = new("Bearer", box.Token);
        return box;
    }
}
