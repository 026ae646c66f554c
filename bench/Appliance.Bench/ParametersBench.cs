using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Workers;

namespace Appliance.Bench;

/// <summary>What the recipes tell x264 beyond its preset, beside the preset alone and other things that could be told it:
/// processor time, and quality at equal bytes on the preset's own curve. Segment by segment, as the product encodes.</summary>
internal static class ParametersBench
{
    private const int DefaultSegments = 3;

    private static readonly int[] CurveOffsets = [-3, 0, 3];

    /// <summary>Tried, and not taken: cheaper ones lose too much, free ones too much on some film.</summary>
    private static readonly string[] Others =
        ["aq-mode=2", "qcomp=0.5", "subme=1", "partitions=none", "me=dia", "bframes=0", "bframes=1", "bframes=2", "b-adapt=0", "b-adapt=2", "trellis=1", "rc-lookahead=20"];

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        LibAv.Load();
        AvUtil.av_log_set_level(AvUtil.AV_LOG_FATAL);
        using SourceReader source = SourceReader.Open(new MemoryByteReader(await File.ReadAllBytesAsync(arguments.Film)));
        SourceDescription description = FirstLook.Confirm(source, Prober.Describe(source));
        VideoRecipe rung = Ladder.For(description).Video.Select(rendition => rendition.Recipe).OfType<VideoRecipe>().First();
        int[] segments = RungPictures.Spread(description.Grid.SegmentCount, arguments.Count ?? DefaultSegments);
        VideoRecipe plain = rung with { EncoderParameters = null };
        EncodingTrial[] curve =
            [.. CurveOffsets.Select(offset => new EncodingTrial("preset", plain with { ConstantRateFactor = plain.ConstantRateFactor + offset }, description.Grid, []))];
        EncodingTrial[] tuned =
            [.. Others.Prepend(rung.EncoderParameters!).Select(tuning => new EncodingTrial(tuning, plain with { EncoderParameters = tuning }, description.Grid, []))];
        foreach (int index in segments)
        {
            List<AvFrame> pictures = RungPictures.Shape(source, description, [rung], index)[0];
            foreach (EncodingTrial trial in curve.Concat(tuned))
            {
                await trial.EncodeAsync(pictures);
            }

            pictures.ForEach(picture => picture.Dispose());
        }

        Console.WriteLine($"{Path.GetFileName(arguments.Film)}, {rung.Width}x{rung.Height}, segments {string.Join(' ', segments)}; load {Load.Now}");
        Print(curve, tuned);
        return 0;
    }

    private static void Print(EncodingTrial[] curve, EncodingTrial[] tuned)
    {
        EncodingTrial plain = curve[1];
        var psnr = new RateCurve(curve.Select(trial => (trial.BitsPerSecond, trial.Quality.Psnr)));
        var ssim = new RateCurve(curve.Select(trial => (trial.BitsPerSecond, trial.Quality.Ssim)));
        Console.WriteLine($"{"",-28}{"CPU",8}{"to preset",11}{"kbit/s",9}{"PSNR",9}{"SSIM dB",9}{"at equal bytes: PSNR",22}{"SSIM",8}");
        foreach (EncodingTrial trial in tuned.Prepend(plain))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{trial.Name,-28}{trial.Cpu.TotalSeconds,7:F2}s{trial.Cpu / plain.Cpu,11:F2}{trial.BitsPerSecond / 1000,9:F0}{trial.Quality.Psnr,9:F2}{trial.Quality.Ssim,9:F2}{trial.Quality.Psnr - psnr.At(trial.BitsPerSecond),22:+0.00;-0.00;0.00}{trial.Quality.Ssim - ssim.At(trial.BitsPerSecond),8:+0.00;-0.00;0.00}"));
        }
    }
}
