using System.Globalization;
using Transcode.Engine.Recipes;

namespace Appliance.Bench;

/// <summary>How far the ladder is from its arithmetic, spread over the cores without loss; scaling, moving, writing and starting
/// all for nothing. The arithmetic is done alone, which is the limit, and with every core at it, which is what cores that share
/// caches, memory and clock can do.</summary>
internal static class FloorBench
{
    private const int DefaultRounds = 3;

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-bench-");
        try
        {
            string film = arguments.Film.Length > 0 ? arguments.Film : await Film.MakeAsync(folder.FullName);
            var engine = new EngineLadder(arguments.Program, film, folder.FullName, LadderBench.Rungs);
            Console.WriteLine($"{Path.GetFileName(film)}, {Environment.ProcessorCount} cores, load before {Load.Now}");
            await engine.RunAsync();
            VideoRecipe[] rungs = [.. engine.Renditions.Select(rendition => rendition.Recipe).OfType<VideoRecipe>()];
            var rounds = new List<Round>();
            while (rounds.Count < (arguments.Count ?? DefaultRounds))
            {
                rounds.Add(new(
                    await engine.RunAsync(),
                    await LadderArithmetic.MeasureAsync(film, rungs, 1),
                    await LadderArithmetic.MeasureAsync(film, rungs, Environment.ProcessorCount)));
            }

            Print(rounds, [.. engine.Renditions.Select(rendition => rendition.Name)]);
            Console.WriteLine($"load after {Load.Now}");
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Print(List<Round> rounds, string[] names)
    {
        string cores = $"{Environment.ProcessorCount} cores";
        Console.WriteLine($"\nmedians of {rounds.Count} rounds, in s{"alone",27}{"  every core at it"}");
        Row("decoding", round => round.Decoding.TotalSeconds);
        for (int i = 0; i < rounds[0].Alone.Encoding.Length; i++)
        {
            int rung = i;
            Row($"encoding {names[i]}", round => round.Encoding[rung].TotalSeconds);
        }

        Row($"their sum over {cores}", Floor);
        Console.WriteLine();
        Console.WriteLine(Line($"the whole ladder, processor over {cores}", Median(Processor)));
        Console.WriteLine(Line("the whole ladder, wall", Median(round => round.Cost.Wall.TotalSeconds)));
        Compare("wall to floor", round => round.Cost.Wall.TotalSeconds);
        Compare("processor to floor", Processor);

        double Median(Func<Round, double> value) => Medians.Of(rounds.Select(value));
        void Row(string what, Func<LadderArithmetic, double> value) =>
            Console.WriteLine(Line(what, Median(round => value(round.Alone)), Median(round => value(round.Crowded))));
        void Compare(string what, Func<Round, double> value) =>
            Console.WriteLine(Line(what, Median(round => value(round) / Floor(round.Alone)), Median(round => value(round) / Floor(round.Crowded))));
    }

    private static double Processor(Round round) => round.Cost.Cpu.TotalSeconds / Environment.ProcessorCount;

    private static double Floor(LadderArithmetic arithmetic) => arithmetic.Sum.TotalSeconds / Environment.ProcessorCount;

    private static string Line(string what, params double[] values) =>
        $"{what,-42}{string.Concat(values.Select(value => value.ToString("F2", CultureInfo.InvariantCulture).PadLeft(9)))}";

    private sealed record Round(LadderCost Cost, LadderArithmetic Alone, LadderArithmetic Crowded);
}
