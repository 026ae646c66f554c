using Transcode.Engine.Media;

namespace Transcode.Engine.Recipes;

/// <summary>The adaptive-bitrate ladder of a source: which renditions are offered.</summary>
/// <param name="Video">Largest first; empty where the source has no picture.</param>
/// <param name="Audio">The first is the default; empty where the source has no sound.</param>
public sealed record Ladder(IReadOnlyList<Rendition> Video, IReadOnlyList<Rendition> Audio)
{
    /// <summary>The standard boxes, largest first. A rung is the source fitted into its box, never enlarged.</summary>
    private static readonly (string Name, int Long, int Short)[] Boxes =
    [
        ("1080p", 1920, 1080),
        ("720p", 1280, 720),
        ("480p", 854, 480),
        ("360p", 640, 360),
        ("240p", 426, 240),
    ];

    /// <summary>Rate cap of a 1080p rung at up to 30 frames a second.</summary>
    private const double FullHdBitsPerSecond = 6_000_000;

    private const int AudioBitsPerSecond = 128_000;

    /// <summary>Every rendition, video first.</summary>
    public IEnumerable<Rendition> Renditions => Video.Concat(Audio);

    /// <summary>The highest promise among the sound renditions; 0 without sound. A picture plays with any of them.</summary>
    public int AudioPeakBitsPerSecond => Audio.Count == 0 ? 0 : Audio.Max(sound => sound.PeakBitsPerSecond);

    /// <summary>The highest average among the sound renditions; 0 without sound.</summary>
    public int AudioAverageBitsPerSecond => Audio.Count == 0 ? 0 : Audio.Max(sound => sound.AverageBitsPerSecond);

    public static Ladder For(SourceDescription source) => new(VideoRungs(source), AudioRenditions(source));

    private static List<Rendition> VideoRungs(SourceDescription source)
    {
        var rungs = new List<Rendition>();
        if (source.Video is not { } video)
        {
            return rungs;
        }

        int longSide = Math.Max(video.Width, video.Height);
        int shortSide = Math.Min(video.Width, video.Height);
        for (int i = 0; i < Boxes.Length; i++)
        {
            // A box that is larger than needed is left out when the next smaller one already holds the whole source.
            bool nextHoldsSource = i + 1 < Boxes.Length && Boxes[i + 1].Long >= longSide && Boxes[i + 1].Short >= shortSide;
            if (!nextHoldsSource)
            {
                rungs.Add(VideoRung(Boxes[i], source.Grid, video));
            }
        }

        return rungs;
    }

    private static Rendition VideoRung((string Name, int Long, int Short) box, Grid grid, VideoTrack video)
    {
        bool portrait = video.Height > video.Width;
        double scale = Math.Min(1, Math.Min(
            (portrait ? box.Short : box.Long) / (double)video.Width,
            (portrait ? box.Long : box.Short) / (double)video.Height));
        int width = Even(video.Width * scale);
        int height = Even(video.Height * scale);
        int maxRate = MaxRate(width, height, grid.FrameRate);
        var recipe = new VideoRecipe
        {
            StreamIndex = video.StreamIndex,
            Encoder = "libx264",
            Width = width,
            Height = height,
            FrameRate = grid.FrameRate,
            Matrix = OutputMatrix(video),
            ConstantRateFactor = 23,
            MaxRateBitsPerSecond = maxRate,
            BufferBits = maxRate,
            BufferInitialPercent = 70,
            Preset = "veryfast",
            Threads = 1,
        };
        return new(box.Name, recipe, Promise.VideoPeak(recipe, grid), Promise.VideoAverage(recipe, grid));
    }

    /// <summary>Bits grow slower than pixels: the exponent 0.75 is the usual rule of thumb of ladder design
    /// (doubling the pixels costs 1.68 times the bits for like quality), and a doubled rate costs 1.41 times.</summary>
    private static int MaxRate(int width, int height, Rational frameRate)
    {
        double pixels = width * (double)height / (1920 * 1080);
        double rate = Math.Max(1, frameRate.ToDouble() / 30);
        double bits = FullHdBitsPerSecond * Math.Pow(pixels, 0.75) * Math.Sqrt(rate);
        return Math.Max(100_000, (int)Math.Round(bits / 10_000) * 10_000);
    }

    /// <summary>A standard-definition matrix is kept, so that no colour is converted needlessly; all else becomes BT.709.
    /// Untagged pictures are taken as their height suggests, as players do. One matrix serves all rungs.</summary>
    private static string OutputMatrix(VideoTrack video) => video.Matrix switch
    {
        "smpte170m" or "bt470bg" => "smpte170m",
        "unknown" when Math.Min(video.Width, video.Height) <= 576 => "smpte170m",
        _ => "bt709",
    };

    private static List<Rendition> AudioRenditions(SourceDescription source) =>
        [.. source.Audio.Take(1).Select(AudioRendition)];

    private static Rendition AudioRendition(AudioTrack track)
    {
        var recipe = new AudioRecipe
        {
            StreamIndex = track.StreamIndex,
            Encoder = "aac",
            BitRate = AudioBitsPerSecond,
            Channels = 2,
            SampleRate = 48_000,
        };
        return new("audio", recipe, Promise.AudioPeak(recipe), Promise.AudioPeak(recipe)) { Track = track };
    }

    private static int Even(double side) => Math.Max(2, (int)Math.Round(side / 2) * 2);
}
