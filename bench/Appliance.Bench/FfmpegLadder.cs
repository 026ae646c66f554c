using System.Diagnostics;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments.Codecs;

namespace Appliance.Bench;

/// <summary>The same ladder by one ffmpeg process: one decode, split, a scaler and an encoder a rung, with the very options
/// the recipes give to libx264 and an IDR at every segment's start. Its threads are its own choice.</summary>
internal static class FfmpegLadder
{
    public static async Task<LadderCost> RunAsync(string film, string folder, SourceDescription source, IReadOnlyList<Rendition> renditions)
    {
        string[] files = [.. renditions.Select(rendition => Path.Combine(folder, $"ffmpeg-{rendition.Name}.mp4"))];
        List<string> arguments = Arguments(film, source, renditions, files);
        TimeSpan cpuBefore = ProcessTime.OfEndedChildren();
        long started = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardError = true })!;
        string errors;
        HeldMemory held;
        await using (held = new HeldMemory(() => [process.Id]))
        {
            errors = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
        }

        TimeSpan wall = Stopwatch.GetElapsedTime(started);
        return process.ExitCode == 0
            ? new(wall, ProcessTime.OfEndedChildren() - cpuBefore, held.MostBytes, held.InTenth(1), held.InTenth(9), files)
            : throw new BenchException($"ffmpeg ended with status {process.ExitCode}: {errors.Trim()}");
    }

    private static List<string> Arguments(string film, SourceDescription source, IReadOnlyList<Rendition> renditions, string[] files)
    {
        (VideoRecipe Recipe, string File)[] rungs = [.. renditions.Zip(files).Where(pair => pair.First.Recipe is VideoRecipe).Select(pair => ((VideoRecipe)pair.First.Recipe, pair.Second))];
        string split = $"[0:{source.Video!.StreamIndex}]split={rungs.Length}{string.Concat(rungs.Select((_, i) => $"[s{i}]"))}";
        IEnumerable<string> scales = rungs.Select((rung, i) => $"[s{i}]scale={rung.Recipe.Width}:{rung.Recipe.Height}:flags=bicubic,setsar=1,format=yuv420p[v{i}]");
        List<string> arguments = ["-y", "-nostdin", "-loglevel", "error", "-i", film, "-filter_complex", string.Join(';', [split, .. scales])];
        for (int i = 0; i < rungs.Length; i++)
        {
            VideoRecipe recipe = rungs[i].Recipe;
            arguments.AddRange(["-map", $"[v{i}]", "-r", recipe.FrameRate.ToString(), "-c:v", recipe.Encoder]);
            foreach ((string name, string value) in VideoCodec.Of(recipe).Options(recipe, source.Grid.SegmentFrames).Where(option => option.Key != "threads"))
            {
                arguments.AddRange([$"-{name}:v", value]);
            }

            arguments.AddRange(["-force_key_frames", $"expr:eq(mod(n,{source.Grid.SegmentFrames}),0)", rungs[i].File]);
        }

        foreach ((Rendition rendition, string file) in renditions.Zip(files).Where(pair => pair.First.Recipe is AudioRecipe))
        {
            var recipe = (AudioRecipe)rendition.Recipe;
            arguments.AddRange(
                ["-map", $"0:{recipe.StreamIndex}", "-ac", $"{recipe.Channels}", "-ar", $"{recipe.SampleRate}", "-c:a", recipe.Encoder, "-b:a", $"{recipe.BitRate}", file]);
        }

        return arguments;
    }
}
