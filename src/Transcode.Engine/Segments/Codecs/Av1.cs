using System.Globalization;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Transcode.Engine.Segments.Codecs;

/// <summary>AV1 by SVT-AV1.</summary>
internal sealed class Av1 : VideoCodec
{
    public override string Encoder => "libsvtav1";

    public override string Format => "av1";

    /// <summary>None: every temporal unit shows one frame, and they come in the order they are shown.</summary>
    public override int ReorderFrames => 0;

    public override IReadOnlyList<KeyValuePair<string, string>> Options(VideoRecipe recipe, int segmentFrames) =>
    [
        .. CappedQuality(recipe, segmentFrames),
        new("svtav1-params", string.Join(':', Parameters(recipe))),
    ];

    public override byte[] ToSample(ReadOnlySpan<byte> packet) => TemporalUnit.ToSample(packet);

    private static IEnumerable<string> Parameters(VideoRecipe recipe)
    {
        yield return $"lp={Text(recipe.Threads)}";
        if (recipe.EncoderParameters is { } parameters)
        {
            yield return parameters;
        }

        if (recipe.MasteringDisplay is { } display)
        {
            yield return $"mastering-display={display.Text(Chromaticity, Luminance)}";
        }

        if (recipe.ContentLight is { } light)
        {
            yield return $"content-light={Text(light.MaxCll)},{Text(light.MaxFall)}";
        }
    }

    private static string Chromaticity(int value) => Decimal(value, MasteringDisplay.ChromaticityUnits);

    private static string Luminance(int value) => Decimal(value, MasteringDisplay.LuminanceUnits);

    private static string Decimal(int value, int unitsOfOne) =>
        ((decimal)value / unitsOfOne).ToString("0.00000", CultureInfo.InvariantCulture);
}
