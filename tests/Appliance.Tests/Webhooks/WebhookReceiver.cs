using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Webhooks;

/// <summary>A receiver of webhooks in another process, written with the package of the Standard Webhooks specification. Skips the test where there is none.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly Process process;
    private readonly BlockingCollection<string> done = [];
    private Task reading = Task.CompletedTask;

    private WebhookReceiver(Process process) => this.process = process;

    public int Port { get; private set; }

    public Uri Url => new($"http://127.0.0.1:{Port}/hook?token=of-the-app");

    /// <summary>What was received, in order.</summary>
    public ConcurrentQueue<JsonElement> Received { get; } = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<WebhookReceiver> StartAsync()
    {
        var start = new ProcessStartInfo("node", [Scripts.OfOracles("webhook.mjs")]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var receiver = new WebhookReceiver(Process.Start(start)!);
        string line = (await receiver.process.StandardOutput.ReadLineAsync(Token))!;
        receiver.Port = int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
        receiver.reading = receiver.ReadAsync();
        return receiver;
    }

    /// <summary>Tells it what to do from now on, as <c>answer 503</c>.</summary>
    public async Task TellAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line.AsMemory(), Token);
        await process.StandardInput.FlushAsync(Token);
        Assert.Equal($"done {line.Split(' ')[0]}", done.Take(Token));
    }

    /// <summary>Waits for so many, and gives them.</summary>
    public async Task<JsonElement[]> UntilAsync(int count)
    {
        await Until.HoldsAsync(() => Received.Count >= count);
        return [.. Received];
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync(CancellationToken.None);
        await reading;
        process.Dispose();
        done.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            if (line.StartsWith('{'))
            {
                Received.Enqueue(JsonDocument.Parse(line).RootElement);
            }
            else
            {
                done.Add(line, CancellationToken.None);
            }
        }
    }
}
