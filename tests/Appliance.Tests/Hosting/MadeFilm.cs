using Appliance.Tests.Hosting;

[assembly: AssemblyFixture(typeof(MadeFilm))]

namespace Appliance.Tests.Hosting;

/// <summary>Two minutes of moving pattern and a tone, 640×360 at 12, made by the ffmpeg program once for all tests:
/// 60 segments, two rungs. Half as many pictures as a film has are half the work, of the box and of who plays it.</summary>
public sealed class MadeFilm : IDisposable
{
    public const int Segments = 60;

    private readonly ScratchFolder folder = new();
    private readonly Lazy<Task<string>> made;

    public MadeFilm() => made = new(() => MakeAsync(Path.Combine(folder.Path, "Made film.mkv"), 12, 2 * Segments));

    /// <summary>Skips the test where there is no ffmpeg program.</summary>
    public Task<string> PathAsync()
    {
        Assert.SkipUnless(House.HasProgram("ffmpeg"), "The ffmpeg program, which makes the film, is not on this machine.");
        return made.Value;
    }

    /// <summary>The film's beginning, in a file of its own.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="seconds">How much of it.</param>
    public async Task<string> BriefAsync(string folder, int seconds)
    {
        string brief = Path.Combine(folder, $"brief {seconds}.mkv");
        (int code, string printed) = await House.RunAsync(
            "ffmpeg", "-nostdin", "-v", "error", "-y", "-i", await PathAsync(), "-t", $"{seconds}", "-c", "copy", brief);
        Assert.True(code == 0, printed);
        return brief;
    }

    /// <summary>Its beginning with as many pictures as a film has, for who counts on a segment's taking its time of the processor.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="seconds">How much of it.</param>
    public static Task<string> DenseAsync(string folder, int seconds)
    {
        Assert.SkipUnless(House.HasProgram("ffmpeg"), "The ffmpeg program, which makes the film, is not on this machine.");
        return MakeAsync(Path.Combine(folder, $"dense {seconds}.mkv"), 24, seconds);
    }

    public void Dispose() => folder.Dispose();

    private static async Task<string> MakeAsync(string path, int rate, int seconds)
    {
        (int code, string output) = await House.RunAsync(
            "ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", $"testsrc2=size=640x360:rate={rate}:duration={seconds}",
            "-f", "lavfi", "-i", $"sine=frequency=440:sample_rate=48000:duration={seconds}",
            "-c:v", "libx264", "-preset", "ultrafast", "-g", $"{2 * rate}", "-pix_fmt", "yuv420p", "-c:a", "aac", path);
        return code == 0 ? path : throw new InvalidOperationException(output);
    }
}
