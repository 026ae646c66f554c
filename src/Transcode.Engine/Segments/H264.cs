using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Recipes;

namespace Transcode.Engine.Segments;

/// <summary>How a video recipe opens its encoder.</summary>
internal static class H264
{
    /// <summary>Frames a picture may be decoded ahead of its turn: x264's B-frames with one level of pyramid need two.</summary>
    public const int ReorderFrames = 2;

    public static Encoder Open(VideoRecipe recipe, int segmentFrames) => Encoder.Open(new VideoEncoderOptions(
        recipe.Encoder,
        recipe.Width,
        recipe.Height,
        LibAv.Layout.PixelFormats.Yuv420P,
        new((int)recipe.FrameRate.Numerator, (int)recipe.FrameRate.Denominator),
        AvUtil.av_color_space_from_name(recipe.Matrix),
        Options(recipe, segmentFrames)));

    /// <summary>The encoder's own options, by libav's names.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Options(VideoRecipe recipe, int segmentFrames)
    {
        // One segment, one GOP: the first picture is an IDR because the encoder is fresh. stitchable keeps the headers
        // of every segment alike; force-cfr counts the buffer model in frames, not in timestamps.
        string x264 = string.Create(CultureInfo.InvariantCulture,
            $"stitchable=1:force-cfr=1:open-gop=0:vbv-init={recipe.BufferInitialPercent / 100.0:0.00}:{X264.Instructions}");
        return
        [
            new("preset", recipe.Preset),
            new("profile", "high"),
            new("crf", Text(recipe.ConstantRateFactor)),
            new("maxrate", Text(recipe.MaxRateBitsPerSecond)),
            new("bufsize", Text(recipe.BufferBits)),
            new("g", Text(segmentFrames)),
            new("threads", Text(recipe.Threads)),
            new("x264-params", x264),
        ];
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
