using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.ToneMapping;

namespace Transcode.Engine.Segments;

/// <summary>From the colours of a source to those of a recipe, where more than the YUV matrix differs: by our own tone mapper where the range
/// shrinks, else by zimg.</summary>
/// <param name="Matrix">libav's name of the source's YUV matrix.</param>
/// <param name="Primaries">libav's name of its primaries.</param>
/// <param name="Transfer">libav's name of its transfer characteristic.</param>
/// <param name="ToneMap">How the range shrinks; null where it is kept.</param>
internal sealed record ColorConversion(string Matrix, string Primaries, string Transfer, PictureToneMap? ToneMap)
{
    /// <summary>What carries the source's code values to the conversion: enough bits for PQ.</summary>
    public const string PixelFormat = VideoRecipe.TenBits;

    /// <summary>Null where the matrix is all that differs.</summary>
    public static ColorConversion? For(VideoTrack source, VideoRecipe recipe)
    {
        if (source.DynamicRange != DynamicRange.Sdr)
        {
            return recipe.DynamicRange == DynamicRange.Sdr ? FromHighRange(source, recipe.ToneMap) : null;
        }

        return source.Primaries == "bt2020" ? new("bt2020nc", "bt2020", "bt709", ToneMap: null) : null;
    }

    /// <summary>From a source of a high dynamic range to the standard one.</summary>
    public static ColorConversion FromHighRange(VideoTrack source, PictureToneMap? toneMap) => new("bt2020nc", "bt2020", source.Transfer, toneMap);

    /// <summary>What our own tone mapper does to a picture of <see cref="PixelFormat"/>; null where the range is kept.</summary>
    /// <param name="siting">Where colour lies in the picture.</param>
    /// <param name="pixelFormat">libav's name of what comes out.</param>
    /// <exception cref="NotSupportedException">A name is not known.</exception>
    public ToneMapPlan? PlanFor(ChromaSiting siting, string pixelFormat) =>
        ToneMap is { } map
            ? new(
                DynamicRanges.Of(Transfer) == DynamicRange.Pq ? HdrTransfer.Pq : HdrTransfer.Hlg,
                map.PeakNits ?? PictureToneMap.MostPeakNits,
                ToneCurve.Named(map.Curve),
                GamutMappings.Named(map.Gamut),
                PlanarFormat.Named(pixelFormat)!.Bits,
                ToneMapPlan.Knows(siting) ? siting : ChromaSiting.Left)
            : null;

    /// <summary>The filters from pictures of <see cref="PixelFormat"/> with the source's colours to BT.709 in limited range.</summary>
    public IEnumerable<FilterStep> Steps() =>
    [
        // Said anew, because decoders leave out what the container alone knows.
        new("setparams", $"color_primaries={Primaries}:color_trc={Transfer}:colorspace={Matrix}:range=tv"),
        new("zscale", "p=bt709:t=bt709:m=bt709:r=limited:dither=ordered"),
    ];
}
