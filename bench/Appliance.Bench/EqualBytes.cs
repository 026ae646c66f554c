using System.Globalization;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Appliance.Bench;

/// <summary>What ffmpeg's ladder reaches with the very bytes that ours took: it is made again at neighbouring qualities, and what
/// lies between is interpolated. Nothing of it is timed.</summary>
internal static class EqualBytes
{
    /// <param name="curves">Each with the run at the recipe's own quality; the others are added.</param>
    /// <param name="film">The source.</param>
    /// <param name="folder">For what is made.</param>
    /// <param name="source">As probed.</param>
    public static async Task MeasureAsync(IReadOnlyList<FfmpegCurve> curves, string film, string folder, SourceDescription source)
    {
        while (curves.SelectMany(curve => curve.Wanted, (curve, step) => (Curve: curve, Step: step)).ToLookup(pair => pair.Step, pair => pair.Curve)
            is { Count: > 0 } wanted)
        {
            foreach (IGrouping<int, FfmpegCurve> again in wanted)
            {
                await MakeAsync(again.Key, [.. again], film, folder, source);
            }
        }
    }

    public static void Print(IReadOnlyList<FfmpegCurve> curves)
    {
        Console.WriteLine("\nAt equal bytes. ffmpeg's figures are interpolated: at our bytes, on the parabola over the logarithm of the bytes");
        Console.WriteLine("through its three runs of the nearest bytes. Its runs differ in crf only, and stand behind, each with its bytes to ours.");
        Console.WriteLine($"{"rung",-8}{"PSNR Y",9}{"ffmpeg",9}{"more",8}{"SSIM Y, dB",13}{"ffmpeg",9}{"more",8}   ffmpeg's runs: crf, bytes to ours, PSNR Y, SSIM Y in dB");
        foreach (FfmpegCurve curve in curves)
        {
            Likeness ours = curve.Ours;
            string its = curve.AtOurBytes is { } at
                ? string.Create(CultureInfo.InvariantCulture,
                    $"{ours.Psnr,9:F2}{at.Psnr,9:F2}{ours.Psnr - at.Psnr,8:+0.00;-0.00;0.00}{ours.SsimDecibels,13:F2}{at.SsimDecibels,9:F2}{ours.SsimDecibels - at.SsimDecibels,8:+0.00;-0.00;0.00}")
                : string.Create(CultureInfo.InvariantCulture, $"{ours.Psnr,9:F2}{"none",9}{"",8}{ours.SsimDecibels,13:F2}{"none",9}{"",8}");
            int crf = ((VideoRecipe)curve.Rendition.Recipe).ConstantRateFactor;
            string runs = string.Join("; ", curve.Runs.OrderBy(run => run.Key).Select(run => string.Create(CultureInfo.InvariantCulture,
                $"{crf + run.Key} {run.Value.Bytes / (double)ours.Bytes:F3} {run.Value.Psnr:F2} {run.Value.SsimDecibels:F2}")));
            Console.WriteLine($"{curve.Rendition.Name,-8}{its}   {runs}");
        }

        if (curves.Any(curve => curve.AtOurBytes is null))
        {
            Console.WriteLine("none: no crf tried gave ffmpeg as many bytes as ours, or as few; where its bytes hardly change with crf, the rate cap holds them.");
        }
    }

    private static async Task MakeAsync(int step, FfmpegCurve[] curves, string film, string folder, SourceDescription source)
    {
        Rendition[] changed = [.. curves.Select(curve => curve.Rendition with { Recipe = Changed((VideoRecipe)curve.Rendition.Recipe, step) })];
        IReadOnlyList<string> files = (await FfmpegLadder.RunAsync(film, folder, source, changed)).Files;
        for (int i = 0; i < curves.Length; i++)
        {
            curves[i].Add(step, await Likeness.OfAsync(files[i], film, (VideoRecipe)changed[i].Recipe));
        }
    }

    private static VideoRecipe Changed(VideoRecipe recipe, int step) => recipe with { ConstantRateFactor = recipe.ConstantRateFactor + step };
}
