using System.Diagnostics;
using System.Globalization;
using Transcode.Engine.Recipes;

namespace Appliance.Bench;

/// <summary>From the start of the program to readiness, and to the first picture of a source it has seen before.</summary>
internal static class StartBench
{
    private const int DefaultRounds = 7;

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-bench-");
        try
        {
            arguments = arguments.Film.Length > 0 ? arguments : arguments with { Film = await Film.MakeAsync(folder.FullName) };
            await RoundAsync(arguments, folder.FullName);
            var rounds = new List<Round>();
            while (rounds.Count < (arguments.Count ?? DefaultRounds))
            {
                // What was made the round before would not be made again; what was found out by probing is to stay.
                Directory.Delete(Path.Combine(folder.FullName, "cache"), recursive: true);
                rounds.Add(await RoundAsync(arguments, folder.FullName));
            }

            Console.WriteLine($"{Path.GetFileName(arguments.Film)}, {rounds.Count} rounds, {Environment.ProcessorCount} cores, medians from the start of the process, in ms");
            Row("address printed", rounds.Select(r => r.Address));
            Row("/health/ready", rounds.Select(r => r.Ready));
            Row("master playlist", rounds.Select(r => r.Master));
            Row($"first byte of a {arguments.Rung} segment", rounds.Select(r => r.FirstByte));
            Row("the segment whole", rounds.Select(r => r.Whole));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Round> RoundAsync(BenchArguments arguments, string data)
    {
        long started = Stopwatch.GetTimestamp();
        await using Box box = await Box.StartAsync(arguments, data);
        TimeSpan address = Stopwatch.GetElapsedTime(started);
        await box.ReadyAsync();
        TimeSpan ready = Stopwatch.GetElapsedTime(started);
        await box.PlayableAsync(data);
        await box.MasterAsync();
        TimeSpan master = Stopwatch.GetElapsedTime(started);
        Rendition rendition = box.Ladder.Renditions.FirstOrDefault(r => r.Name == arguments.Rung) ?? box.Ladder.Renditions.First();
        BoxRun run = await box.SegmentAsync(rendition, 0);
        await box.IdleAsync();
        return new(address, ready, master, master + run.FirstByte, master + run.Whole);
    }

    private static void Row(string what, IEnumerable<TimeSpan> times) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-32}{Medians.Milliseconds(times),7:F0}"));

    private sealed record Round(TimeSpan Address, TimeSpan Ready, TimeSpan Master, TimeSpan FirstByte, TimeSpan Whole);
}
