using System.Globalization;
using System.Text.RegularExpressions;
using Transcode.Engine.Recipes;

namespace Appliance.Bench;

/// <summary>How near a rung is to its source, scaled to the rung's size by the same filter: ffmpeg's psnr and ssim, picture by
/// picture in order, of brightness.</summary>
/// <param name="Psnr">In dB.</param>
/// <param name="Ssim">At most 1.</param>
/// <param name="Bytes">Of the file.</param>
internal sealed partial record Likeness(double Psnr, double Ssim, long Bytes)
{
    /// <summary>As a distance from perfect, on a scale like PSNR's.</summary>
    public double SsimDecibels => -10 * Math.Log10(1 - Ssim);

    public static Likeness Of(double psnr, double ssimDecibels, long bytes) => new(psnr, 1 - Math.Pow(10, -ssimDecibels / 10), bytes);

    public static async Task<Likeness> OfAsync(string file, string film, VideoRecipe recipe)
    {
        string graph = $"[1:v]scale={recipe.Width}:{recipe.Height}:flags=bicubic,setsar=1,format=yuv420p,settb=1/1000,setpts=N,split[r1][r2];"
            + "[0:v]settb=1/1000,setpts=N,split[a][b];[a][r1]psnr=shortest=1[p];[b][r2]ssim=shortest=1[s];[p]nullsink;[s]null";
        ToolRun run = await Tool.RunAsync("ffmpeg", ["-nostdin", "-hide_banner", "-i", file, "-i", film, "-filter_complex", graph, "-an", "-f", "null", "-"]);
        return run.ExitCode == 0 && PsnrY().Match(run.Errors) is { Success: true } psnr && SsimY().Match(run.Errors) is { Success: true } ssim
            ? new(Number(psnr), Number(ssim), new FileInfo(file).Length)
            : throw new BenchException($"The likeness of {file} cannot be measured: {run.Errors}");
    }

    private static double Number(Match match) => double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"PSNR y:([0-9.]+)")]
    private static partial Regex PsnrY();

    [GeneratedRegex(@"SSIM Y:([0-9.]+)")]
    private static partial Regex SsimY();
}
