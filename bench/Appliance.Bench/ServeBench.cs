using System.Globalization;
using Transcode.Engine.Recipes;

namespace Appliance.Bench;

/// <summary>Cached segments over HTTP beside nginx serving the same files, both asked by wrk, in pairs that alternate.</summary>
internal static class ServeBench
{
    private const int DefaultPairs = 5;
    private const int MostSegments = 14;
    private static readonly int[] Connections = [1, 16, 256];

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        Wrk.Require();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-bench-");
        if (!OperatingSystem.IsWindows())
        {
            // nginx drops root for its workers, and they must reach the files.
            File.SetUnixFileMode(folder.FullName, folder.UnixFileMode | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }

        try
        {
            arguments = arguments.Film.Length > 0 ? arguments : arguments with { Film = await Film.MakeAsync(folder.FullName) };
            string data = Path.Combine(folder.FullName, "data");
            await using Box box = await Box.StartAsync(arguments, data);
            await box.ReadyAsync();
            await box.PlayableAsync(data);
            Rendition rendition = box.Ladder.Renditions.FirstOrDefault(r => r.Name == arguments.Rung) ?? box.Ladder.Renditions.First();
            var files = new List<string>();
            long bytes = 0;
            for (int index = 0; index < Math.Min(MostSegments, box.Source.Grid.SegmentCount); index++)
            {
                (string path, byte[] content) = await box.FileAsync(rendition, index);
                string file = Path.Combine(folder.FullName, "www", path.TrimStart('/'));
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllBytesAsync(file, content);
                files.Add(path);
                bytes += content.Length;
            }

            await box.IdleAsync();
            await using Nginx nginx = await Nginx.StartAsync(folder.FullName);
            string script = await Wrk.ScriptAsync(folder.FullName, files);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Path.GetFileName(arguments.Film)}, {files.Count} cached segments of {rendition.Name}, {bytes / files.Count / 1000} kB each, {Environment.ProcessorCount} cores, medians of {arguments.Count ?? DefaultPairs} pairs"));
            Console.WriteLine($"{"connections",-14}{"appliance/s",12}{"nginx/s",12}{"ratio",8}{"MB/s",10}{"nginx MB/s",12}{"ratio",8}{"of pairs",10}{"µs each",10}{"nginx",8}");
            foreach (int connections in Connections)
            {
                await CompareAsync(connections, arguments.Count ?? DefaultPairs, box, nginx, script);
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task CompareAsync(int connections, int pairs, Box ours, Nginx theirs, string script)
    {
        var box = new List<WrkRun>();
        var nginx = new List<WrkRun>();
        for (int pair = 0; pair < pairs; pair++)
        {
            // Who goes first alternates too.
            bool boxFirst = pair % 2 == 0;
            if (boxFirst)
            {
                box.Add(await Wrk.RunAsync(ours.BaseAddress, connections, script, () => ours.Cpu));
            }

            nginx.Add(await Wrk.RunAsync(theirs.Address, connections, script, () => theirs.Cpu));
            if (!boxFirst)
            {
                box.Add(await Wrk.RunAsync(ours.BaseAddress, connections, script, () => ours.Cpu));
            }
        }

        double requests = Medians.Of(box.Select(run => run.RequestsPerSecond));
        double nginxRequests = Medians.Of(nginx.Select(run => run.RequestsPerSecond));
        double megabytes = Medians.Of(box.Select(run => run.BytesPerSecond)) / 1e6;
        double nginxMegabytes = Medians.Of(nginx.Select(run => run.BytesPerSecond)) / 1e6;
        double inPairs = Medians.Of(box.Zip(nginx, (a, b) => a.RequestsPerSecond / b.RequestsPerSecond));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{connections,-14}{requests,12:F0}{nginxRequests,12:F0}{requests / nginxRequests,8:F2}{megabytes,10:F0}{nginxMegabytes,12:F0}{megabytes / nginxMegabytes,8:F2}{inPairs,10:F2}{Medians.Of(box.Select(run => run.ServerMicroseconds)),10:F0}{Medians.Of(nginx.Select(run => run.ServerMicroseconds)),8:F0}"));
    }
}
