using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tuning.Lookahead;
using Transcode.Engine.Workers;

namespace Appliance.Bench;

/// <summary>Our lookahead, shared by rungs, beside x264's own in each: processor time, and quality at equal bytes on the curve of
/// three qualities that x264 makes with its own. Segment by segment, as the product encodes.</summary>
internal static class LookaheadBench
{
    private const int DefaultSegments = 3;

    /// <summary>A rung of more shows a film's grain.</summary>
    private const int LargePixels = 640_000;

    private static readonly int[] CurveOffsets = [-3, 0, 3];

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        LibAv.Load();
        AvUtil.av_log_set_level(AvUtil.AV_LOG_FATAL);
        using SourceReader source = SourceReader.Open(new MemoryByteReader(await File.ReadAllBytesAsync(arguments.Film)));
        SourceDescription description = FirstLook.Confirm(source, Prober.Describe(source));
        Rendition[] rungs = [.. Ladder.For(description).Video.Where(rung => rung.Recipe is VideoRecipe { Encoder: "libx264" })];
        VideoRecipe[] recipes = [.. rungs.Select(rung => Looking((VideoRecipe)rung.Recipe))];
        int[] segments = RungPictures.Spread(description.Grid.SegmentCount, arguments.Count ?? DefaultSegments);
        EncodingTrial[][] curves = [.. recipes.Select(recipe => CurveOffsets.Select(offset => new EncodingTrial(
            "x264's", recipe with { Lookahead = null, ConstantRateFactor = recipe.ConstantRateFactor + offset }, description.Grid, [])).ToArray())];
        EncodingTrial[] ours = [.. recipes.Select(recipe => new EncodingTrial("ours", recipe, description.Grid, []))];
        var looking = new Dictionary<string, TimeSpan>();
        foreach (int index in segments)
        {
            List<AvFrame>[] pictures = RungPictures.Shape(source, description, recipes, index);
            foreach (IGrouping<string, VideoRecipe> alike in recipes.GroupBy(recipe => recipe.Lookahead!))
            {
                TimeSpan before = Environment.CpuUsage.TotalTime;
                IReadOnlyList<PicturePlan> plans = Plans(description, alike.First(), pictures[0]);
                looking[alike.Key] = looking.GetValueOrDefault(alike.Key) + Environment.CpuUsage.TotalTime - before;
                foreach (VideoRecipe recipe in alike)
                {
                    int rung = Array.IndexOf(recipes, recipe);
                    foreach (EncodingTrial trial in curves[rung])
                    {
                        await trial.EncodeAsync(pictures[rung]);
                    }

                    Tell(plans, recipe, pictures[rung]);
                    await ours[rung].EncodeAsync(pictures[rung]);
                }
            }

            foreach (AvFrame picture in pictures.SelectMany(rung => rung))
            {
                picture.Dispose();
            }
        }

        Console.WriteLine($"{Path.GetFileName(arguments.Film)}, segments {string.Join(' ', segments)}; load {Load.Now}");
        foreach ((string name, TimeSpan taken) in looking)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"looking, {name}: {taken.TotalSeconds:F2} s"));
        }

        Console.WriteLine($"{"",-8}{"lookahead",-12}{"CPU",8}{"to x264's",11}{"kbit/s",9}{"PSNR",9}{"SSIM dB",9}{"at equal bytes: PSNR",22}{"SSIM",8}");
        for (int i = 0; i < rungs.Length; i++)
        {
            Print(rungs[i].Name, curves[i], ours[i]);
        }

        return 0;
    }

    /// <summary>As the ladder's rung, but with our lookahead. Without its own, x264 gives the first picture half of what is in the buffer
    /// model: it starts full, at a tenth less rate, for both. Two seconds take no more so.</summary>
    private static VideoRecipe Looking(VideoRecipe recipe) => recipe with
    {
        Lookahead = recipe.Width * recipe.Height > LargePixels ? VideoRecipe.LargeLookahead : VideoRecipe.SmallLookahead,
        MaxRateBitsPerSecond = recipe.MaxRateBitsPerSecond * 9 / 10,
        BufferBits = recipe.BufferBits * 9 / 10,
        BufferInitialPercent = 100,
    };

    /// <summary>As <see cref="VideoSegment"/> finds them. The largest rung's pictures stand for the source's.</summary>
    private static List<PicturePlan> Plans(SourceDescription description, VideoRecipe recipe, List<AvFrame> pictures)
    {
        using var plans = new PicturePlans(description, recipe, pictures.Count);
        pictures.ForEach(plans.Add);
        return [.. plans.Known];
    }

    private static void Tell(IReadOnlyList<PicturePlan> plans, VideoRecipe recipe, List<AvFrame> pictures)
    {
        var map = new QuantizerMap(recipe.Width, recipe.Height);
        for (int i = 0; i < pictures.Count; i++)
        {
            map.Apply(plans[i], pictures[i]);
        }
    }

    private static void Print(string name, EncodingTrial[] curve, EncodingTrial ours)
    {
        EncodingTrial own = curve[1];
        var psnr = new RateCurve(curve.Select(trial => (trial.BitsPerSecond, trial.Quality.Psnr)));
        var ssim = new RateCurve(curve.Select(trial => (trial.BitsPerSecond, trial.Quality.Ssim)));
        foreach (EncodingTrial trial in new[] { own, ours })
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-8}{trial.Name,-12}{trial.Cpu.TotalSeconds,7:F2}s{trial.Cpu / own.Cpu,11:F2}{trial.BitsPerSecond / 1000,9:F0}{trial.Quality.Psnr,9:F2}{trial.Quality.Ssim,9:F2}{trial.Quality.Psnr - psnr.At(trial.BitsPerSecond),22:+0.00;-0.00;0.00}{trial.Quality.Ssim - ssim.At(trial.BitsPerSecond),8:+0.00;-0.00;0.00}"));
        }
    }
}
