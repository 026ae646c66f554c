namespace Appliance.Bench;

/// <summary>Where no clip is at hand: one made by the ffmpeg program, with detail and motion all over, and sound.</summary>
internal static class Film
{
    private const int Seconds = 60;

    public static async Task<string> MakeAsync(string folder)
    {
        string path = Path.Combine(folder, "film.ts");
        ToolRun run = await Tool.RunAsync("ffmpeg",
        [
            "-nostdin", "-loglevel", "error",
            "-f", "lavfi", "-i", "mandelbrot=size=1920x1080:rate=24:end_scale=0.02",
            "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000",
            "-t", $"{Seconds}", "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-g", "48",
            "-c:a", "aac", "-ac", "2", path,
        ]);
        return run.ExitCode == 0 ? path : throw new BenchException($"No film could be made: {run.Errors}");
    }
}
