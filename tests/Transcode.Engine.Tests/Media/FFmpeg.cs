using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Xunit;

namespace Transcode.Engine.Tests.Media;

/// <summary>The ffmpeg and ffprobe programs: makers of test media and independent witnesses of what the engine makes.</summary>
internal static class FFmpeg
{
    private static readonly bool IsThere = Environment.GetEnvironmentVariable("PATH")!.Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, "ffmpeg")) && File.Exists(Path.Combine(folder, "ffprobe")));

    /// <summary>As many as there are tests that name one: some dozens of a few hundred kilobytes.</summary>
    private static readonly ConcurrentDictionary<(string Arguments, string Extension), Lazy<Task<byte[]>>> Made = new();

    /// <summary>Runs ffmpeg and returns what it wrote to its standard output.</summary>
    /// <param name="arguments">Separated by spaces.</param>
    /// <param name="input">Its standard input (<c>pipe:0</c>).</param>
    public static Task<byte[]> RunAsync(string arguments, byte[]? input = null) =>
        StartAsync("ffmpeg", "-v error -nostdin -y " + arguments, input);

    /// <summary>Makes a media file and returns its bytes.</summary>
    /// <param name="arguments">As of <see cref="RunAsync"/>, without the output's name.</param>
    /// <param name="extension">What the output's name ends in: it chooses the container.</param>
    /// <param name="input">Its standard input.</param>
    public static async Task<byte[]> MakeAsync(string arguments, string extension, byte[]? input = null)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("engine-test-");
        try
        {
            string path = Path.Combine(folder.FullName, "made." + extension);
            await RunAsync($"{arguments} {path}", input);
            return await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>As <see cref="MakeAsync"/>, of a film that several tests look at: it is made once, and each has a copy of its own.</summary>
    public static async Task<byte[]> MakeOnceAsync(string arguments, string extension) =>
        [.. await Made.GetOrAdd((arguments, extension), one => new(() => MakeAsync(one.Arguments, one.Extension))).Value];

    /// <summary>The filter and the options that call pictures BT.2020 of some transfer: the program asks the pictures from FFmpeg 7 on,
    /// and before only the encoder's options.</summary>
    public static (string Filter, string Options) WideColours(string transfer) => (
        $"setparams=color_primaries=bt2020:color_trc={transfer}:colorspace=bt2020nc:range=tv",
        $"-color_primaries bt2020 -color_trc {transfer} -colorspace bt2020nc -color_range tv");

    /// <summary>Runs ffprobe on a file's bytes; one array of fields a row.</summary>
    public static async Task<string[][]> ProbeAsync(string arguments, byte[] file)
    {
        byte[] text = await WithFileAsync(file, path => StartAsync("ffprobe", $"-v error -of csv=p=0 {arguments} {path}", null));
        return [.. Encoding.ASCII.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(row => row.TrimEnd(',', '\r').Split(','))];
    }

    /// <summary>Presentation times of a file's pictures or sound, in its track's ticks, in presentation order.</summary>
    public static async Task<long[]> FrameTimesAsync(byte[] file, char track = 'v') =>
        [.. (await ProbeAsync($"-select_streams {track}:0 -show_entries frame=pts", file)).Select(row => long.Parse(row[0], CultureInfo.InvariantCulture))];

    /// <summary>Decodes sound to planar float at 48 kHz by ffmpeg's own means, silence where the source starts late.</summary>
    public static async Task<float[][]> SoundAsync(
        byte[] file, string filter = "aresample=48000:async=1:first_pts=0", int channels = 2)
    {
        byte[] interleaved = await WithFileAsync(file, path => RunAsync($"-i {path} -map 0:a:0 -af {filter} -ac {channels} -f f32le pipe:1"));
        int count = interleaved.Length / (sizeof(float) * channels);
        float[][] sound = [.. Enumerable.Range(0, channels).Select(_ => new float[count])];
        for (int i = 0; i < count * channels; i++)
        {
            sound[i % channels][i / channels] = BitConverter.ToSingle(interleaved, i * sizeof(float));
        }

        return sound;
    }

    /// <summary>Lets a program read bytes as a file that it can seek in.</summary>
    public static async Task<T> WithFileAsync<T>(byte[] bytes, Func<string, Task<T>> use)
    {
        string path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
            return await use(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<byte[]> StartAsync(string program, string arguments, byte[]? input)
    {
        Assert.SkipUnless(IsThere, "The ffmpeg and ffprobe programs are not installed.");
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        string[] words = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        using Process process = Process.Start(new ProcessStartInfo(program, input is null ? words : words.Where(w => w != "-nostdin"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using CancellationTokenRegistration killed = cancelled.Register(process.Kill);
        Task<string> complaint = process.StandardError.ReadToEndAsync(cancelled);
        Task feeding = FeedAsync(process, input ?? []);
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output, cancelled);
        await feeding;
        await process.WaitForExitAsync(cancelled);
        return process.ExitCode == 0
            ? output.ToArray()
            : throw new InvalidOperationException($"{program} {arguments}: {await complaint}");
    }

    private static async Task FeedAsync(Process process, byte[] input)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // It had enough.
        }
        finally
        {
            process.StandardInput.Close();
        }
    }
}
