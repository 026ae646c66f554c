using System.Globalization;
using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Media;

/// <summary>The display a picture was graded on (SMPTE ST 2086), in the whole-number units of HEVC's SEI message
/// (ITU-T H.265, D.3.28): chromaticities in 0.00002, 0 to 50 000; luminances in 0.0001 cd/m², 0 to 2^31 − 1.</summary>
public sealed record MasteringDisplay(
    int RedX,
    int RedY,
    int GreenX,
    int GreenY,
    int BlueX,
    int BlueY,
    int WhiteX,
    int WhiteY,
    int MaxLuminance,
    int MinLuminance)
{
    internal const int ChromaticityUnits = 50_000;
    internal const int LuminanceUnits = 10_000;

    /// <summary>As x265 and SVT-AV1 write it, each in its own units.</summary>
    internal string Text(Func<int, string> chromaticity, Func<int, string> luminance) => string.Create(
        CultureInfo.InvariantCulture,
        $"G({chromaticity(GreenX)},{chromaticity(GreenY)})B({chromaticity(BlueX)},{chromaticity(BlueY)})R({chromaticity(RedX)},{chromaticity(RedY)})WP({chromaticity(WhiteX)},{chromaticity(WhiteY)})L({luminance(MaxLuminance)},{luminance(MinLuminance)})");

    /// <summary>Null where it does not say all, or says what cannot be.</summary>
    internal static MasteringDisplay? From(AvMasteringDisplay? found)
    {
        if (found is not { HasPrimaries: not 0, HasLuminance: not 0 } display)
        {
            return null;
        }

        int?[] values =
        [
            Units(display.RedX, ChromaticityUnits), Units(display.RedY, ChromaticityUnits),
            Units(display.GreenX, ChromaticityUnits), Units(display.GreenY, ChromaticityUnits),
            Units(display.BlueX, ChromaticityUnits), Units(display.BlueY, ChromaticityUnits),
            Units(display.WhiteX, ChromaticityUnits), Units(display.WhiteY, ChromaticityUnits),
            Units(display.MaxLuminance, LuminanceUnits), Units(display.MinLuminance, LuminanceUnits),
        ];
        return values.Take(8).All(value => value is >= 0 and <= ChromaticityUnits) && values[8] > values[9] && values[9] is not null
            ? new(values[0]!.Value, values[1]!.Value, values[2]!.Value, values[3]!.Value, values[4]!.Value,
                values[5]!.Value, values[6]!.Value, values[7]!.Value, values[8]!.Value, values[9]!.Value)
            : null;
    }

    internal AvMasteringDisplay ToAv() => new()
    {
        RedX = new(RedX, ChromaticityUnits),
        RedY = new(RedY, ChromaticityUnits),
        GreenX = new(GreenX, ChromaticityUnits),
        GreenY = new(GreenY, ChromaticityUnits),
        BlueX = new(BlueX, ChromaticityUnits),
        BlueY = new(BlueY, ChromaticityUnits),
        WhiteX = new(WhiteX, ChromaticityUnits),
        WhiteY = new(WhiteY, ChromaticityUnits),
        MaxLuminance = new(MaxLuminance, LuminanceUnits),
        MinLuminance = new(MinLuminance, LuminanceUnits),
        HasPrimaries = 1,
        HasLuminance = 1,
    };

    private static int? Units(AvRational value, int unitsOfOne) =>
        value.Den > 0 && value.Num >= 0 && new Rational(value.Num, value.Den).RoundOf(unitsOfOne) is <= int.MaxValue and var units
            ? (int)units
            : null;
}
