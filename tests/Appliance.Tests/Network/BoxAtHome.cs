using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Network;

/// <summary>The built program in a home, asked from there, since nobody else gets through.</summary>
internal sealed class BoxAtHome : IAsyncDisposable
{
    public const int Port = 8080;

    private readonly NetworkPlace place;
    private readonly Process process;
    private readonly string key;

    private BoxAtHome(NetworkPlace place, Process process, string key)
    {
        this.place = place;
        this.process = process;
        this.key = key;
    }

    public static async Task<BoxAtHome> StartAsync(NetworkPlace place, ScratchFolder scratch, string listen = "0.0.0.0", string? services = null)
    {
        string data = Path.Combine(scratch.Path, "data");
        string key = await RunningAppliance.KeyAsync(data);
        Process process = NetworkPlace.Start(place.Entering(
            "env", $"APPLIANCE_AVAHI_SERVICES={services ?? Path.Combine(scratch.Path, "no-services")}",
            House.Program, "--data", data, "--port", $"{Port}", "--listen", listen));
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("  Page     ", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return new(place, process, key);
            }
        }

        throw new InvalidOperationException("The program ended before it said where its page is.");
    }

    /// <summary>What <c>GET /v1/network</c> says.</summary>
    public async Task<JsonElement> NetworkAsync()
    {
        string? answer = await place.AskAsync("127.0.0.1", Port, $"GET /v1/network HTTP/1.0\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n\r\n", NetworkPlace.Patient);
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        return JsonDocument.Parse(answer![(answer!.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]).RootElement;
    }

    /// <summary>The way from outside over one family.</summary>
    public async Task<JsonElement> PathAsync(int family = 0) => (await NetworkAsync()).GetProperty("paths")[family];

    /// <summary>Says what the owner wants.</summary>
    public async Task SetAsync(string settings)
    {
        string? answer = await place.AskAsync(
            "127.0.0.1", Port, $"PUT /v1/network HTTP/1.0\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(settings)}\r\n\r\n{settings}", NetworkPlace.Patient);
        Assert.StartsWith("HTTP/1.1 202", answer, StringComparison.Ordinal);
    }

    /// <summary>Waits until the way is as wanted.</summary>
    public async Task<JsonElement> UntilAsync(Func<JsonElement, bool> holds, int family = 0)
    {
        JsonElement path = default;
        try
        {
            await Until.HoldsAsync(async () => holds(path = await PathAsync(family)));
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"Waited in vain; the last was: {path}");
        }

        return path;
    }

    public Task<JsonElement> UntilAsync(string standing, int family = 0) => UntilAsync(path => path.GetProperty("standing").GetString() == standing, family);

    /// <summary>Ends the program by a signal, as <c>TERM</c>.</summary>
    public async Task EndAsync(string signal)
    {
        Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]).Dispose();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }
}
