using System.Globalization;

namespace Appliance.Bench;

/// <summary>What the ladder costs as the source grows: a made film, small so that an hour of it can be measured, and the same
/// film joined to itself. What a longer film's index takes is held from the beginning on; what grows while it is made shows between the second
/// tenth of the time and the last.</summary>
internal static class LengthBench
{
    private const int MadeSeconds = 30;

    /// <summary>How often the made film is repeated: half a minute, five minutes, an hour.</summary>
    private static readonly int[] Repeats = [1, 10, 120];

    public static async Task<int> RunAsync(BenchArguments arguments)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-bench-");
        try
        {
            string film = await MakeAsync(folder.FullName);
            Console.WriteLine($"480×270 at 24 a second, 360p + 240p + sound, {Environment.ProcessorCount} cores, load before {Load.Now}");
            Console.WriteLine($"{"length, s",-12}{"wall, s",12}{"processor, s",14}{"processor a minute",20}{"memory, MiB: most",20}{"second tenth",14}{"last tenth",12}");
            foreach (int repeats in Repeats)
            {
                string longer = await RepeatAsync(film, repeats, folder.FullName);
                LadderCost cost = await new EngineLadder(arguments.Program, longer, folder.FullName, ladder => ladder.Renditions).RunAsync();
                double seconds = repeats * MadeSeconds;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{seconds,-12:F0}{cost.Wall.TotalSeconds,12:F1}{cost.Cpu.TotalSeconds,14:F1}{cost.Cpu.TotalSeconds * 60 / seconds,20:F2}{cost.PeakBytes / 1048576.0,20:F0}{cost.EarlyBytes / 1048576.0,14:F0}{cost.LateBytes / 1048576.0,12:F0}"));
            }

            Console.WriteLine($"load after {Load.Now}");
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> MakeAsync(string folder)
    {
        string path = Path.Combine(folder, "film.mp4");
        await RequireAsync(
        [
            "-f", "lavfi", "-i", "testsrc2=size=480x270:rate=24", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000", "-t", $"{MadeSeconds}",
            "-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-g", "48", "-c:a", "aac", path,
        ]);
        return path;
    }

    private static async Task<string> RepeatAsync(string film, int repeats, string folder)
    {
        string path = Path.Combine(folder, $"film-{repeats}.mp4");
        await RequireAsync(["-stream_loop", $"{repeats - 1}", "-i", film, "-c", "copy", path]);
        return path;
    }

    private static async Task RequireAsync(string[] arguments)
    {
        ToolRun run = await Tool.RunAsync("ffmpeg", ["-y", "-nostdin", "-loglevel", "error", .. arguments]);
        _ = run.ExitCode == 0 ? run : throw new BenchException($"No film could be made: {run.Errors}");
    }
}
