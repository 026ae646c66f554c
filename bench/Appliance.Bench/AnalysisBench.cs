using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Workers;

namespace Appliance.Bench;

/// <summary>One analysis for the whole ladder: x264's decisions about a small rung (frame types, macroblock tree), made in a
/// first pass, used for the larger rungs in a second one, beside each rung's own one pass. Segment by segment, as the
/// product encodes. Quality is compared at equal bytes, on the one pass's own curve of three qualities.</summary>
/// <remarks>x264 scales the first pass's figures by the ratio of the areas to the power 0.7; a target rate scaled alike makes
/// the second pass choose the very quantizers of the first. Its correction towards the target is switched off
/// (<c>ratetol</c>): a segment is too short for it. Adaptive placing of B-pictures is switched off (<c>b-adapt=0</c>): what
/// a small picture shows is not what a large one needs.</remarks>
internal static class AnalysisBench
{
    private const int DefaultSegments = 6;

    private static readonly int[] CurveOffsets = [-3, 0, 3];

    private static readonly string[] Sizes = ["480p", "360p"];

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        DirectoryInfo scratch = Directory.CreateTempSubdirectory("appliance-bench-");
        try
        {
            string film = arguments.Film.Length > 0 ? arguments.Film : await Film.MakeAsync(scratch.FullName);
            LibAv.Load();
            AvUtil.av_log_set_level(AvUtil.AV_LOG_FATAL);
            using SourceReader source = SourceReader.Open(new MemoryByteReader(await File.ReadAllBytesAsync(film)));
            SourceDescription description = FirstLook.Confirm(source, Prober.Describe(source));
            VideoRecipe[] rungs = [.. Ladder.For(description).Video.Select(rung => rung.Recipe).OfType<VideoRecipe>().Where(rung => rung.Encoder == "libx264")];
            string[] names = [.. Ladder.For(description).Video.Select(rung => rung.Name)];
            int[] segments = Spread(description.Grid.SegmentCount, arguments.Count ?? DefaultSegments);
            Console.WriteLine($"{Path.GetFileName(film)}, segments {string.Join(' ', segments)}");
            foreach (string size in Sizes.Where(size => Array.IndexOf(names, size) > 0))
            {
                int small = Array.IndexOf(names, size);
                await MeasureAsync(source, description, rungs, names, small, segments, scratch.FullName);
            }

            return 0;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(
        SourceReader source, SourceDescription description, VideoRecipe[] rungs, string[] names, int small, int[] segments, string scratch)
    {
        Grid grid = description.Grid;
        var first = new AnalysisTrial("first pass", rungs[small], grid, [new("pass", "1"), new("stats", Path.Combine(scratch, "analysis"))], ":b-adapt=0");
        AnalysisTrial[][] one = [.. rungs[..small].Select(rung => CurveOffsets.Select(offset => new AnalysisTrial(
            "one pass", rung with { ConstantRateFactor = rung.ConstantRateFactor + offset }, grid, [])).ToArray())];
        AnalysisTrial[][] two = [.. rungs[..small].Select(rung => new[]
        {
            Second("second pass", rung, grid, scratch, ""),
            Second("second pass, trellis=1", rung, grid, scratch, ":trellis=1"),
        })];
        foreach (int index in segments)
        {
            List<AvFrame>[] pictures = Shape(source, description, rungs[..(small + 1)], index);
            await first.EncodeAsync(pictures[small]);
            for (int i = 0; i < small; i++)
            {
                foreach (AnalysisTrial trial in one[i])
                {
                    await trial.EncodeAsync(pictures[i]);
                }

                double area = rungs[i].Width * (double)rungs[i].Height / (rungs[small].Width * (double)rungs[small].Height);
                double rate = first.LastBits / (pictures[i].Count / grid.FrameRate.ToDouble()) * Math.Pow(area, 0.7);
                foreach (AnalysisTrial trial in two[i])
                {
                    await trial.EncodeAsync(pictures[i], new KeyValuePair<string, string>("b", ((long)rate).ToString(CultureInfo.InvariantCulture)));
                }
            }

            foreach (AvFrame picture in pictures.SelectMany(rung => rung))
            {
                picture.Dispose();
            }
        }

        Console.WriteLine($"\nanalysis of {names[small]}: {first.Cpu.TotalSeconds:F2} s of processor for that rung itself");
        Console.WriteLine($"{"",-8}{"",-26}{"CPU",8}{"to one",8}{"kbit/s",9}{"PSNR",9}{"SSIM dB",9}{"at equal bytes: PSNR",22}{"SSIM",8}");
        for (int i = 0; i < small; i++)
        {
            Print(names[i], one[i], two[i]);
        }
    }

    private static AnalysisTrial Second(string name, VideoRecipe rung, Grid grid, string scratch, string x264) =>
        new(name, rung, grid, [new("pass", "2"), new("stats", Path.Combine(scratch, "analysis"))], ":b-adapt=0:ratetol=1000" + x264);

    private static void Print(string name, AnalysisTrial[] one, AnalysisTrial[] two)
    {
        AnalysisTrial own = one[1];
        var psnr = new RateCurve(one.Select(trial => (trial.BitsPerSecond, trial.Quality.Psnr)));
        var ssim = new RateCurve(one.Select(trial => (trial.BitsPerSecond, trial.Quality.Ssim)));
        foreach (AnalysisTrial trial in two.Prepend(own))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-8}{trial.Name,-26}{trial.Cpu.TotalSeconds,7:F2}s{trial.Cpu / own.Cpu,8:F2}{trial.BitsPerSecond / 1000,9:F0}{trial.Quality.Psnr,9:F2}{trial.Quality.Ssim,9:F2}{trial.Quality.Psnr - psnr.At(trial.BitsPerSecond),+22:+0.00;-0.00;0.00}{trial.Quality.Ssim - ssim.At(trial.BitsPerSecond),8:+0.00;-0.00;0.00}"));
        }
    }

    /// <summary>The segment's pictures in every rung's size.</summary>
    internal static List<AvFrame>[] Shape(SourceReader source, SourceDescription description, VideoRecipe[] rungs, int index)
    {
        long firstFrame = description.Grid.FirstFrame(index);
        using var reader = new PictureReader(source, description, firstFrame, description.Video!.Deinterlacer);
        PictureShaper[] shapers = [.. rungs.Select(rung => PictureShaper.For(description.Video!, rung))];
        List<AvFrame>[] shaped = [.. rungs.Select(_ => new List<AvFrame>())];
        for (int i = 0; i < description.Grid.FramesIn(index); i++)
        {
            AvFrame picture = reader.PictureAt(firstFrame + i);
            for (int rung = 0; rung < rungs.Length; rung++)
            {
                var output = new AvFrame();
                shapers[rung].Shape(picture, output);
                output.Pts = i;
                output.PictureType = 0;
                shaped[rung].Add(output);
            }
        }

        foreach (PictureShaper shaper in shapers)
        {
            shaper.Dispose();
        }

        return shaped;
    }

    /// <summary>So many of the segments, evenly spread; the last, which may be short, is left out.</summary>
    internal static int[] Spread(int count, int wanted)
    {
        int whole = Math.Max(1, count - 1);
        int taken = Math.Min(whole, wanted);
        return [.. Enumerable.Range(0, taken).Select(i => (int)((i + 0.5) * whole / taken))];
    }
}
