using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Appliance.Rewards.Log.Witnesses;
using Appliance.Startup;
using global::Rewards.Log;
using global::Rewards.Signing;

namespace Appliance.Rewards.Command;

/// <summary>The verb <c>rewards witness</c>: cosigns the logs of other boxes until a signal ends it.</summary>
internal static class WitnessVerb
{
    private const int LogLimit = 100;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <returns>0: a signal is how it ends.</returns>
    public static async Task<int> RunAsync(RewardsOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        IPEndPoint listen = EndPoint(options.Required("--listen"));
        List<NoteKey> logs = Logs(options.All("--log"));
        string key = options.Required("--key");
        string state = Path.GetFullPath(options.Required("--state"));
        try
        {
            MakeFolder(state);
            using var home = WitnessHome.Open(key, state, logs, TimeProvider.System);
            await using WebApplication app = WitnessServer.Build(home.Witness, listen);
            await app.StartAsync(cancellationToken);
            await output.WriteLineAsync(home.Witness.VerifierKey.ToString());
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"Cosigns {logs.Count} {(logs.Count == 1 ? "log" : "logs")} on {new UriBuilder("http", listen.Address.ToString(), ApplianceServer.BoundPort(app)).Uri}"));
            await output.FlushAsync(CancellationToken.None);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await app.StopAsync(CancellationToken.None);
            return 0;
        }
        catch (Exception exception) when (exception is KeyException or LogException or IOException or UnauthorizedAccessException or SocketException)
        {
            throw new CommandStoppedException(exception.Message);
        }
    }

    private static void MakeFolder(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }
    }

    private static IPEndPoint EndPoint(string text)
    {
        string numeric = text.StartsWith("localhost:", StringComparison.Ordinal) ? IPAddress.Loopback + text["localhost".Length..] : text;
        return IPEndPoint.TryParse(numeric, out IPEndPoint? listen) && numeric.EndsWith(string.Create(CultureInfo.InvariantCulture, $":{listen.Port}"), StringComparison.Ordinal)
            ? listen
            : throw new UsageException($"--listen wants an IP address and a port, as 0.0.0.0:8081 or [::]:8081, not {text}.");
    }

    private static List<NoteKey> Logs(IReadOnlyList<string> lines)
    {
        if (lines.Count > LogLimit)
        {
            throw new UsageException($"--log may be given at most {LogLimit} times.");
        }

        try
        {
            List<NoteKey> logs = [.. lines.Select(NoteKey.Parse)];
            return logs.Find(log => log.Type != NoteKey.PlainType) is { } other
                ? throw new UsageException($"--log wants a log's key, and that of {other.Name} is a witness'.")
                : logs;
        }
        catch (FormatException exception)
        {
            throw new UsageException($"--log: {exception.Message}");
        }
    }
}
