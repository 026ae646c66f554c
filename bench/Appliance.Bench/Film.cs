using Transcode.Engine.Interop.LibAv;

namespace Appliance.Bench;

/// <summary>Where no clip is at hand: one made by the ffmpeg program, with detail and motion all over, and sound.</summary>
internal static class Film
{
    private const int Seconds = 60;

    /// <summary>Has something measured on the film that is named, or else on one made for it.</summary>
    /// <param name="arguments">As they were given.</param>
    /// <param name="measure">By the film's name, with its bytes.</param>
    public static async Task<int> MeasureAsync(BenchArguments arguments, Action<string, byte[]> measure)
    {
        DirectoryInfo scratch = Directory.CreateTempSubdirectory("appliance-bench-");
        try
        {
            string film = arguments.Film.Length > 0 ? arguments.Film : await MakeAsync(scratch.FullName);
            LibAv.Load();
            AvUtil.av_log_set_level(AvUtil.AV_LOG_FATAL);
            measure(Path.GetFileName(film), await File.ReadAllBytesAsync(film));
            Console.WriteLine($"load after {Load.Now}");
            return 0;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

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
