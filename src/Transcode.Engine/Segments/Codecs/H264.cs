using System.Globalization;
using Transcode.Engine.Recipes;

namespace Transcode.Engine.Segments.Codecs;

/// <summary>H.264 by libx264.</summary>
internal sealed class H264 : VideoCodec
{
    public override string Encoder => "libx264";

    /// <summary>x264's B-frames with one level of pyramid need two.</summary>
    public override int ReorderFrames => 2;

    public override IReadOnlyList<KeyValuePair<string, string>> Options(VideoRecipe recipe, int segmentFrames)
    {
        // One segment, one GOP: the first picture is an IDR because the encoder is fresh. stitchable keeps the headers
        // of every segment alike; force-cfr counts the buffer model in frames, not in timestamps.
        string x264 = string.Create(CultureInfo.InvariantCulture,
            $"stitchable=1:force-cfr=1:open-gop=0:vbv-init={recipe.BufferInitialPercent / 100.0:0.00}:{X264.Instructions}");
        return
        [
            .. CappedQuality(recipe, segmentFrames),
            new("profile", "high"),
            new("threads", Text(recipe.Threads)),
            new("x264-params", recipe.Tuning is null ? x264 : $"{recipe.Tuning}:{x264}"),
        ];
    }

    public override byte[] ToSample(ReadOnlySpan<byte> packet) => AnnexB.ToLengthPrefixed(packet);
}
