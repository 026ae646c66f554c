using Transcode.Engine.Media;

namespace Transcode.Engine.Recipes;

/// <summary>The renditions of a picture: a group of sizes for each codec and dynamic range on offer.</summary>
internal static class VideoLadder
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

    /// <summary>Rate cap of a 1080p rung in H.264 at up to 30 frames a second.</summary>
    private const double FullHdBitsPerSecond = 6_000_000;

    /// <summary>The filter of every rung: as sharp as players scale themselves, and little ringing.</summary>
    private const string Scaler = "bicubic-1";

    /// <summary>Peak of an HDR picture that does not tell its own, in cd/m²: what most are graded at, and HLG's nominal one.</summary>
    private const int UsualPeakNits = 1000;

    private const int SmallestPeakNits = 300;

    /// <summary>A wish's rate may be so many times the ladder's own for its size, and so many times less: beyond, no encoder keeps it, or nobody sees it.</summary>
    private const double RateReach = 4;

    /// <summary>A rung of another size and rate than the ladder's.</summary>
    /// <returns>Null where there is no picture, the codec is not offered for it, it takes no picture so small, or the rate is too far from what the size wants.</returns>
    public static Rendition? Wished(SourceDescription source, Offer offer, RungWish wish)
    {
        if (source.Video is not { } video || !Formats(video, offer).Contains(wish.Format))
        {
            return null;
        }

        var group = VideoGroup.Of(wish.Format);
        Rendition usual = Rung((wish.Name, wish.Width, wish.Height), group, source.Grid, video, offer, isBoxOfPicture: true);
        var recipe = (VideoRecipe)usual.Recipe;
        int rate = wish.KilobitsPerSecond * 1000;
        if (!Fits(recipe, group) || rate > recipe.MaxRateBitsPerSecond * RateReach || rate < recipe.MaxRateBitsPerSecond / RateReach)
        {
            return null;
        }

        recipe = recipe with { MaxRateBitsPerSecond = rate, BufferBits = rate };
        return new(wish.Name, recipe, Promise.VideoPeak(recipe, source.Grid), Promise.VideoAverage(recipe, source.Grid));
    }

    /// <summary>Group after group, H.264 first, largest first in each; last the source's own video, where it can be shown.</summary>
    public static List<Rendition> For(SourceDescription source, Offer offer)
    {
        var rungs = new List<Rendition>();
        if (source.Video is not { } video)
        {
            return rungs;
        }

        (string Name, int Long, int Short)[] boxes = BoxesFor(video);
        foreach (VideoGroup group in Formats(video, offer).Select(VideoGroup.Of))
        {
            rungs.AddRange(boxes.Select(box => Rung(box, group, source.Grid, video, offer)).Where(rung => Fits((VideoRecipe)rung.Recipe, group)));
        }

        if (source.Copy is { } copy)
        {
            AddOriginal(rungs, Original(copy, source.Grid, video));
        }

        return rungs;
    }

    private static IEnumerable<VideoFormat> Formats(VideoTrack video, Offer offer) =>
        (video.DynamicRange == DynamicRange.Sdr ? offer.Standard : offer.HighRange).Prepend(VideoFormat.H264);

    /// <summary>What costs a player as much as the source's own video and the box far more, and looks no better, is left out; but
    /// for the smallest of its codec: there are players that take this one and not every level or profile of it.</summary>
    private static void AddOriginal(List<Rendition> rungs, Rendition original)
    {
        Rendition[] alike = [.. rungs.Where(rung => rung.Recipe.Encoder == ((CopyRecipe)original.Recipe).EncoderAlike
            && ((VideoRecipe)rung.Recipe).DynamicRange == ((CopyRecipe)original.Recipe).DynamicRange)];
        foreach (Rendition rung in alike.SkipLast(1).Where(rung => rung.PeakBitsPerSecond >= original.PeakBitsPerSecond))
        {
            rungs.Remove(rung);
        }

        rungs.Add(original);
    }

    /// <summary>The source's own video.</summary>
    private static Rendition Original(PictureCopy copy, Grid grid, VideoTrack video)
    {
        var recipe = new CopyRecipe
        {
            StreamIndex = video.StreamIndex,
            Encoder = CopyRecipe.Copying,
            Width = video.Width,
            Height = video.Height,
            FrameRate = grid.FrameRate,
            Transfer = video.Transfer,
            SampleEntry = copy.SampleEntry,
            ReorderFrames = copy.ReorderFrames,
        };
        return new("source", recipe, copy.PeakBitsPerSecond, copy.AverageBitsPerSecond);
    }

    /// <summary>A box that is larger than needed is left out when the next smaller one already holds the whole source.</summary>
    private static (string Name, int Long, int Short)[] BoxesFor(VideoTrack video)
    {
        int longSide = Math.Max(video.Width, video.Height);
        int shortSide = Math.Min(video.Width, video.Height);
        return [.. Boxes.Where((_, i) => i + 1 == Boxes.Length || Boxes[i + 1].Long < longSide || Boxes[i + 1].Short < shortSide)];
    }

    /// <param name="box">That the picture is fitted into; its longer side first, unless it is as the picture lies.</param>
    /// <param name="group">Its codec's.</param>
    /// <param name="grid">The source's.</param>
    /// <param name="video">What is shown.</param>
    /// <param name="offer">Says what is done to it.</param>
    /// <param name="isBoxOfPicture">Whether the box is width and height, however the picture lies.</param>
    private static Rendition Rung((string Name, int Long, int Short) box, VideoGroup group, Grid grid, VideoTrack video, Offer offer, bool isBoxOfPicture = false)
    {
        bool portrait = !isBoxOfPicture && video.Height > video.Width;
        double scale = Math.Min(1, Math.Min(
            (portrait ? box.Short : box.Long) / (double)video.Width,
            (portrait ? box.Long : box.Short) / (double)video.Height));
        int width = Even(video.Width * scale);
        int height = Even(video.Height * scale);
        bool high = group.KeepsRange && video.DynamicRange != DynamicRange.Sdr;
        bool metadata = high && video.DynamicRange == DynamicRange.Pq;
        int maxRate = MaxRate(width, height, grid.FrameRate, group.RateShare * (high ? VideoGroup.HighRangeShare : 1));
        string matrix = high ? "bt2020nc" : OutputMatrix(video);
        var recipe = new VideoRecipe
        {
            StreamIndex = video.StreamIndex,
            Encoder = group.Encoder,
            Width = width,
            Height = height,
            FrameRate = grid.FrameRate,
            Deinterlacer = video.Deinterlacer,
            PixelFormat = group.KeepsRange && (high || video.BitDepth > 8) ? VideoRecipe.TenBits : VideoRecipe.EightBits,
            Scaler = Scaler,
            Matrix = matrix,
            Primaries = high ? "bt2020" : matrix,
            Transfer = high ? video.Transfer : matrix,
            ToneMap = high || video.DynamicRange == DynamicRange.Sdr ? null : ToneMap(offer.ToneMap, video),
            MasteringDisplay = metadata ? video.MasteringDisplay : null,
            ContentLight = metadata ? video.ContentLight : null,
            // The rule's measures are of gamma-coded brightness.
            Tuning = high ? null : offer.Tuning,
            ConstantRateFactor = group.ConstantRateFactor,
            MaxRateBitsPerSecond = maxRate,
            BufferBits = maxRate,
            BufferInitialPercent = 70,
            Preset = group.Preset,
            EncoderParameters = group.EncoderParameters,
            Threads = 1,
        };
        string name = box.Name + group.Suffix + (high ? video.DynamicRange == DynamicRange.Pq ? "-pq" : "-hlg" : "");
        return new(name, recipe, Promise.VideoPeak(recipe, grid), Promise.VideoAverage(recipe, grid));
    }

    private static bool Fits(VideoRecipe recipe, VideoGroup group) => Math.Min(recipe.Width, recipe.Height) >= group.SmallestSide;

    /// <summary>Bits grow slower than pixels: the exponent 0.75 is the usual rule of thumb of ladder design
    /// (doubling the pixels costs 1.68 times the bits for like quality), and a doubled rate costs 1.41 times.</summary>
    private static int MaxRate(int width, int height, Rational frameRate, double share)
    {
        double pixels = width * (double)height / (1920 * 1080);
        double rate = Math.Max(1, frameRate.ToDouble() / 30);
        double bits = FullHdBitsPerSecond * share * Math.Pow(pixels, 0.75) * Math.Sqrt(rate);
        return Math.Max(100_000, (int)Math.Round(bits / 10_000) * 10_000);
    }

    /// <summary>A standard-definition matrix is kept, so that no colour is converted needlessly; all else becomes BT.709.
    /// Untagged pictures are taken as their height suggests, as players do. One matrix serves all rungs.</summary>
    private static string OutputMatrix(VideoTrack video) => video.Matrix switch
    {
        _ when video.DynamicRange != DynamicRange.Sdr || video.Primaries == "bt2020" => "bt709",
        "smpte170m" or "bt470bg" => "smpte170m",
        "unknown" when Math.Min(video.Width, video.Height) <= 576 => "smpte170m",
        _ => "bt709",
    };

    private static PictureToneMap ToneMap(PictureToneMap wanted, VideoTrack video) =>
        wanted.PeakRule is null ? wanted with { PeakNits = wanted.PeakNits ?? PeakNits(video) } : wanted with { PeakNits = null };

    /// <summary>The brightest pixel where the source knows it, else its mastering display's white.</summary>
    private static int PeakNits(VideoTrack video)
    {
        int known = video.DynamicRange == DynamicRange.Hlg ? 0
            : video.ContentLight is { MaxCll: > 0 } light ? light.MaxCll
            : (video.MasteringDisplay?.MaxLuminance ?? 0) / MasteringDisplay.LuminanceUnits;
        return known == 0 ? UsualPeakNits : Math.Clamp(known, SmallestPeakNits, PictureToneMap.MostPeakNits);
    }

    private static int Even(double side) => Math.Max(2, (int)Math.Round(side / 2) * 2);
}
