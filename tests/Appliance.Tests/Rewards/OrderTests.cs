using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Appliance.Tests.Hosting;
using global::Rewards.Audit;
using global::Rewards.Claims;
using global::Rewards.Log;

namespace Appliance.Tests.Rewards;

/// <summary>Work that somebody pays for, from the quote to the claims.</summary>
public sealed class OrderTests
{
    /// <summary>Segments of the scripted film.</summary>
    private const int Segments = 16;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Order_FromQuoteToClaim_IsPaidOnceAndAddsUp()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        using var requester = new Requester();
        using HttpResponseMessage paid = await requester.DepositAsync(box, "1000000000000");
        using HttpResponseMessage again = await requester.DepositAsync(box, "1000000000000");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (paid.StatusCode, again.StatusCode));
        JsonElement quote = await requester.QuoteAsync(box, "240p");
        using HttpResponseMessage first = await requester.OrderAsync(box, quote);
        using HttpResponseMessage second = await requester.OrderAsync(box, quote);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        string order = quote.GetProperty("id").GetString()!;

        await Requester.UntilAsync(box, order, Requester.IsDone);
        await Until.HoldsAsync(async () => (await Requester.ReceiptsAsync(box, order)).Length == 2 * Segments);
        using HttpResponseMessage countersigned = await requester.CountersignAsync(box, order);
        Assert.Equal(HttpStatusCode.NoContent, countersigned.StatusCode);
        JsonElement settled = await Requester.UntilAsync(box, order, Requester.IsSettled);
        JsonElement standing = await requester.StandingAsync(box);

        // Segments of so few pixels as the scripted worker says cost the minimum.
        const long Video = 1_000_000;
        const long Sound = 1_000_000;
        Assert.Equal((Segments * (Video + Sound)).ToString(CultureInfo.InvariantCulture), settled.GetProperty("charged").GetString());
        Assert.Equal((1_000_000_000_000 - (Segments * (Video + Sound))).ToString(CultureInfo.InvariantCulture), standing.GetProperty("funds").GetString());
        Assert.Equal(("0", "0", 0), (standing.GetProperty("reserved").GetString(), standing.GetProperty("owed").GetString(), standing.GetProperty("uncountersigned").GetInt64()));
        JsonElement day = Assert.Single((await Requester.OwnersAsync(box, "/v1/rewards/earnings")).GetProperty("days").EnumerateArray());
        Assert.Equal((settled.GetProperty("charged").GetString(), requester.Address), (day.GetProperty("amount").GetString(), day.GetProperty("requester").GetString()));

        // Whoever paid can show what he got to anybody who knows the log's key.
        long number = (await Requester.ReceiptsAsync(box, order))[3].GetProperty("sequence").GetInt64();
        ProofBundle proof = ProofBundle.Parse(await Requester.Orders(box).GetByteArrayAsync($"/v1/orders/{order}/receipts/{number}/proof", Token));
        NoteKey key = NoteKey.Parse((await box.GetTextAsync("/v1/log/key")).TrimEnd('\n'));
        using JsonDocument opening = JsonDocument.Parse(proof.Extra);
        Assert.Equal(number, opening.RootElement.GetProperty("record").GetProperty("sequence").GetInt64());

        // The epoch's claims are what was charged, and everything adds up without the box.
        EpochRecord epoch = EpochRecord.Parse(await PostAsync(box, "/v1/rewards/epochs"));
        Assert.Equal(epoch, EpochRecord.Parse(await PostAsync(box, "/v1/rewards/epochs")));
        ClaimTree claims = ClaimTreeJson.Read(await box.GetBytesAsync($"/v1/epochs/{epoch.Epoch}/claims"));
        Assert.Equal((epoch.Root, settled.GetProperty("charged").GetString()), (claims.Root, Assert.Single(claims.Claims.ToArray()).Cumulative.ToString(CultureInfo.InvariantCulture)));
        AuditExport export = await ExportAsync(box);
        Assert.Null(RewardsAudit.Fault(export, key, Token));
        Assert.Null(proof.Fault(export.Entries[(int)proof.Index].Span, key, [], quorum: 0));
        Assert.NotNull(RewardsAudit.Fault(export with { Receipts = [.. export.Receipts.Skip(1)] }, key, Token));
    }

    /// <summary>Nobody who is not asked for money: what the household watches, and the owner's own jobs.</summary>
    [Fact]
    public async Task HouseholdsOwnWork_EarnsNothing_AndCostsTheNextOneNothing()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        for (int index = 0; index < Segments; index++)
        {
            await box.GetBytesAsync(box.Url("240p", $"{index}.m4s"));
        }

        await box.UntilLandedAsync();
        using var requester = new Requester();
        using HttpResponseMessage paid = await requester.DepositAsync(box, "1000000000000");
        string order = await requester.OrderAsync(box, "240p");
        await Requester.UntilAsync(box, order, Requester.IsDone);
        await Until.HoldsAsync(async () => (await Requester.ReceiptsAsync(box, order)).Length == Segments);
        using HttpResponseMessage countersigned = await requester.CountersignAsync(box, order);
        JsonElement settled = await Requester.UntilAsync(box, order, Requester.IsSettled);

        // The picture was there already, and comes from the cache for nothing; the sound had to be made.
        Assert.Equal((Segments * 1_000_000L).ToString(CultureInfo.InvariantCulture), settled.GetProperty("charged").GetString());
    }

    [Fact]
    public async Task Order_WithoutFunds_IsRefusedWithWhatIsMissing()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        using var requester = new Requester();
        JsonElement quote = await requester.QuoteAsync(box, "240p");
        using HttpResponseMessage answer = await requester.OrderAsync(box, quote);
        JsonElement problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);

        Assert.Equal((HttpStatusCode.PaymentRequired, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(quote.GetProperty("quote").GetProperty("bound").GetString(), problem.GetProperty("shortfall").GetString());
        Assert.Empty((await Requester.OwnersAsync(box, "/v1/jobs")).GetProperty("jobs").EnumerateArray());

        // The same quote may be taken when the money is there.
        using HttpResponseMessage paid = await requester.DepositAsync(box, problem.GetProperty("shortfall").GetString()!);
        using HttpResponseMessage taken = await requester.OrderAsync(box, quote);
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
    }

    [Fact]
    public async Task Order_ByAnothersSignature_IsRefused_AndSoIsACountersignature()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        using var requester = new Requester();
        using var thief = new Requester();
        using HttpResponseMessage paid = await requester.DepositAsync(box, "1000000000000");
        using HttpResponseMessage stolen = await requester.OrderAsync(box, await requester.QuoteAsync(box, "240p"), thief.Key);
        Assert.Equal(HttpStatusCode.Forbidden, stolen.StatusCode);
        Assert.Equal("0", (await requester.StandingAsync(box)).GetProperty("reserved").GetString());

        string order = await requester.OrderAsync(box, "240p");
        await Requester.UntilAsync(box, order, Requester.IsDone);
        await Until.HoldsAsync(async () => (await Requester.ReceiptsAsync(box, order)).Length > 0);
        using HttpResponseMessage forged = await requester.CountersignAsync(box, order, thief.Key);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, forged.StatusCode);
        Assert.True((await requester.StandingAsync(box)).GetProperty("uncountersigned").GetInt64() > 0);
    }

    [Theory]
    [InlineData("/v1/quotes", "{}", HttpStatusCode.BadRequest)]
    [InlineData("/v1/quotes", "{\"source\":\"SOURCE\",\"requester\":\"0x12\"}", HttpStatusCode.BadRequest)]
    [InlineData("/v1/quotes", "{\"source\":\"SOURCE\",\"requester\":\"0x0000000000000000000000000000000000000000\"}", HttpStatusCode.BadRequest)]
    [InlineData("/v1/quotes", "{\"source\":\"SOURCE\",\"renditions\":[\"4320p\"],\"requester\":\"0x1111111111111111111111111111111111111111\"}", HttpStatusCode.BadRequest)]
    [InlineData("/v1/quotes", "{\"source\":\"00000000000000000000\",\"requester\":\"0x1111111111111111111111111111111111111111\"}", HttpStatusCode.NotFound)]
    [InlineData("/v1/orders", "{\"quote\":\"0x00\"}", HttpStatusCode.BadRequest)]
    [InlineData("/v1/orders", "{\"quote\":\"HASH\",\"signature\":\"0x00\"}", HttpStatusCode.BadRequest)]
    [InlineData("/v1/orders", "[", HttpStatusCode.BadRequest)]
    [InlineData("/v1/orders/HASH/countersignatures", "{\"signatures\":[]}", HttpStatusCode.NotFound)]
    [InlineData("/v1/rewards/deposits", "{\"requester\":\"0x1111111111111111111111111111111111111111\",\"amount\":\"1\"}", HttpStatusCode.Forbidden)]
    [InlineData("/v1/rewards/epochs", "{}", HttpStatusCode.Forbidden)]
    public async Task Nonsense_IsAProblem(string path, string body, HttpStatusCode expected)
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        string Filled(string text) => text.Replace("SOURCE", box.Library.All.Single().Id, StringComparison.Ordinal).Replace("HASH", "0x" + new string('1', 64), StringComparison.Ordinal);
        using var content = new StringContent(Filled(body), Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await Requester.Orders(box).PostAsync(Filled(path), content, Token);

        Assert.Equal((expected, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    /// <summary>A box that stops in the middle of an order goes on with it, and its requester pays for each segment once.</summary>
    [Fact]
    public async Task Order_OverARestart_IsSettledOnce()
    {
        using var folder = new ScratchFolder();
        using var requester = new Requester();
        string order;
        var held = new ScriptedTranscoder { BeforeChunk = (segment, _, token) => segment.Index >= 5 ? Task.Delay(-1, token) : Task.CompletedTask };
        await using (TestAppliance box = await TestAppliance.StartAsync(held, folder))
        {
            using HttpResponseMessage paid = await requester.DepositAsync(box, "1000000000000");
            order = await requester.OrderAsync(box, "240p");
            await Until.HoldsAsync(async () => (await Requester.ReceiptsAsync(box, order)).Length >= 8);
        }

        await using (TestAppliance box = await TestAppliance.StartAsync(folder: folder))
        {
            await Requester.UntilAsync(box, order, Requester.IsDone);
            await Until.HoldsAsync(async () => (await Requester.ReceiptsAsync(box, order)).Length == 2 * Segments);
            using HttpResponseMessage countersigned = await requester.CountersignAsync(box, order);
            JsonElement settled = await Requester.UntilAsync(box, order, Requester.IsSettled);
            Assert.Equal((2 * Segments * 1_000_000L).ToString(CultureInfo.InvariantCulture), settled.GetProperty("charged").GetString());
        }
    }

    /// <summary>Who countersigns nothing is charged nothing, and has his money back when the time for it is over; what was made goes after its time.</summary>
    [Fact]
    public async Task Order_ThatIsNotCountersigned_IsGivenBackAfterADay()
    {
        var clock = new LaterClock();
        await using TestAppliance box = await TestAppliance.StartAsync(time: clock);
        using var requester = new Requester();
        using HttpResponseMessage paid = await requester.DepositAsync(box, "1000000000000");
        string order = await requester.OrderAsync(box, "240p");
        JsonElement done = await Requester.UntilAsync(box, order, Requester.IsDone);
        Assert.False(Requester.IsSettled(done));

        clock.Later = Appliance.Rewards.Orders.OrderSettling.Grace + TimeSpan.FromSeconds(1);
        using HttpResponseMessage wakes = await requester.DepositAsync(box, "1", "deposit 2");
        JsonElement settled = await Requester.UntilAsync(box, order, Requester.IsSettled);
        JsonElement standing = await requester.StandingAsync(box);
        Assert.Equal("0", settled.GetProperty("charged").GetString());
        Assert.Equal(("1000000000001", "0", 2 * Segments), (standing.GetProperty("funds").GetString(), standing.GetProperty("reserved").GetString(), standing.GetProperty("uncountersigned").GetInt32()));

        clock.Later = Appliance.Rewards.Orders.OrderSettling.Kept + TimeSpan.FromSeconds(1);
        using HttpResponseMessage wakesAgain = await requester.DepositAsync(box, "1", "deposit 3");
        await Until.HoldsAsync(async () => !(await Requester.OwnersAsync(box, "/v1/jobs")).GetProperty("jobs").EnumerateArray().Any());
    }

    /// <summary>An order that the owner deletes is given back.</summary>
    [Fact]
    public async Task Order_WhoseJobIsDeleted_IsGivenBack()
    {
        var held = new ScriptedTranscoder { BeforeChunk = (_, _, token) => Task.Delay(-1, token) };
        await using TestAppliance box = await TestAppliance.StartAsync(held);
        using var requester = new Requester();
        using HttpResponseMessage paid = await requester.DepositAsync(box, "1000000000000");
        await requester.OrderAsync(box, "240p");
        Assert.NotEqual("0", (await requester.StandingAsync(box)).GetProperty("reserved").GetString());
        string job = (await Requester.OwnersAsync(box, "/v1/jobs")).GetProperty("jobs")[0].GetProperty("id").GetString()!;
        using HttpResponseMessage deleted = await box.SendAsync(HttpMethod.Delete, $"/v1/jobs/{job}", ("Authorization", $"Bearer {box.Token}"));

        await Until.HoldsAsync(async () => (await requester.StandingAsync(box)).GetProperty("funds").GetString() == "1000000000000");
        Assert.Equal("0", (await requester.StandingAsync(box)).GetProperty("reserved").GetString());
    }

    /// <summary>Who asks himself earns nothing: the box's own addresses reserve nothing.</summary>
    [Fact]
    public async Task Order_OfTheBoxItself_IsRefused()
    {
        using var folder = new ScratchFolder();
        using var requester = new Requester();
        Directory.CreateDirectory(Path.Combine(folder.Path, "data"));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "data", "rewards.json"), $$"""{"household":["{{requester.Address}}"]}""", Token);
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        using HttpResponseMessage paid = await requester.DepositAsync(box, "1000000000000");
        using HttpResponseMessage answer = await requester.OrderAsync(box, await requester.QuoteAsync(box, "240p"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    /// <summary>A requester whose program is not ours.</summary>
    [Fact]
    public async Task Order_ByViem_IsPaidAndCountersigned()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        using var requester = new Requester();
        string secret = "0x" + string.Concat(Enumerable.Repeat("5a", 32));
        using var viem = global::Rewards.Signing.DeviceKey.FromSecret(Convert.FromHexString(secret[2..]));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/rewards/deposits") { Content = JsonContent.Create(new { requester = viem.Address.ToString(), amount = "1000000000000" }) };
        request.Headers.Add("Idempotency-Key", "1");
        request.Headers.Authorization = new("Bearer", box.Token);
        using HttpResponseMessage paid = await box.Client.SendAsync(request, Token);

        (int code, string printed) = await House.RunAsync("node", Scripts.OfOracles("rewards", "requester.mjs"), box.BaseAddress.ToString(), box.Key("orders"), box.Library.All.Single().Id, secret, "240p");

        Assert.True(code == 0, printed);
        using JsonDocument order = JsonDocument.Parse(printed);
        Assert.Equal(("done", 2 * Segments), (order.RootElement.GetProperty("state").GetString(), order.RootElement.GetProperty("countersigned").GetInt32()));
        Assert.Equal(BigInteger.Parse("1000000000000", CultureInfo.InvariantCulture) - BigInteger.Parse(order.RootElement.GetProperty("charged").GetString()!, CultureInfo.InvariantCulture),
            BigInteger.Parse((await Requester.OwnersAsync(box, $"/v1/rewards/requesters/{viem.Address}")).GetProperty("funds").GetString()!, CultureInfo.InvariantCulture));
    }

    private static async Task<AuditExport> ExportAsync(TestAppliance box)
    {
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Get, "/v1/rewards/audit", ("Authorization", $"Bearer {box.Token}"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return AuditExport.Read(new StringReader(await answer.Content.ReadAsStringAsync(Token)));
    }

    private static async Task<byte[]> PostAsync(TestAppliance box, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Authorization = new("Bearer", box.Token);
        using HttpResponseMessage answer = await box.Client.SendAsync(request, Token);
        byte[] body = await answer.Content.ReadAsByteArrayAsync(Token);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, Encoding.UTF8.GetString(body));
        return body;
    }

    /// <summary>The machine's clock, set forward.</summary>
    private sealed class LaterClock : TimeProvider
    {
        public TimeSpan Later { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Later;
    }
}
