using System.Collections.Concurrent;
using System.Globalization;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Verification;
using Transcode.Engine.Workers;

namespace Appliance.Bench;

/// <summary>How often the verifier is wrong: honest renditions by other encoder classes that it rejects, and cheats that it lets pass.</summary>
internal static class VerifyBench
{
    private const int DefaultRenditions = 500;

    /// <summary>Kinds of cheat that are tried on one segment; the honest ones are all.</summary>
    private const int CheatsAScene = 9;

    /// <param name="arguments">As they were given.</param>
    /// <param name="forRule">Whether on what thresholds are chosen on; the figures are then printed too.</param>
    public static async Task<int> RunAsync(BenchArguments arguments, bool forRule)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-bench-");
        try
        {
            using var bench = new Workbench();
            Console.WriteLine($"{Environment.ProcessorCount} cores, load before {Load.Now}");
            List<VerifyMaterial> films = await VerifyMaterial.MakeAsync(arguments.Media, folder.FullName, forRule);
            List<VerifyTrial> trials = Run(films, bench.Identity, arguments.Count ?? DefaultRenditions, arguments.Seed);
            Print(trials);
            if (forRule)
            {
                PrintFigures(trials);
            }

            Console.WriteLine($"load after {Load.Now}");
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<VerifyTrial> Run(List<VerifyMaterial> films, EngineIdentity engine, int least, int seed)
    {
        var random = new Random(seed);
        (VerifyMaterial Film, VerifyMaterial Other, Rendition Rung, int Index)[] places =
        [
            .. films.SelectMany((film, i) => film.Rungs.SelectMany(rung => Enumerable.Range(0, film.Grid.SegmentCount).Select(index => (film, films[(i + 1) % films.Count], rung, index)))),
        ];
        random.Shuffle(places);
        var trials = new ConcurrentQueue<VerifyTrial>();
        int made = 0;
        Parallel.For(0, places.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (number, state) =>
        {
            if (Enough())
            {
                state.Stop();
                return;
            }

            (VerifyMaterial film, VerifyMaterial other, Rendition rung, int index) = places[number];
            using var scene = new VerifyScene(film, other, rung, index, engine);
            foreach (VerifyWay way in VerifyWay.Honest(scene.Recipe).Concat(Some(VerifyWay.Cheats(scene.Recipe), CheatsAScene, number)))
            {
                if (VerifyTrial.Run(scene, way, engine, Interlocked.Increment(ref made) + (seed << 20)) is { } trial)
                {
                    trials.Enqueue(trial);
                }
            }
        });
        return [.. trials];

        bool Enough() => trials.Count(trial => trial.Way.IsHonest) >= least && trials.Count(trial => !trial.Way.IsHonest) >= least;
    }

    /// <summary>Each in its turn, from one place to the next.</summary>
    private static IEnumerable<VerifyWay> Some(IReadOnlyList<VerifyWay> ways, int count, int number) =>
        Enumerable.Range(0, Math.Min(count, ways.Count)).Select(i => ways[((number * count) + i) % ways.Count]);

    private static void Print(List<VerifyTrial> trials)
    {
        string[] encoders = ["libx264", "libx265", "libsvtav1"];
        foreach (bool isHonest in new[] { true, false })
        {
            Console.WriteLine($"\n{(isHonest ? "honest, rejected of all" : "cheats, let pass of all"),-42}{string.Concat(encoders.Select(encoder => $"{encoder,12}"))}{"together",12}  {(isHonest ? "" : "no worse  ")}decided by");
            VerifyTrial[] kind = [.. trials.Where(trial => trial.Way.IsHonest == isHonest)];
            foreach (IGrouping<string, VerifyTrial> way in kind.GroupBy(trial => trial.Way.Name).OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                Row(way.Key, [.. way], encoders, isHonest);
            }

            Row("all", kind, encoders, isHonest);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"wrong {100.0 * kind.Count(trial => trial.IsWrong) / kind.Length:F2} %"));
        }

        foreach (VerifyTrial trial in trials.Where(trial => trial.Way.IsHonest && trial.IsWrong))
        {
            Console.WriteLine($"{trial.Scene}, {trial.Way.Name}: {trial.Verdict.Kind}, {trial.Verdict.Reason}");
        }
    }

    private static void Row(string name, VerifyTrial[] trials, string[] encoders, bool isHonest)
    {
        string checks = string.Join(", ", trials.GroupBy(trial => trial.Verdict.Check).Where(group => group.Key is not null)
            .OrderByDescending(group => group.Count()).Select(group => $"{group.Key} {group.Count()}"));
        string harmless = isHonest ? "" : $"{trials.Count(trial => trial.IsWrong && trial.IsHarmless),-10}";
        Console.WriteLine($"{name,-42}{string.Concat(encoders.Select(encoder => Cell([.. trials.Where(trial => trial.Encoder == encoder)])))}{Cell(trials)}  {harmless}{checks}");
    }

    private static string Cell(VerifyTrial[] trials) => $"{$"{trials.Count(trial => trial.IsWrong)}/{trials.Length}",12}";

    /// <summary>Of each figure that a threshold is for, what the worst drawn picture of honest renditions has, and of cheats.</summary>
    private static void PrintFigures(List<VerifyTrial> trials)
    {
        (string Name, Func<FrameFigures, double> Of)[] figures =
        [
            ("misplacement", f => f.Misplacement), ("stillness", f => f.Stillness), ("loss", f => f.Loss),
            ("structure", f => f.StructureLoss), ("color", f => f.ColorLoss), ("part", f => f.PartLoss),
        ];
        Console.WriteLine($"\n{"worst drawn picture, dB",-42}{string.Concat(figures.Select(figure => $"{figure.Name + " 50/95/max",28}"))}");
        foreach (IGrouping<(bool, string, string), VerifyTrial> way in trials.Where(trial => trial.Verdict.Frames.Count > 0)
            .GroupBy(trial => (!trial.Way.IsHonest, trial.Way.Name, trial.Encoder)).OrderBy(group => group.Key))
        {
            Console.WriteLine($"{way.Key.Item2 + ", " + way.Key.Item3,-42}{string.Concat(figures.Select(figure => Spread([.. way.Select(trial => trial.Verdict.Frames.Max(figure.Of)).Order()])))}");
        }
    }

    private static string Spread(double[] sorted) => string.Create(
        CultureInfo.InvariantCulture, $"{sorted[sorted.Length / 2],14:F1}{sorted[sorted.Length * 95 / 100],7:F1}{sorted[^1],7:F1}");
}
