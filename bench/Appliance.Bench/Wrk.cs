using System.Diagnostics;
using System.Globalization;

namespace Appliance.Bench;

/// <summary>wrk, a load generator.</summary>
internal static class Wrk
{
    private const int Seconds = 4;

    /// <summary>Machine-readable: requests, bytes, microseconds, failures.</summary>
    private const string Result = "RESULT";

    /// <exception cref="BenchException">It, or nginx, is not there.</exception>
    public static void Require()
    {
        if (!IsThere("wrk") || !IsThere("nginx"))
        {
            throw new BenchException("This measures beside nginx, by wrk: install both (apt install nginx-light wrk), then try again.");
        }
    }

    /// <summary>Writes what makes wrk ask for these paths in turn.</summary>
    public static async Task<string> ScriptAsync(string folder, IEnumerable<string> paths)
    {
        string file = Path.Combine(folder, "paths.lua");
        await File.WriteAllTextAsync(file, $$"""
            local paths = { {{string.Join(", ", paths.Select(path => $"\"{path}\""))}} }
            local n = 0
            request = function()
              n = n % #paths + 1
              return wrk.format("GET", paths[n])
            end
            done = function(summary)
              local e = summary.errors
              print(string.format("{{Result}} %d %d %d %d", summary.requests, summary.bytes, summary.duration,
                e.connect + e.read + e.write + e.status + e.timeout))
            end
            """);
        return file;
    }

    /// <param name="server">Where.</param>
    /// <param name="connections">At once.</param>
    /// <param name="script">As <see cref="ScriptAsync"/> wrote it.</param>
    /// <param name="serverTime">The server's processor time until now.</param>
    public static async Task<WrkRun> RunAsync(Uri server, int connections, string script, Func<TimeSpan> serverTime)
    {
        TimeSpan before = serverTime();
        using Process process = Process.Start(new ProcessStartInfo(
            "wrk", ["-t1", $"-c{connections}", $"-d{Seconds}s", "-s", script, server.AbsoluteUri]) { RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        TimeSpan took = serverTime() - before;
        double[]? found = output.Split('\n').FirstOrDefault(line => line.StartsWith(Result, StringComparison.Ordinal))?
            .Split(' ')[1..].Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return found is [var requests, var bytes, var microseconds, 0]
            ? new(requests * 1e6 / microseconds, bytes * 1e6 / microseconds, took.TotalMicroseconds / requests)
            : throw new BenchException($"wrk had failures at {server}: {output}");
    }

    public static bool IsThere(string program) => $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin".Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
