using Transcode.Engine.Media;

namespace Transcode.Engine.Recipes;

/// <summary>The rates a rendition promises before a single segment is made: what its buffer model proves, plus the
/// container's own bytes.</summary>
internal static class Promise
{
    /// <summary>Most chunks of a segment of pictures, at any frame rate.</summary>
    internal const int VideoChunks = 8;

    /// <summary>SVT-AV1 aims at its cap and does not hold it: a segment of hard noise passed it by up to 0.6 % (2.3, Debian 13), a short last one
    /// by 1 % (decision 10).</summary>
    private const double AimedShare = 1.02;

    /// <summary>Upper bound of the container's bytes a segment: styp, and moof and mdat headers of each chunk, with
    /// at most 16 bytes a sample in the run table.</summary>
    internal static int ContainerBits(int frames, int chunks) => 8 * (64 + (chunks * 160) + (frames * 16));

    /// <summary>The rate no segment passes. A fresh buffer that starts p full can give, in d seconds, at most
    /// maxrate·d + p·buffer bits. A last segment shorter than half the others is not counted, as RFC 8216 (4.3.4.2) does not,
    /// except that a peak is never told below the average.</summary>
    public static int VideoPeak(VideoRecipe recipe, Grid grid)
    {
        int last = grid.FramesIn(grid.SegmentCount - 1);
        int shortest = grid.SegmentCount == 1 || last * 2 >= grid.SegmentFrames ? last : grid.SegmentFrames;
        int peak = (int)Math.Ceiling(VideoSegmentBits(recipe, grid, shortest) / (shortest / grid.FrameRate.ToDouble()));
        return Math.Max(peak, VideoAverage(recipe, grid));
    }

    /// <summary>The rate all segments together do not pass: each has its fresh buffer.</summary>
    public static int VideoAverage(VideoRecipe recipe, Grid grid)
    {
        int last = grid.SegmentCount - 1;
        double bits = (VideoSegmentBits(recipe, grid, grid.SegmentFrames) * last) + VideoSegmentBits(recipe, grid, grid.FramesIn(last));
        return (int)Math.Ceiling(bits / (grid.FrameCount / grid.FrameRate.ToDouble()));
    }

    /// <summary>The most bits of a segment of so many frames, container included.</summary>
    internal static double VideoSegmentBits(VideoRecipe recipe, Grid grid, int frames) => VideoSegmentBits(recipe, grid.FrameRate, frames);

    /// <inheritdoc cref="VideoSegmentBits(VideoRecipe, Grid, int)"/>
    internal static double VideoSegmentBits(VideoRecipe recipe, int frames) => VideoSegmentBits(recipe, recipe.FrameRate, frames);

    private static double VideoSegmentBits(VideoRecipe recipe, Rational frameRate, int frames) =>
        ((recipe.MaxRateBitsPerSecond * (frames / frameRate.ToDouble())) + (recipe.BufferBits * (recipe.BufferInitialPercent / 100.0)))
        * (recipe.Encoder == "libsvtav1" ? AimedShare : 1)
        + ContainerBits(frames, VideoChunks);

    /// <summary>AAC's bit reservoir, and an encoder that has just met noise, let one segment pass the nominal rate, by a tenth
    /// and a little in stereo (seen on a film's 5.1 sound mixed down), and more in 5.1, where the rate settles more slowly: 15
    /// and 25 % are kept for it.</summary>
    public static int AudioPeak(AudioRecipe recipe)
    {
        double framesPerSecond = (double)recipe.SampleRate / AudioRecipe.SamplesPerFrame;
        return (int)Math.Ceiling((recipe.BitRate * (recipe.Channels > 2 ? 1.25 : 1.15)) + ContainerBits((int)Math.Ceiling(framesPerSecond), chunks: 1));
    }

    /// <summary>The most bits that the frames of a segment of sound may take, so that the promise is kept with the container's own. A
    /// segment may be told to be up to one frame shorter than its frames are.</summary>
    public static long AudioSegmentBits(AudioRecipe recipe, int frames) =>
        (long)((double)AudioPeak(recipe) * Math.Max(1, frames - 1) * AudioRecipe.SamplesPerFrame / recipe.SampleRate)
        - ContainerBits(frames, chunks: 1);

    /// <summary>The recipe's limit of bytes over the shortest segment that counts, as with <see cref="VideoPeak"/>; not less
    /// than the average.</summary>
    public static int TextPeak(TextRecipe recipe, Grid grid)
    {
        int count = recipe.SegmentCount(grid);
        long full = recipe.FirstFrame(grid, 1);
        long last = grid.FrameCount - recipe.FirstFrame(grid, count - 1);
        long shortest = count == 1 || last * 2 >= full ? last : full;
        int ofShortest = (int)Math.Ceiling(recipe.MaxBytes * 8 / (shortest / grid.FrameRate.ToDouble()));
        return Math.Max(ofShortest, TextAverage(recipe, grid));
    }

    /// <summary>All segments together do not pass their limits.</summary>
    public static int TextAverage(TextRecipe recipe, Grid grid) =>
        (int)Math.Ceiling((double)recipe.MaxBytes * 8 * recipe.SegmentCount(grid) / (grid.FrameCount / grid.FrameRate.ToDouble()));

    /// <summary>The rate no single picture passes while it lasts: a full buffer is all that one picture can take. A last
    /// picture that lasts less than half as long as the others is not counted, but a peak is never told below the average.</summary>
    public static int IFramePeak(IFrameRecipe recipe, Grid grid)
    {
        int last = (int)(grid.FrameCount - recipe.FirstFrame(grid, recipe.SegmentCount(grid) - 1));
        int shortest = last == grid.FrameCount || last * 2 >= recipe.FramesApart ? last : recipe.FramesApart;
        int peak = (int)Math.Ceiling(PictureBits(recipe) / (shortest / grid.FrameRate.ToDouble()));
        return Math.Max(peak, IFrameAverage(recipe, grid));
    }

    /// <summary>The rate all single pictures together do not pass.</summary>
    public static int IFrameAverage(IFrameRecipe recipe, Grid grid) =>
        (int)Math.Ceiling(PictureBits(recipe) * recipe.SegmentCount(grid) / (grid.FrameCount / grid.FrameRate.ToDouble()));

    /// <summary>The rate no sheet of thumbnails passes: its limit, over the time it stands for. A short last sheet is not
    /// counted, unless it is the only one.</summary>
    public static int TilePeak(TileRecipe recipe, Grid grid)
    {
        long frames = Math.Min(grid.FrameCount, (long)recipe.TilesASheet * recipe.FramesApart);
        return (int)Math.Ceiling(recipe.MaxSheetBytes * 8 / (frames / grid.FrameRate.ToDouble()));
    }

    private static double PictureBits(IFrameRecipe recipe) =>
        (recipe.Picture.BufferBits * (recipe.Picture.BufferInitialPercent / 100.0)) + ContainerBits(frames: 1, chunks: 1);
}
