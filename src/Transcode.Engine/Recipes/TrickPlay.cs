using Transcode.Engine.Media;

namespace Transcode.Engine.Recipes;

/// <summary>What is offered of a source besides its ladder, for looking around in it: single pictures and thumbnails. Made
/// only where somebody does.</summary>
/// <param name="IFrames">One IDR picture a second; null where the source has no picture.</param>
/// <param name="Tiles">Sheets of thumbnails; null where the source has no picture.</param>
public sealed record TrickPlay(Rendition? IFrames, Rendition? Tiles)
{
    /// <summary>The short side of single pictures, at most: a decoder skims through these at many times the pace.</summary>
    private const int PictureShortSide = 360;

    private const int PictureQuality = 26;

    /// <summary>The longer side of a thumbnail.</summary>
    private const int TileSide = 320;

    private const int TileColumns = 5;

    private const int TileRows = 5;

    /// <summary>What a picture takes however small it is: the encoder's parameter sets, and what it says of itself.</summary>
    private const int HeaderBits = 8 * 1024;

    /// <summary>A thumbnail's mean share of its sheet: half a byte a pixel is far above what pictures take, and above what
    /// the coarsest quantiser leaves of noise.</summary>
    private const int PixelsAByte = 2;

    /// <summary>A source has no more thumbnails than this, while the steps last.</summary>
    private const int ManyTiles = 1000;

    /// <summary>Seconds from one thumbnail to the next.</summary>
    private static readonly int[] TileSteps = [2, 5, 10, 20, 30, 60];

    /// <summary>Nothing is offered.</summary>
    public static TrickPlay None { get; } = new(null, null);

    /// <summary>Everything offered.</summary>
    public IEnumerable<Rendition> Renditions => new[] { IFrames, Tiles }.OfType<Rendition>();

    public static TrickPlay For(SourceDescription source, Ladder ladder) =>
        source.Video is { } video && ladder.Video.Count > 0
            ? new(PicturesOf(source.Grid, ladder), TilesOf(source.Grid, video, ladder.StandardRange))
            : None;

    private static Rendition PicturesOf(Grid grid, Ladder ladder)
    {
        // Made like a rung of the ladder, so that sizes, shape and colours are those of the film itself.
        VideoRecipe[] rungs = [.. ladder.Video.Select(rung => rung.Recipe).OfType<VideoRecipe>().Select(rung => rung.InSoftware()).Where(rung => rung.Encoder == "libx264")];
        VideoRecipe like = rungs.FirstOrDefault(rung => Math.Min(rung.Width, rung.Height) <= PictureShortSide, rungs[^1]);
        int pictureBits = HeaderBits + (like.Width * like.Height * 5 / 4);
        var recipe = new IFrameRecipe
        {
            StreamIndex = like.StreamIndex,
            Encoder = like.Encoder,
            Picture = like with
            {
                ConstantRateFactor = PictureQuality,
                MaxRateBitsPerSecond = pictureBits,
                BufferBits = pictureBits,
                BufferInitialPercent = 100,
            },
            FramesApart = (int)Math.Max(1, grid.FrameRate.RoundOf(1)),
        };
        return new("iframes", recipe, Promise.IFramePeak(recipe, grid), Promise.IFrameAverage(recipe, grid));
    }

    private static Rendition TilesOf(Grid grid, VideoTrack video, StandardRange? range)
    {
        double seconds = grid.Duration.TotalSeconds;
        int step = TileSteps.FirstOrDefault(step => seconds / step <= ManyTiles, TileSteps[^1]);
        long longSide = Math.Max(video.Width, video.Height);
        int width = Share(video.Width, longSide);
        int height = Share(video.Height, longSide);
        var recipe = new TileRecipe
        {
            StreamIndex = video.StreamIndex,
            Encoder = "mjpeg",
            Width = width,
            Height = height,
            Columns = TileColumns,
            Rows = TileRows,
            FramesApart = (int)Math.Max(1, grid.FrameRate.RoundOf(step)),
            MaxSheetBytes = width * height * TileColumns * TileRows / PixelsAByte,
            StandardRange = range,
        };
        int rate = Promise.TilePeak(recipe, grid);
        return new("tiles", recipe, rate, rate);
    }

    private static int Share(long side, long longSide) =>
        (int)Math.Max(2, new Rational(side, longSide).RoundOf(TileSide / 2) * 2);
}
