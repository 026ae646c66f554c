using System.Globalization;
using System.Net;
using System.Text.Json;
using Appliance.Access.Keys;
using Appliance.Sources;
using Appliance.Tests.Hosting;
using Appliance.Tests.Jobs;
using Appliance.Tests.Rewards;
using Appliance.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Appliance.Tests.Webhooks;

/// <summary>Apps that are told what happens.</summary>
public sealed class WebhookTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task JobCompleted_IsToldOnceWithASignatureThatHolds()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using TestAppliance box = await Hooks.BoxAsync();
        box.Client.DefaultRequestHeaders.Authorization = new("Bearer", box.Key("jobs", "play"));
        string key = box.Key("jobs");
        string hook = await box.Client.HookAsync(key, receiver, "job.completed", "job.failed");
        string job = await box.BeginJobAsync(["240p"]);
        JsonElement got = (await receiver.UntilAsync(1))[0];

        Assert.Equal(("POST", "/hook?token=of-the-app"), (got.GetProperty("method").GetString(), got.GetProperty("path").GetString()));
        Assert.True(got.GetProperty("verified").ValueKind is JsonValueKind.True, got.ToString());
        Assert.False(got.GetProperty("altered").GetBoolean());
        Dictionary<string, string> headers = Headers(got);
        Assert.Equal(
            ["Connection", "Content-Length", "Content-Type", "Host", "User-Agent", "webhook-id", "webhook-signature", "webhook-timestamp"],
            headers.Keys.Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(("application/json", "close"), (headers["Content-Type"], headers["Connection"]));
        Assert.Matches("^msg_[0-9a-f]{32}$", headers["webhook-id"]);
        Assert.Matches("^v1,[A-Za-z0-9+/]{43}=$", headers["webhook-signature"]);
        Assert.Matches("^[0-9]{10}$", headers["webhook-timestamp"]);
        Assert.Equal(["type", "timestamp", "data"], got.GetProperty("body").EnumerateObject().Select(member => member.Name));
        Assert.Equal("job.completed", got.GetProperty("body").GetProperty("type").GetString());
        Assert.Equal($$"""{"job":"{{job}}","source":"{{box.Library.All.Single().Id}}"}""", got.GetProperty("body").GetProperty("data").GetRawText());

        JsonElement delivery = await box.Client.UntilAsync(key, hook, Hooks.Is("delivered"));
        Assert.Equal(
            (headers["webhook-id"], "job.completed", 1, 200), (delivery.GetProperty("id").GetString(), delivery.GetProperty("type").GetString(), delivery.GetProperty("tries").GetInt32(), delivery.GetProperty("status").GetInt32()));

        // Whatever wakes the box later, it was told.
        box.Services.GetRequiredService<HookShelf>().Tell();
        await box.BeginJobAsync(["240p"]);
        JsonElement[] all = await receiver.UntilAsync(2);
        Assert.Equal(2, all.Select(one => one.GetProperty("id").GetString()).Distinct().Count());
    }

    /// <summary>What ended before a hook was there is not told.</summary>
    [Fact]
    public async Task Hook_TellsOnlyWhatComesAfterIt()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using TestAppliance box = await Hooks.BoxAsync();
        box.Client.DefaultRequestHeaders.Authorization = new("Bearer", box.Key("jobs", "play"));
        await box.UntilJobAsync(await box.BeginJobAsync(["240p"]), "done");
        await box.Client.HookAsync(box.Key("jobs", "library"), receiver, "job.completed", "source.ready");
        string job = await box.BeginJobAsync(["360p"]);

        Assert.Equal(job, (await receiver.UntilAsync(1))[0].GetProperty("body").GetProperty("data").GetProperty("job").GetString());
        Assert.Single(receiver.Received);
    }

    [Theory]
    [InlineData("answer 500", "The receiver answered 500.")]
    [InlineData("answer drop", "The connection broke before the receiver answered.")]
    [InlineData("answer hang", "The receiver did not answer within 15 seconds.")]
    [InlineData("answer redirect", "The receiver redirects, and redirects are not followed.")]
    [InlineData("answer nonsense", "The receiver's answer is no HTTP, or its head is too long.")]
    public async Task FailedTry_IsToldAndMadeAgainUnderTheSameId(string answer, string reason)
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using TestAppliance box = await Hooks.BoxAsync();
        string key = box.Key("jobs", "play");
        box.Client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        string hook = await box.Client.HookAsync(key, receiver, "job.completed");
        await receiver.TellAsync(answer);
        await box.BeginJobAsync(["240p"]);
        JsonElement failed = await box.Client.UntilAsync(key, hook, Hooks.WasTried(1));
        Assert.Equal(("waiting", reason), (failed.GetProperty("state").GetString(), failed.GetProperty("reason").GetString()));
        Assert.True(failed.GetProperty("nextAt").GetDateTimeOffset() > failed.GetProperty("triedAt").GetDateTimeOffset());

        await receiver.TellAsync("answer 204");
        JsonElement delivered = await box.Client.UntilAsync(key, hook, Hooks.Is("delivered"));
        JsonElement[] received = await receiver.UntilAsync(2);
        Assert.Equal((2, 204), (delivered.GetProperty("tries").GetInt32(), delivered.GetProperty("status").GetInt32()));
        Assert.Equal((2, 1, 1), (received.Length, received.Select(one => one.GetProperty("id").GetString()).Distinct().Count(), received.Select(one => one.GetProperty("raw").GetString()).Distinct().Count()));
        Assert.All(received, one => Assert.True(one.GetProperty("verified").ValueKind is JsonValueKind.True, one.ToString()));
        Assert.DoesNotContain(received, one => one.GetProperty("path").GetString() == "/elsewhere");
    }

    /// <summary>Of an answer, the head is read and no more.</summary>
    [Fact]
    public async Task Answer_WithoutAnEnd_IsDelivered()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using TestAppliance box = await Hooks.BoxAsync();
        string key = box.Key("jobs");
        string hook = await box.Client.HookAsync(key, receiver, "job.completed");
        await receiver.TellAsync("answer endless");
        (HttpStatusCode status, JsonElement answer) = await box.Client.AskAsync(key, HttpMethod.Post, $"/v1/webhooks/{hook}/test");

        Assert.Equal((HttpStatusCode.OK, "delivered", "webhook.test"), (status, answer.GetProperty("state").GetString(), answer.GetProperty("type").GetString()));
        Assert.Equal("{}", receiver.Received.Single().GetProperty("body").GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task SlowReceiver_HoldsNoOtherHook()
    {
        await using WebhookReceiver slow = await WebhookReceiver.StartAsync();
        await using WebhookReceiver quick = await WebhookReceiver.StartAsync();
        await using TestAppliance box = await Hooks.BoxAsync();
        string key = box.Key("jobs", "play");
        box.Client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        string hook = await box.Client.HookAsync(key, slow, "job.completed");
        await box.Client.HookAsync(key, quick, "job.completed");
        await slow.TellAsync("answer hang");
        await box.BeginJobAsync(["240p"]);
        await slow.UntilAsync(1);
        await box.BeginJobAsync(["360p"]);
        await quick.UntilAsync(2);

        // The slow one has answered nothing yet, and is not asked two things at once.
        Assert.All(await box.Client.DeliveriesAsync(key, hook), delivery => Assert.Equal("waiting", delivery.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Gone_SwitchesOff_AndATestThatIsTakenSwitchesOnAgain()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using TestAppliance box = await Hooks.BoxAsync();
        string key = box.Key("jobs", "play");
        box.Client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        string hook = await box.Client.HookAsync(key, receiver, "job.completed");
        await receiver.TellAsync("answer 410");
        await box.BeginJobAsync(["240p"]);
        await box.Client.UntilAsync(key, hook, Hooks.Is("givenUp"));
        JsonElement off = (await box.Client.AskAsync(key, HttpMethod.Get, $"/v1/webhooks/{hook}")).Body;
        Assert.Equal((false, "The receiver answered 410: it wants nothing any more."), (off.GetProperty("isOn").GetBoolean(), off.GetProperty("reason").GetString()));

        // Nothing is kept for one that is off.
        await box.UntilJobAsync(await box.BeginJobAsync(["360p"]), "done");
        (_, JsonElement refused) = await box.Client.AskAsync(key, HttpMethod.Post, $"/v1/webhooks/{hook}/test");
        Assert.Equal("givenUp", refused.GetProperty("state").GetString());
        await receiver.TellAsync("answer 200");
        (_, JsonElement taken) = await box.Client.AskAsync(key, HttpMethod.Post, $"/v1/webhooks/{hook}/test");
        Assert.Equal("delivered", taken.GetProperty("state").GetString());
        string later = await box.BeginJobAsync(["480p"]);
        JsonElement[] received = await receiver.UntilAsync(4);

        Assert.True((await box.Client.AskAsync(key, HttpMethod.Get, $"/v1/webhooks/{hook}")).Body.GetProperty("isOn").GetBoolean());
        Assert.Equal(["job.completed", "webhook.test", "webhook.test", "job.completed"], received.Select(one => one.GetProperty("body").GetProperty("type").GetString()));
        Assert.Equal(later, received[3].GetProperty("body").GetProperty("data").GetProperty("job").GetString());
        JsonElement trail = (await box.Client.AskAsync(box.Token, HttpMethod.Get, "/v1/audit")).Body;
        Assert.Contains(trail.GetProperty("entries").EnumerateArray(), entry => entry.GetProperty("act").GetString() == "webhook switched off" && entry.GetProperty("who").GetString() == "box");
        Assert.Contains(trail.GetProperty("entries").EnumerateArray(), entry => entry.GetProperty("act").GetString() == "webhook made");
        Assert.DoesNotContain("of-the-app", trail.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A receiver that is away for days is left, and the owner and its app are told.</summary>
    [Fact]
    public async Task Receiver_AwayForDays_IsSwitchedOff()
    {
        var clock = new LaterClock();
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using TestAppliance box = await Hooks.BoxAsync(time: clock);
        string key = box.Key("jobs", "play");
        box.Client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        string hook = await box.Client.HookAsync(key, receiver, "job.completed");
        await receiver.TellAsync("answer 503");
        await box.BeginJobAsync(["240p"]);
        HookShelf shelf = box.Services.GetRequiredService<HookShelf>();
        Hook kept = shelf.All.Single();
        for (int tries = 1; kept.Record.Off is null; tries++)
        {
            await Until.HoldsAsync(() => kept.Record.Off is not null || kept.Record.Waiting is [{ } message] && message.Tries == tries);
            clock.Later += TimeSpan.FromHours(15);
            shelf.Tell();
        }

        // At 0, 15, 30, 45, 60 and 75 hours.
        JsonElement off = (await box.Client.AskAsync(key, HttpMethod.Get, $"/v1/webhooks/{hook}")).Body;
        Assert.Equal((false, "The receiver took nothing for 3 days.", 0), (off.GetProperty("isOn").GetBoolean(), off.GetProperty("reason").GetString(), off.GetProperty("waiting").GetInt32()));
        Assert.Equal((6, 1), (receiver.Received.Count, receiver.Received.Select(one => one.GetProperty("id").GetString()).Distinct().Count()));
        Assert.All(receiver.Received, one => Assert.True(one.GetProperty("signed").GetBoolean()));
    }

    [Fact]
    public async Task RetryAfter_IsObeyed()
    {
        var clock = new LaterClock();
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using TestAppliance box = await Hooks.BoxAsync(time: clock);
        string key = box.Key("jobs", "play");
        box.Client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        string hook = await box.Client.HookAsync(key, receiver, "job.completed");
        await receiver.TellAsync("answer 429 7200");
        await box.BeginJobAsync(["240p"]);
        await box.Client.UntilAsync(key, hook, Hooks.WasTried(1));
        await receiver.TellAsync("answer 200");
        HookShelf shelf = box.Services.GetRequiredService<HookShelf>();
        clock.Later = TimeSpan.FromSeconds(7000);
        shelf.Tell();
        await box.UntilJobAsync(await box.BeginJobAsync(["360p"]), "done");
        await Until.HoldsAsync(() => shelf.All.Single().Record.Waiting.Count == 2);
        Assert.Single(receiver.Received);

        clock.Later = TimeSpan.FromSeconds(7300);
        shelf.Tell();
        Assert.Equal(2, (await receiver.UntilAsync(3)).Select(one => one.GetProperty("id").GetString()).Distinct().Count());
    }

    /// <summary>An order's own app is told of its receipts and its settling, and no other is.</summary>
    [Fact]
    public async Task Order_IsToldToItsRequestersKeyOnly()
    {
        await using WebhookReceiver own = await WebhookReceiver.StartAsync();
        await using WebhookReceiver other = await WebhookReceiver.StartAsync();
        await using TestAppliance box = await Hooks.BoxAsync();
        using var requester = new Requester();
        using var stranger = new Requester();
        KeyShelf keys = box.Services.GetRequiredService<KeyShelf>();
        string ownKey = keys.Add(new("own", ["orders"], Funds: requester.Address))!.Value.Text;
        string otherKey = keys.Add(new("other", ["orders"], Funds: stranger.Address))!.Value.Text;
        await box.Client.HookAsync(ownKey, own, "order.settled", "receipts.issued");
        string otherHook = await box.Client.HookAsync(otherKey, other, "order.settled", "receipts.issued");
        using HttpResponseMessage paid = await requester.DepositAsync(box, "1000000000000");
        string order = await requester.OrderAsync(box, "240p");

        // Whoever asks for receipts as he is told has all of them.
        await Until.HoldsAsync(() => Told(own, "receipts.issued").Sum(data => data.GetProperty("count").GetInt32()) == 32);
        JsonElement[] told = [.. Told(own, "receipts.issued")];
        Assert.All(told, data => Assert.Equal(order, data.GetProperty("order").GetString()));
        Assert.Equal(told.Select(data => data.GetProperty("last").GetInt64()).SkipLast(1).Prepend(0), told.Select(data => data.GetProperty("after").GetInt64()));
        using HttpResponseMessage countersigned = await requester.CountersignAsync(box, order);
        await Until.HoldsAsync(() => Told(own, "order.settled").Any());
        JsonElement settled = Told(own, "order.settled").Single();
        Assert.Equal((order, 32_000_000.ToString(CultureInfo.InvariantCulture)), (settled.GetProperty("order").GetString(), settled.GetProperty("charged").GetString()));
        Assert.Empty(await box.Client.DeliveriesAsync(otherKey, otherHook));
        Assert.Empty(other.Received);
    }

    [Fact]
    public async Task Sources_ThatCome_AreToldOnce()
    {
        using var folder = new ScratchFolder();
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        string key;
        string id;
        await using (TestAppliance box = await Hooks.BoxAsync(folder: folder))
        {
            key = box.Key("library");
            await box.Client.HookAsync(key, receiver, "source.ready", "source.refused");
            Assert.True(box.Services.GetRequiredService<SourceIntake>().TryOffer(folder.File("Another film.mkv", "Other bytes.")));
            JsonElement body = (await receiver.UntilAsync(1))[0].GetProperty("body");
            id = box.Library.All.Single(source => source.Title == "Another film").Id;
            Assert.Equal("source.ready", body.GetProperty("type").GetString());
            Assert.Equal($$"""{"source":"{{id}}","title":"Another film"}""", body.GetProperty("data").GetRawText());
        }

        // After a restart all is looked at anew, and nothing of it is news.
        await using TestAppliance again = await Hooks.BoxAsync(folder: folder);
        Assert.True(again.Services.GetRequiredService<SourceIntake>().TryOffer(folder.File("A third film.mkv", "Third bytes.")));
        await Until.HoldsAsync(() => Titles().Contains("A third film"));
        Assert.Equal(["Another film", "A third film"], Titles());

        // A message of which the box did not hear, before it ended, that it had arrived, is sent once more: it is the same.
        string[] Titles() => [.. receiver.Received.DistinctBy(one => Headers(one)["webhook-id"]).Select(one => one.GetProperty("body").GetProperty("data").GetProperty("title").GetString()!)];
    }

    private static IEnumerable<JsonElement> Told(WebhookReceiver receiver, string type) =>
        receiver.Received.Select(one => one.GetProperty("body")).Where(body => body.GetProperty("type").GetString() == type).Select(body => body.GetProperty("data"));

    private static Dictionary<string, string> Headers(JsonElement received)
    {
        string[] raw = [.. received.GetProperty("headers").EnumerateArray().Select(item => item.GetString()!)];
        return raw.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
    }

    private sealed class LaterClock : TimeProvider
    {
        public TimeSpan Later { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Later;
    }
}
