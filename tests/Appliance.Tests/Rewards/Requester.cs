using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Appliance.Tests.Hosting;
using global::Rewards.Receipts;
using global::Rewards.Signing;

namespace Appliance.Tests.Rewards;

/// <summary>Somebody with a key who orders work, and the owner who takes his money.</summary>
internal sealed class Requester : IDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Requester() => Key = DeviceKey.FromSecret(Secret);

    /// <summary>Of the key. Any number is one that is below the group's order, as this is.</summary>
    public byte[] Secret { get; } = [1, .. RandomNumberGenerator.GetBytes(31)];

    public DeviceKey Key { get; }

    public string Address => Key.Address.ToString();

    /// <summary>Asks as an app that may order.</summary>
    public static HttpClient Orders(TestAppliance box)
    {
        box.Client.DefaultRequestHeaders.Authorization ??= new("Bearer", box.Key("orders", "play"));
        return box.Client;
    }

    /// <summary>The owner writes down that he paid in.</summary>
    public async Task<HttpResponseMessage> DepositAsync(TestAppliance box, string amount, string key = "deposit 1")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/rewards/deposits") { Content = JsonContent.Create(new { requester = Address, amount, reference = "cash" }) };
        request.Headers.Add("Idempotency-Key", key);
        request.Headers.Authorization = new("Bearer", box.Token);
        return await box.Client.SendAsync(request, Token);
    }

    public async Task<JsonElement> QuoteAsync(TestAppliance box, params string[] renditions)
    {
        using HttpResponseMessage answer = await Orders(box).PostAsJsonAsync(
            "/v1/quotes", new { source = box.Library.All.Single().Id, renditions, requester = Address }, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    public async Task<HttpResponseMessage> OrderAsync(TestAppliance box, JsonElement quote, DeviceKey? signer = null)
    {
        string id = quote.GetProperty("id").GetString()!;
        return await Orders(box).PostAsJsonAsync(
            "/v1/orders", new { quote = id, signature = (signer ?? Key).Sign(new WorkOrder(Hash256.Parse(id)).Digest(DomainOf(quote))).ToString() }, Token);
    }

    /// <summary>Takes a quote, which must be taken.</summary>
    /// <returns>The order's id.</returns>
    public async Task<string> OrderAsync(TestAppliance box, params string[] renditions)
    {
        using HttpResponseMessage answer = await OrderAsync(box, await QuoteAsync(box, renditions));
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Token));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("quote").GetString()!;
    }

    public static async Task<JsonElement[]> ReceiptsAsync(TestAppliance box, string order) =>
        [.. (await Orders(box).GetFromJsonAsync<JsonElement>($"/v1/orders/{order}/receipts", Token)).GetProperty("receipts").EnumerateArray()];

    /// <summary>Countersigns every receipt there is.</summary>
    public async Task<HttpResponseMessage> CountersignAsync(TestAppliance box, string order, DeviceKey? signer = null)
    {
        var signatures = (await ReceiptsAsync(box, order)).Select(receipt => new
        {
            sequence = receipt.GetProperty("sequence").GetInt64(),
            signature = (signer ?? Key).Sign(Hash256.Parse(receipt.GetProperty("digest").GetString())).ToString(),
        });
        return await Orders(box).PostAsJsonAsync($"/v1/orders/{order}/countersignatures", new { signatures }, Token);
    }

    /// <summary>Waits until an order is as it should be.</summary>
    public static async Task<JsonElement> UntilAsync(TestAppliance box, string order, Func<JsonElement, bool> holds)
    {
        JsonElement now = default;
        await Until.HoldsAsync(async () => holds(now = await Orders(box).GetFromJsonAsync<JsonElement>($"/v1/orders/{order}", Token)));
        return now;
    }

    /// <summary>Countersigns what there is until the order is settled: receipts come some time after what they are for.</summary>
    public async Task SettleAsync(TestAppliance box, string order) => await Until.HoldsAsync(async () =>
    {
        (await CountersignAsync(box, order)).Dispose();
        return IsSettled(await Orders(box).GetFromJsonAsync<JsonElement>($"/v1/orders/{order}", Token));
    });

    public static bool IsSettled(JsonElement order) => order.GetProperty("charged").ValueKind == JsonValueKind.String;

    public static bool IsDone(JsonElement order) => order.GetProperty("state").GetString() == "done";

    public async Task<JsonElement> StandingAsync(TestAppliance box) => await OwnersAsync(box, $"/v1/rewards/requesters/{Address}");

    /// <summary>What the owner is answered.</summary>
    public static async Task<JsonElement> OwnersAsync(TestAppliance box, string path)
    {
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Get, path, ("Authorization", $"Bearer {box.Token}"));
        string text = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonDocument.Parse(text).RootElement;
    }

    public void Dispose() => Key.Dispose();

    private static SigningDomain DomainOf(JsonElement quote)
    {
        JsonElement domain = quote.GetProperty("typedData").GetProperty("domain");
        return new(
            domain.GetProperty("name").GetString()!,
            domain.GetProperty("version").GetString()!,
            domain.GetProperty("chainId").GetUInt64(),
            EthereumAddress.Parse(domain.GetProperty("verifyingContract").GetString()));
    }
}
