using System.Globalization;
using Transcode.Engine.Recipes;

namespace Appliance.Bench;

/// <summary>Whole ladders beside one ffmpeg process that makes the same, in alternating pairs.</summary>
internal static class LadderBench
{
    private const int DefaultPairs = 3;

    /// <summary>The ladder that is compared: 1080p to 360p, and the first sound.</summary>
    public static IEnumerable<Rendition> Rungs(Ladder ladder) =>
        ladder.Video.Where(rendition => rendition.Name is "1080p" or "720p" or "480p" or "360p").Concat(ladder.Audio.Take(1));

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-bench-");
        try
        {
            string film = arguments.Film.Length > 0 ? arguments.Film : await Film.MakeAsync(folder.FullName);
            int count = arguments.Count ?? DefaultPairs;
            var engine = new EngineLadder(arguments.Program, film, folder.FullName, Rungs);
            var untuned = new EngineLadder(arguments.Program, film, folder.FullName, Rungs) { Tuning = null };
            var rounds = new List<(LadderCost Engine, LadderCost Untuned, LadderCost Ffmpeg)>();
            Console.WriteLine($"{Path.GetFileName(film)}, {Environment.ProcessorCount} cores, load before {Load.Now}");
            // What is looked at first is what both then find in the kernel's cache; it is not counted.
            await engine.RunAsync();
            while (rounds.Count < count)
            {
                LadderCost without = await untuned.RunAsync();
                (LadderCost own, LadderCost ffmpeg) = await PairAsync(engine, film, folder.FullName, ffmpegFirst: rounds.Count % 2 == 1);
                rounds.Add((own, without, ffmpeg));
            }

            Print(rounds);
            List<FfmpegCurve> curves = await PrintLikenessAsync(engine.Renditions, rounds[^1].Engine.Files, rounds[^1].Ffmpeg.Files, film);
            await EqualBytes.MeasureAsync(curves, film, folder.FullName, engine.Source);
            EqualBytes.Print(curves);
            Console.WriteLine($"load after {Load.Now}");
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(LadderCost Engine, LadderCost Ffmpeg)> PairAsync(EngineLadder engine, string film, string folder, bool ffmpegFirst)
    {
        LadderCost? ffmpeg = ffmpegFirst ? await FfmpegLadder.RunAsync(film, folder, engine.Source, engine.Renditions) : null;
        LadderCost own = await engine.RunAsync();
        return (own, ffmpeg ?? await FfmpegLadder.RunAsync(film, folder, engine.Source, engine.Renditions));
    }

    private static void Print(List<(LadderCost Engine, LadderCost Untuned, LadderCost Ffmpeg)> rounds)
    {
        Console.WriteLine($"\n{$"medians of {rounds.Count} rounds",-26}{"appliance",12}{"untuned",12}{"ffmpeg",12}{"ratio in a round",18}{"untuned",12}");
        Row("wall, s", cost => cost.Wall.TotalSeconds);
        Row("user + system, s", cost => cost.Cpu.TotalSeconds);
        Row("peak memory, MiB", cost => cost.PeakBytes / 1048576.0);

        void Row(string what, Func<LadderCost, double> value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what,-26}{Medians.Of(rounds.Select(p => value(p.Engine))),12:F1}{Medians.Of(rounds.Select(p => value(p.Untuned))),12:F1}{Medians.Of(rounds.Select(p => value(p.Ffmpeg))),12:F1}{Medians.Of(rounds.Select(p => value(p.Engine) / value(p.Ffmpeg))),18:F2}{Medians.Of(rounds.Select(p => value(p.Untuned) / value(p.Ffmpeg))),12:F2}"));
    }

    /// <returns>The rungs of pictures, each with what was printed.</returns>
    private static async Task<List<FfmpegCurve>> PrintLikenessAsync(IReadOnlyList<Rendition> renditions, IReadOnlyList<string> own, IReadOnlyList<string> theirs, string film)
    {
        var curves = new List<FfmpegCurve>();
        Console.WriteLine($"\n{"rung",-8}{"PSNR Y",9}{"ffmpeg",9}{"SSIM Y",10}{"ffmpeg",10}{"bytes",12}{"ffmpeg",12}{"ratio",8}");
        for (int i = 0; i < renditions.Count; i++)
        {
            if (renditions[i].Recipe is not VideoRecipe recipe)
            {
                continue;
            }

            Likeness mine = await Likeness.OfAsync(own[i], film, recipe);
            Likeness its = await Likeness.OfAsync(theirs[i], film, recipe);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{renditions[i].Name,-8}{mine.Psnr,9:F2}{its.Psnr,9:F2}{mine.Ssim,10:F5}{its.Ssim,10:F5}{mine.Bytes,12}{its.Bytes,12}{mine.Bytes / (double)its.Bytes,8:F3}"));
            var curve = new FfmpegCurve(renditions[i], mine);
            curve.Add(0, its);
            curves.Add(curve);
        }

        return curves;
    }
}
