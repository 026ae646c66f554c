using System.Diagnostics;
using System.Globalization;
using Transcode.Engine.Recipes;

namespace Appliance.Bench;

/// <summary>Many players at once on films that lie in the cache: each reads the lists, then segments of picture and sound at the pace they are played, says how it fares, seeks now and
/// then, leaves and comes again. No error may come, and memory has to stay as it is.</summary>
internal static class PlayersBench
{
    private const int DefaultPlayers = 1000;
    private const int DefaultSeconds = 600;
    private const int MostSegments = 60;

    /// <summary>Of the ladder's lower end: what is measured is the box, and not how many bytes loopback carries.</summary>
    private const int Rungs = 2;

    private static readonly TimeSpan Slice = TimeSpan.FromMinutes(1);

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-bench-");
        try
        {
            arguments = arguments.Film.Length > 0 ? arguments : arguments with { Film = await Film.MakeAsync(folder.FullName) };
            string data = Path.Combine(folder.FullName, "data");
            await using Box box = await Box.StartAsync(arguments, data);
            await box.ReadyAsync();
            await box.PlayableAsync(data);
            SimulatedFilm film = await FillAsync(box);
            await box.IdleAsync();
            return await PlayAsync(box, film, arguments);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Has all made that will be played.</summary>
    private static async Task<SimulatedFilm> FillAsync(Box box)
    {
        int segments = Math.Min(MostSegments, box.Source.Grid.SegmentCount);
        Rendition[] video = [.. box.Ladder.Video.TakeLast(Rungs)];
        Rendition[] all = [.. video, .. box.Ladder.Audio.Take(1)];
        var tracks = new List<SimulatedTrack>();
        foreach (Rendition rendition in all)
        {
            var lengths = new int[segments];
            string folder = "";
            for (int index = 0; index < segments; index++)
            {
                (string path, byte[] content) = await box.FileAsync(rendition, index);
                lengths[index] = content.Length;
                folder = path[..(path.LastIndexOf('/') + 1)];
            }

            tracks.Add(new(folder, lengths, rendition.PeakBitsPerSecond / 1000, video.Contains(rendition)));
        }

        double seconds = box.Source.Grid.SegmentFrames * (double)box.Source.Grid.FrameRate.Denominator / box.Source.Grid.FrameRate.Numerator;
        return new(box.MasterPath, [.. tracks.Where(track => track.IsVideo)], tracks.FirstOrDefault(track => !track.IsVideo), seconds);
    }

    private static async Task<int> PlayAsync(Box box, SimulatedFilm film, BenchArguments arguments)
    {
        int count = arguments.Count ?? DefaultPlayers;
        var length = TimeSpan.FromSeconds(arguments.Seconds ?? DefaultSeconds);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} players of {Path.GetFileName(arguments.Film)}, segments of {film.SegmentSeconds:F2} s, for {length.TotalSeconds:F0} s; {Environment.ProcessorCount} cores, load before {Load.Now}"));
        Console.WriteLine($"{"after s",-10}{"requests",10}{"MB",8}{LatencyTable.Head}{"errors",10}{"stalls",10}{"seeks",8}{"came",8}{"PSS MB",10}{"CPU",8}");
        using var ending = new CancellationTokenSource(length);
        var tally = new PlayersTally();
        Task[] players = [.. Enumerable.Range(0, count).Select(i => new SimulatedPlayer(box.BaseAddress, film, new Random(arguments.Seed + i), tally).RunAsync(ending.Token))];
        Task all = Task.WhenAll(players);
        long began = Stopwatch.GetTimestamp();
        TimeSpan cpu = box.Cpu;
        long errors = 0;
        while (!all.IsCompleted)
        {
            await Task.WhenAny(all, Task.Delay(Slice < length ? Slice : length));
            PlayersTally.Sum sum = tally.Take();
            errors += sum.Errors;
            TimeSpan now = box.Cpu;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Stopwatch.GetElapsedTime(began).TotalSeconds,-10:F0}{sum.Microseconds.Count,10}{sum.Bytes / 1e6,8:F0}{LatencyTable.Row(sum.Microseconds)}{sum.Errors,10}{sum.Stalls,10}{sum.Seeks,8}{sum.Came,8}{ProcessMemory.Of(box.ProcessId).Proportional / 1e6,10:F1}{(now - cpu).TotalSeconds,8:F1}"));
            cpu = now;
            foreach (string error in sum.Told)
            {
                Console.WriteLine($"  {error}");
            }
        }

        await all;
        Console.WriteLine($"load after {Load.Now}");
        Console.WriteLine(errors == 0 ? "No error." : $"{errors} errors.");
        return errors == 0 ? 0 : 1;
    }
}
