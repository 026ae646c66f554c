using System.Globalization;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments.Codecs;

namespace Appliance.Bench;

/// <summary>The ffmpeg program making the same segment: spawned for it, seeking to it, with the recipe's own encoder
/// options, writing fragmented MP4 to a pipe. Its threads for decoding and scaling are its own choice.</summary>
internal static class FfmpegSegment
{
    public static async Task<ToolRun> RunAsync(string film, SourceDescription source, Rendition rendition, int index)
    {
        ToolRun run = await Tool.RunAsync("ffmpeg", rendition.Recipe switch
        {
            VideoRecipe video => Video(film, source, video, index),
            AudioRecipe audio => Audio(film, source, audio, index),
            _ => throw new BenchException($"Nobody knows how ffmpeg would make {rendition.Name}."),
        });
        return run.ExitCode == 0 ? run : throw new BenchException($"ffmpeg ended with status {run.ExitCode}: {run.Errors}");
    }

    private static List<string> Video(string film, SourceDescription source, VideoRecipe recipe, int index)
    {
        // Half a frame early, so that exactly the segment's first frame comes first.
        string start = Seconds(source.Grid.TimeOf(source.Grid.FirstFrame(index)) - (source.Grid.TimeOf(1) / 2));
        List<string> arguments =
        [
            "-nostdin", "-loglevel", "error", .. index > 0 ? (string[])["-ss", start] : [], "-i", film,
            "-map", $"0:{recipe.StreamIndex}", "-frames:v", $"{source.Grid.FramesIn(index)}",
            "-vf", $"scale={recipe.Width}:{recipe.Height}:flags=bicubic,setsar=1,format=yuv420p",
            "-r", $"{recipe.FrameRate.Numerator}/{recipe.FrameRate.Denominator}", "-c:v", recipe.Encoder,
        ];
        foreach ((string name, string value) in VideoCodec.Of(recipe).Options(recipe, source.Grid.SegmentFrames))
        {
            arguments.AddRange([$"-{name}:v", value]);
        }

        return [.. arguments, .. Output];
    }

    private static List<string> Audio(string film, SourceDescription source, AudioRecipe recipe, int index)
    {
        const int size = AudioRecipe.SamplesPerFrame;
        long first = source.Grid.FirstAudioFrame(index, recipe.SampleRate, size);
        long end = source.Grid.FirstAudioFrame(index + 1, recipe.SampleRate, size);
        return
        [
            "-nostdin", "-loglevel", "error", "-ss", Seconds(TimeSpan.FromSeconds((double)first * size / recipe.SampleRate)), "-i", film,
            "-map", $"0:{recipe.StreamIndex}", "-t", Seconds(TimeSpan.FromSeconds((double)(end - first) * size / recipe.SampleRate)),
            "-ac", $"{recipe.Channels}", "-ar", $"{recipe.SampleRate}", "-c:a", recipe.Encoder, "-b:a", $"{recipe.BitRate}", .. Output,
        ];
    }

    private static string[] Output => ["-f", "mp4", "-movflags", "frag_keyframe+empty_moov+default_base_moof", "pipe:1"];

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("F6", CultureInfo.InvariantCulture);
}
