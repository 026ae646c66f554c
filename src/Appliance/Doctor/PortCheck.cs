using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Appliance.Health;
using Appliance.Startup;

namespace Appliance.Doctor;

/// <summary>Whether the box runs, and if not, whether it could listen.</summary>
internal sealed class PortCheck(ApplianceOptions options)
{
    private const int MostBytes = 64 << 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var listener = new TcpListener(options.ListenAddress, options.Port);
            listener.Start();
            return Finding.Fine("port", $"Port {options.Port} of {options.ListenAddress} is free: no appliance runs there.");
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return await AskAsync(cancellationToken);
        }
        catch (SocketException exception)
        {
            return Finding.Wrong("port", $"It cannot listen on {options.ListenAddress} port {options.Port}: {exception.Message}", "Name another with --listen and --port.");
        }
    }

    private async Task<Finding> AskAsync(CancellationToken cancellationToken)
    {
        IPAddress host = options.ListenAddress.Equals(IPAddress.Any) || options.ListenAddress.Equals(IPAddress.IPv6Any) ? IPAddress.Loopback : options.ListenAddress;
        using var client = new HttpClient { Timeout = Patience, MaxResponseContentBufferSize = MostBytes };
        try
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri($"http://{new IPEndPoint(host, options.Port)}/health/ready"), cancellationToken);
            string body = await answer.Content.ReadAsStringAsync(cancellationToken);
            using JsonDocument told = JsonDocument.Parse(body);
            return told.RootElement.TryGetProperty("status", out JsonElement status) && status.ValueKind is JsonValueKind.String
                ? Ready(JsonSerializer.Deserialize(body, HealthJson.Default.HealthResponse)!)
                : Finding.Wrong("box", $"An appliance runs on port {options.Port}, and is not ready: {Detail(told.RootElement)}", "What else is found here says why.");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return Finding.Wrong("port", $"Port {options.Port} is in use by something that does not answer as an appliance does.", "Stop what uses it, or choose another with --port.");
        }
    }

    private Finding Ready(HealthResponse health) => health.Detail is { } detail
        ? Finding.Doubtful("box", $"An appliance runs on port {options.Port}. {detail}", "Its log has the reason.")
        : Finding.Fine("box", $"An appliance runs on port {options.Port}, and is ready.");

    private static string Detail(JsonElement problem) =>
        problem.ValueKind is JsonValueKind.Object && problem.TryGetProperty("detail", out JsonElement detail) ? detail.ToString() : "it does not say why.";
}
