using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Appliance.Sources.Remote;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Webhooks;

/// <summary>Webhooks over HTTP, as an app has them.</summary>
internal static class Hooks
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A box that may ask this machine.</summary>
    public static Task<TestAppliance> BoxAsync(ScriptedTranscoder? work = null, ScratchFolder? folder = null, TimeProvider? time = null) =>
        TestAppliance.StartAsync(work, folder, time: time, allowed: AllowedOrigins.Parse("127.0.0.1"));

    public static async Task<HttpResponseMessage> HookAsync(this HttpClient client, string? key, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/webhooks") { Content = JsonContent.Create(body) };
        request.Headers.Authorization = key is null ? null : new("Bearer", key);
        return await client.SendAsync(request, Token);
    }

    /// <summary>Makes one that must be made, and tells the receiver its secret.</summary>
    /// <returns>Its id.</returns>
    public static async Task<string> HookAsync(this HttpClient client, string? key, WebhookReceiver receiver, params string[] events)
    {
        using HttpResponseMessage answer = await client.HookAsync(key, new { url = receiver.Url, events });
        JsonElement hook = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, hook.ToString());
        await receiver.TellAsync($"secret {hook.GetProperty("secret").GetString()}");
        return hook.GetProperty("id").GetString()!;
    }

    public static async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(this HttpClient client, string? key, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = key is null ? client.DefaultRequestHeaders.Authorization : new("Bearer", key);
        using HttpResponseMessage answer = await client.SendAsync(request, Token);
        byte[] body = await answer.Content.ReadAsByteArrayAsync(Token);
        return (answer.StatusCode, body.Length == 0 ? default : JsonDocument.Parse(body).RootElement);
    }

    public static async Task<JsonElement[]> DeliveriesAsync(this HttpClient client, string? key, string hook) =>
        [.. (await client.AskAsync(key, HttpMethod.Get, $"/v1/webhooks/{hook}/deliveries")).Body.GetProperty("deliveries").EnumerateArray()];

    /// <summary>Waits until a hook's newest message is in a state.</summary>
    public static async Task<JsonElement> UntilAsync(this HttpClient client, string? key, string hook, Func<JsonElement, bool> holds)
    {
        JsonElement newest = default;
        await Until.HoldsAsync(async () => await client.DeliveriesAsync(key, hook) is [var first, ..] && holds(newest = first));
        return newest;
    }

    public static Func<JsonElement, bool> Is(string state) => delivery => delivery.GetProperty("state").GetString() == state;

    public static Func<JsonElement, bool> WasTried(int tries) => delivery => delivery.GetProperty("tries").GetInt32() >= tries;
}
