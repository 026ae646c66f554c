using System.Globalization;
using Transcode.Engine.Recipes;

namespace Transcode.Engine.Segments.Codecs;

/// <summary>H.264 by libx264.</summary>
internal sealed class H264 : VideoCodec
{
    /// <summary>Types and what later pictures take are told with each picture: x264 does not look for them, and treats
    /// what it is told as its own macroblock tree.</summary>
    private const string OwnLookahead = "b-adapt=0:scenecut=0:mbtree=0:rc-lookahead=0:qcomp=1:pbratio=1";

    /// <summary>What x264 adds to the quality target where it has a macroblock tree, because the tree takes as much away: 13.5 times 1
    /// less its <c>qcomp</c> of 0.6, in quantizer steps and tenths.</summary>
    private const int TreeSteps = 5;

    private const int TreeTenths = 4;

    public override string Encoder => "libx264";

    public override string Format => "h264";

    /// <summary>x264's B-frames with one level of pyramid need two.</summary>
    public override int ReorderFrames => 2;

    public override IReadOnlyList<KeyValuePair<string, string>> Options(VideoRecipe recipe, int segmentFrames)
    {
        // One segment, one GOP: the first picture is an IDR because the encoder is fresh. stitchable keeps the headers
        // of every segment alike; force-cfr counts the buffer model in frames, not in timestamps.
        string x264 = string.Create(CultureInfo.InvariantCulture,
            $"stitchable=1:force-cfr=1:open-gop=0:vbv-init={recipe.BufferInitialPercent / 100.0:0.00}:{X264.Instructions}");
        if (recipe.Spare is not null)
        {
            // Its parameter sets have numbers of their own beside those of the encoder it stands in for.
            x264 = $"{x264}:bframes=0:sps-id={(recipe.IsSpare ? 1 : 0)}";
        }

        if (recipe.Lookahead is not null)
        {
            x264 = $"{OwnLookahead}:{x264}";
        }

        return
        [
            .. CappedQuality(recipe, segmentFrames).Where(option => option.Key != "crf"),
            new("crf", recipe.Lookahead is null ? Text(recipe.ConstantRateFactor) : $"{Text(recipe.ConstantRateFactor + TreeSteps)}.{TreeTenths}"),
            new("profile", "high"),
            new("threads", Text(recipe.Threads)),
            new("x264-params", recipe.EncoderParameters is null ? x264 : $"{recipe.EncoderParameters}:{x264}"),
        ];
    }

    public override byte[] ToSample(ReadOnlySpan<byte> packet) => AnnexB.ToLengthPrefixed(packet);
}
