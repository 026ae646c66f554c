using Transcode.Engine.Recipes;

namespace Transcode.Engine.Tuning.ToneMapping;

/// <summary>What becomes of colours of BT.2020 that BT.709 does not have.</summary>
internal enum GamutMapping
{
    /// <summary>Each component is cut off at 0 and 1: what is bright stays bright, and hues turn (ITU-R BT.2407, section 2).</summary>
    Clip,

    /// <summary>The colour moves in linear light straight towards the grey of its own luminance, by so much that it lies within:
    /// luminance and dominant wavelength stay. From <see cref="ToneTables.GamutKnee"/> of the way to the edge on, ever more, so that
    /// colours which differed still do.</summary>
    Desaturate,
}

/// <summary>As recipes name them.</summary>
internal static class GamutMappings
{
    /// <exception cref="NotSupportedException">None has this name.</exception>
    public static GamutMapping Named(string name) => name switch
    {
        PictureToneMap.Clip => GamutMapping.Clip,
        PictureToneMap.Desaturate => GamutMapping.Desaturate,
        _ => throw new NotSupportedException($"No mapping of gamuts {name} is known."),
    };
}
