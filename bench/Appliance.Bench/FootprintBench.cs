using System.Diagnostics;
using System.Globalization;

namespace Appliance.Bench;

/// <summary>What the box takes when it has nothing to do: its memory with one warm worker, its start to the first answer, and the size of what is
/// installed; the ordinary build beside the release.</summary>
internal static class FootprintBench
{
    private const int DefaultRounds = 7;

    /// <summary>After readiness, until memory has settled.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        if (arguments.Release is not { } release)
        {
            throw new BenchException("Start this with bench/run footprint.");
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-bench-");
        try
        {
            arguments = arguments.Film.Length > 0 ? arguments : arguments with { Film = await Film.MakeAsync(folder.FullName) };
            (string Name, string Program)[] builds = [("ordinary", arguments.Program), ("release", release)];
            Dictionary<string, List<Round>> rounds = builds.ToDictionary(build => build.Name, _ => new List<Round>());

            // In turns, so that what else the machine does meets both; the first of each makes its data folder and is not counted.
            for (int round = 0; round <= (arguments.Count ?? DefaultRounds); round++)
            {
                foreach ((string name, string program) in builds)
                {
                    Round measured = await RoundAsync(arguments with { Program = program }, Path.Combine(folder.FullName, name));
                    if (round > 0)
                    {
                        rounds[name].Add(measured);
                    }
                }
            }

            Console.WriteLine($"{rounds["release"].Count} rounds in turns, {Environment.ProcessorCount} cores, medians; MB are 10^6 bytes");
            Console.WriteLine($"{"",-44}{"ordinary",10}{"release",10}");
            Row("memory of both (PSS), MB", rounds, round => (round.Host.Proportional + round.Worker.Proportional) / 1e6);
            Row("  of the appliance", rounds, round => round.Host.Proportional / 1e6);
            Row("  of one warm worker", rounds, round => round.Worker.Proportional / 1e6);
            Row("  of both, without libav and what it loads", rounds, round => (round.Host.Proportional + round.Worker.Proportional - round.Host.Libraries - round.Worker.Libraries) / 1e6);
            Row("start to the first answer, ms", rounds, round => round.First.TotalMilliseconds);
            Row("  processor until then, ms", rounds, round => round.FirstCpu.TotalMilliseconds);
            Row("start to readiness (a worker is there), ms", rounds, round => round.Ready.TotalMilliseconds);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{"size of the folder, MB",-44}{Size(arguments.Program) / 1e6,10:F1}{Size(release) / 1e6,10:F1}"));
            Console.WriteLine("The ordinary build needs .NET beside it, which is not counted; the release has its own. libav is counted in neither size.");
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
        await box.AnswersAsync();
        TimeSpan first = Stopwatch.GetElapsedTime(started);
        TimeSpan cpu = box.Cpu;
        await box.ReadyAsync();
        TimeSpan ready = Stopwatch.GetElapsedTime(started);
        await box.PlayableAsync(data);
        await box.IdleAsync();
        await Task.Delay(Settling);
        IReadOnlyList<int> workers = await box.WorkersAsync();
        return new(ProcessMemory.Of(box.ProcessId), ProcessMemory.Of(workers[0]), first, cpu, ready);
    }

    /// <summary>Without what debuggers read, and without what making a release leaves in the ordinary build's folder.</summary>
    private static long Size(string program) => new DirectoryInfo(Path.GetDirectoryName(program)!).EnumerateFiles("*", SearchOption.AllDirectories)
        .Where(file => file.Extension != ".pdb" && !file.FullName.Contains("/linux-x64/", StringComparison.Ordinal)).Sum(file => file.Length);

    private static void Row(string what, Dictionary<string, List<Round>> rounds, Func<Round, double> figure) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what,-44}{Medians.Of(rounds["ordinary"].Select(figure)),10:F0}{Medians.Of(rounds["release"].Select(figure)),10:F0}"));

    private sealed record Round(ProcessMemory Host, ProcessMemory Worker, TimeSpan First, TimeSpan FirstCpu, TimeSpan Ready);
}
