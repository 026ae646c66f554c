using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Workers;

namespace Appliance.Bench;

/// <summary>What tuning pictures is worth: bytes at the quality that the untuned rung has, measured to the clean original, for
/// what the rule does by itself and for each kernel alone.</summary>
internal static class TuningBench
{
    private const int DefaultSegments = 2;

    private static readonly (string Name, PictureTuning? Tuning)[] Ways =
    [
        ("off", null),
        ("auto", PictureTuning.Auto),
        ("in time, 6", Alone(new(24, 0, 0, 0))),
        ("in time, 12", Alone(new(48, 0, 0, 0))),
        ("in space, 1.5", Alone(new(0, 15, 0, 0))),
        ("in space, 3", Alone(new(0, 30, 0, 0))),
        ("in space, 6", Alone(new(0, 60, 0, 0))),
        ("deband, 2", Alone(new(0, 0, 8, 0))),
        ("sharpen, 20", Alone(new(0, 0, 0, 20))),
    ];

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        LibAv.Load();
        AvUtil.av_log_set_level(AvUtil.AV_LOG_FATAL);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-bench-");
        try
        {
            foreach (TuningMaterial material in await TuningMaterial.MakeAsync(arguments.Film, folder.FullName))
            {
                await MeasureAsync(material, arguments.Rung, arguments.Count ?? DefaultSegments, arguments.RuleAlone ? Ways[..2] : Ways);
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(TuningMaterial material, string rung, int segments, (string Name, PictureTuning? Tuning)[] ways)
    {
        using SourceReader source = Open(material.Film, out SourceDescription description);
        using SourceReader clean = Open(material.Original, out SourceDescription original);
        VideoRecipe recipe = Ladder.For(description).Video.First(rendition => rendition.Name == rung).Recipe as VideoRecipe
            ?? throw new BenchException($"There is no rung {rung}.");
        recipe = recipe with { Tuning = null };
        TuningTrial[] trials = [.. ways.Select(way => new TuningTrial(way.Name, way.Tuning, recipe, description.Grid))];
        foreach (int index in RungPictures.Spread(description.Grid.SegmentCount, segments))
        {
            List<AvFrame> pictures = RungPictures.Shape(source, description, [recipe], index)[0];
            List<AvFrame> originals = RungPictures.Shape(clean, original, [recipe], index)[0];
            foreach (TuningTrial trial in trials)
            {
                await trial.AddAsync(pictures, originals);
            }

            pictures.ForEach(picture => picture.Dispose());
            originals.ForEach(picture => picture.Dispose());
        }

        Print(material, recipe, trials);
    }

    private static PictureTuning? Alone(TuningPlan plan) => PictureTuning.Of(plan);

    private static SourceReader Open(string film, out SourceDescription description)
    {
        SourceReader source = SourceReader.Open(new MemoryByteReader(File.ReadAllBytes(film)));
        description = FirstLook.Confirm(source, Prober.Describe(source));
        return source;
    }

    private static void Print(TuningMaterial material, VideoRecipe recipe, TuningTrial[] trials)
    {
        TuningTrial off = trials[0];
        Console.WriteLine($"\n{material.Name}, {recipe.Width}×{recipe.Height}");
        Console.WriteLine($"{"",-16}{"tuning, s",10}{"kbit/s",9}{"PSNR",8}{"SSIM dB",9}{"XPSNR",8}{"colour",8}   bytes at the best quality of \"off\", by {"PSNR",5}{"SSIM",7}{"XPSNR",7}{"colour",8}");
        foreach (TuningTrial trial in trials)
        {
            PictureQuality quality = trial.Own.Quality;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{trial.Name,-16}{trial.Cpu.TotalSeconds,10:F2}{trial.Own.BitsPerSecond / 1000,9:F0}{quality.Psnr,8:F2}{quality.Ssim,9:F2}{quality.Xpsnr,8:F2}{quality.ColourPsnr,8:F2}{"",38}{Share(trial, q => q.Psnr),10}{Share(trial, q => q.Ssim),7}{Share(trial, q => q.Xpsnr),7}{Share(trial, q => q.ColourPsnr),8}"));
        }

        foreach (string reason in trials[1].Decisions.SelectMany(decision => decision.Reasons).Distinct())
        {
            Console.WriteLine($"auto: {reason}");
        }

        string Share(TuningTrial trial, Func<PictureQuality, double> of)
        {
            double best = off.Best(of);
            return trial.RateAt(best, of) is { } rate ? (rate / off.RateAt(best, of)!.Value).ToString("0.000", CultureInfo.InvariantCulture) : "-";
        }
    }
}
