using System.Diagnostics;
using System.Globalization;
using Transcode.Engine.Recipes;

namespace Appliance.Bench;

/// <summary>As much as wrk asks for, for minutes: cached segments, playlists and descriptions. No error may come, and memory has to stay as it is.</summary>
internal static class LoadBench
{
    private const int DefaultSeconds = 300;
    private const int DefaultConnections = 64;
    private const int SliceSeconds = 15;
    private const int MostSegments = 14;

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        if (!Wrk.IsThere("wrk"))
        {
            throw new BenchException("This measures by wrk: install it (apt install wrk), then try again.");
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-bench-");
        try
        {
            arguments = arguments.Film.Length > 0 ? arguments : arguments with { Film = await Film.MakeAsync(folder.FullName) };
            string data = Path.Combine(folder.FullName, "data");
            await using Box box = await Box.StartAsync(arguments, data);
            await box.ReadyAsync();
            await box.PlayableAsync(data);
            Rendition rendition = box.Ladder.Renditions.FirstOrDefault(r => r.Name == arguments.Rung) ?? box.Ladder.Renditions.First();
            var paths = new List<string>();
            for (int index = 0; index < Math.Min(MostSegments, box.Source.Grid.SegmentCount); index++)
            {
                (string path, _) = await box.FileAsync(rendition, index);
                paths.Add(path);
            }

            string list = paths[0][..(paths[0].LastIndexOf('/') + 1)] + "index.m3u8";
            paths.AddRange([list, box.MasterPath, "/v1/sources", "/health/live"]);
            await box.IdleAsync();
            return await MeasureAsync(box, await ScriptAsync(folder.FullName, paths), arguments, $"{Path.GetFileName(arguments.Film)}, {paths.Count - 4} cached segments of {rendition.Name}, its list, the master list, /v1/sources and /health/live in turn");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> MeasureAsync(Box box, string script, BenchArguments arguments, string what)
    {
        int connections = arguments.Count ?? DefaultConnections;
        int seconds = arguments.Seconds ?? DefaultSeconds;
        Console.WriteLine($"{what}; {connections} connections, {Environment.ProcessorCount} cores, load before {Load.Now}");
        Console.WriteLine($"{"after s",-10}{"requests/s",12}{"MB/s",8}{LatencyTable.Head}{"errors",10}{"PSS MB",10}");
        long errors = 0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{0,-10}{"",12}{"",8}{"",50}{"",10}{ProcessMemory.Of(box.ProcessId).Proportional / 1e6,10:F1}"));
        for (int after = 0; after < seconds;)
        {
            int slice = Math.Min(SliceSeconds, seconds - after);
            double[] run = await SliceAsync(box.BaseAddress, connections, slice, script);
            after += slice;
            errors += (long)run[3];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{after,-10}{run[0] * 1e6 / run[2],12:F0}{run[1] / run[2],8:F0}{string.Concat(run[4..].Select(micros => $"{(micros / 1000).ToString("F1", CultureInfo.InvariantCulture),10}"))}{run[3],10:F0}{ProcessMemory.Of(box.ProcessId).Proportional / 1e6,10:F1}"));
        }

        Console.WriteLine($"load after {Load.Now}");
        Console.WriteLine(errors == 0 ? "No error." : $"{errors} errors.");
        return errors == 0 ? 0 : 1;
    }

    /// <returns>Requests, bytes, microseconds, errors, and the percentiles 50, 90, 99, 99.9 and the most, in microseconds.</returns>
    private static async Task<double[]> SliceAsync(Uri server, int connections, int seconds, string script)
    {
        using Process process = Process.Start(new ProcessStartInfo("wrk", ["-t1", $"-c{connections}", $"-d{seconds}s", "-s", script, server.AbsoluteUri]) { RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.Split('\n').FirstOrDefault(line => line.StartsWith("RESULT ", StringComparison.Ordinal)) is { } line
            ? [.. line.Split(' ')[1..].Select(number => double.Parse(number, CultureInfo.InvariantCulture))]
            : throw new BenchException($"wrk said nothing that is understood: {output}");
    }

    private static async Task<string> ScriptAsync(string folder, IEnumerable<string> paths)
    {
        string file = Path.Combine(folder, "load.lua");
        await File.WriteAllTextAsync(file, $$"""
            local paths = { {{string.Join(", ", paths.Select(path => $"\"{path}\""))}} }
            local n = 0
            request = function()
              n = n % #paths + 1
              return wrk.format("GET", paths[n])
            end
            done = function(summary, latency)
              local e = summary.errors
              print(string.format("RESULT %d %d %d %d %d %d %d %d %d", summary.requests, summary.bytes, summary.duration,
                e.connect + e.read + e.write + e.status + e.timeout,
                latency:percentile(50), latency:percentile(90), latency:percentile(99), latency:percentile(99.9), latency.max))
            end
            """);
        return file;
    }
}
