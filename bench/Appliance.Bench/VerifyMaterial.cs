using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Workers;

namespace Appliance.Bench;

/// <summary>A small film, made of a clip or of nothing.</summary>
internal sealed class VerifyMaterial
{
    private const string Small = "scale=640:360:force_original_aspect_ratio=increase,crop=640:360";
    private const string Portrait = "scale=360:640:force_original_aspect_ratio=increase,crop=360:640";
    private const int Seconds = 6;

    /// <summary>What thresholds were chosen on.</summary>
    private static readonly (string Name, string Source, string Filter)[] ForRule =
    [
        ("bunny", "natural/bbb_720p24_aac5.1_30s.ts@0", Small),
        ("bottles", "natural/bottle-detection.mp4@5", Small),
        ("hello, portrait", "natural/movie-hello.mp4@1", Portrait),
        ("PQ, portrait", "hdr/hdr10-av1.mp4@0", Portrait),
        ("patterns", "testsrc2=s=640x360:r=25", "null"),
        ("slope", "gradients=s=640x360:r=24:speed=0.01:seed=3:nb_colors=3", "null"),
        ("bunny, noisy", "natural/bbb_720p24_aac5.1_30s.ts@8", Small + ",noise=alls=14:allf=t"),
    ];

    /// <summary>What is reported on.</summary>
    private static readonly (string Name, string Source, string Filter)[] ForReport =
    [
        ("bunny, later", "natural/bbb_1080p24_h264_aac5.1_30s.ts@18", Small),
        ("bunny 5 s", "natural/bunny_hd_5s.mp4@0", Small),
        ("cars", "natural/car-detection.mp4@6", Small),
        ("cockatoo", "natural/cockatoo.mp4@2", Small),
        ("cockatoo, portrait", "natural/cockatoo.mp4@7", Portrait),
        ("phone", "natural/internal_emulator_transformer_output.mp4@0", Small),
        ("city", "natural/cityCC0.mpg@0", Small),
        ("city, portrait", "natural/cityCC0.mpg@1", Portrait),
        ("film", "containers/video-h265.mp4@2", Small),
        ("HLG", "hdr/hlg_hevc10_1080p_phone.mp4@0", Small),
        ("HLG, edited", "hdr/sample_edit_list.mp4@0", Small),
        ("PQ", "hdr/sample_with_colr_mdcv_and_clli.mp4@0", Small),
        ("cars, noisy", "natural/car-detection.mp4@15", Small + ",noise=alls=10:allf=t"),
        ("fractal", "mandelbrot=s=640x360:r=24:end_scale=0.02", "null"),
        ("life", "life=s=320x180:mold=10:r=25:ratio=0.1:death_color=#C83232:life_color=#00ff00:seed=4", "scale=640:360:flags=bicubic"),
        ("test card", "smptehdbars=s=640x360:r=25", "null"),
        ("slope, portrait", "gradients=s=360x640:r=25:speed=0.02:seed=9:nb_colors=2", "null"),
    ];

    private VerifyMaterial(string name, byte[] film, bool isTuned)
    {
        Name = name;
        IsTuned = isTuned;
        Bytes = new MemoryByteReader(film);
        using SourceReader source = SourceReader.Open(Bytes);
        Description = FirstLook.Confirm(source, Prober.Describe(source));
    }

    public string Name { get; }

    public IByteReader Bytes { get; }

    public SourceDescription Description { get; }

    public Grid Grid => Description.Grid;

    /// <summary>Whether the ladder's rule of tuning does something to it.</summary>
    public bool IsTuned { get; }

    /// <summary>Rungs of every codec.</summary>
    public IEnumerable<Rendition> Rungs => Ladder.For(Description, Offer.All).Video.Where(rendition => rendition.Recipe is VideoRecipe);

    /// <summary>Makes it, as far as the clips are there.</summary>
    /// <param name="media">The folder of clips.</param>
    /// <param name="folder">For what is made; emptied by the caller.</param>
    /// <param name="forRule">Whether it is what thresholds are chosen on, or what is reported on.</param>
    public static async Task<List<VerifyMaterial>> MakeAsync(string media, string folder, bool forRule)
    {
        var all = new List<VerifyMaterial>();
        foreach ((string name, string source, string filter) in forRule ? ForRule : ForReport)
        {
            if (await FilmAsync(media, folder, source, filter) is { } film)
            {
                all.Add(new(name, film, filter.Contains("noise", StringComparison.Ordinal)));
            }
            else
            {
                Console.WriteLine($"{name}: left out, for {source} is not there");
            }
        }

        return all;
    }

    private static async Task<byte[]?> FilmAsync(string media, string folder, string source, string filter)
    {
        string[] parts = source.Split('@');
        string clip = Path.Combine(media, parts[0]);
        bool isClip = parts.Length == 2;
        if (isClip && !File.Exists(clip))
        {
            return null;
        }

        // Ten bits and the transfer characteristic are kept of HDR clips; all else is 8 bits of 4:2:0.
        bool isHigh = source.StartsWith("hdr/", StringComparison.Ordinal);
        string path = Path.Combine(folder, $"{Path.GetRandomFileName()}.mkv");
        ToolRun run = await Tool.RunAsync("ffmpeg",
        [
            "-y", "-nostdin", "-loglevel", "error",
            .. isClip ? new[] { "-ss", parts[1], "-i", clip } : ["-f", "lavfi", "-i", source],
            "-t", $"{Seconds}", "-map", "0:v:0", "-vf", filter, "-pix_fmt", isHigh ? "yuv420p10le" : "yuv420p",
            "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "crf=6:log-level=none:keyint=24:pools=none", path,
        ]);
        return run.ExitCode == 0 ? await File.ReadAllBytesAsync(path) : throw new BenchException($"No film could be made of {source}: {run.Errors}");
    }
}
