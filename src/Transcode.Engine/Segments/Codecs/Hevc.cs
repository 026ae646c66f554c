using System.Globalization;
using Transcode.Engine.Recipes;

namespace Transcode.Engine.Segments.Codecs;

/// <summary>HEVC by libx265.</summary>
internal sealed class Hevc : VideoCodec
{
    public override string Encoder => "libx265";

    public override string Format => "hevc";

    /// <summary>x265's B-frames with one level of pyramid need two.</summary>
    public override int ReorderFrames => 2;

    /// <summary>Parameter sets in the sample entry only, as Apple's players want it.</summary>
    public override string SampleEntry => "hvc1";

    public override IReadOnlyList<KeyValuePair<string, string>> Options(VideoRecipe recipe, int segmentFrames) =>
    [
        .. CappedQuality(recipe, segmentFrames),
        new("threads", Text(recipe.Threads)),
        new("x265-params", string.Join(':', Parameters(recipe))),
    ];

    public override byte[] ToSample(ReadOnlySpan<byte> packet) => AnnexB.ToLengthPrefixed(packet);

    private static IEnumerable<string> Parameters(VideoRecipe recipe)
    {
        // No pool of threads and no wavefronts: one thread, as for x264. info=0 leaves out the text of settings that x265
        // would write into every segment.
        yield return "pools=none:wpp=0:open-gop=0:info=0:log-level=none";
        yield return string.Create(CultureInfo.InvariantCulture, $"vbv-init={recipe.BufferInitialPercent / 100.0:0.00}");
        yield return X264.Instructions;
        if (recipe.EncoderParameters is { } parameters)
        {
            yield return parameters;
        }

        if (recipe.MasteringDisplay is { } display)
        {
            yield return $"master-display={display.Text(Text, Text)}";
        }

        if (recipe.ContentLight is { } light)
        {
            yield return $"max-cll={Text(light.MaxCll)},{Text(light.MaxFall)}";
        }
    }
}
