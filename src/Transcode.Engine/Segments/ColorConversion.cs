using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.ToneMapping;

namespace Transcode.Engine.Segments;

/// <summary>From the colours of a source to those of a recipe, where more than the YUV matrix differs: in linear light, where the range
/// shrinks by our own tone mapper if the recipe names its curve, else by zimg, with libavfilter's tone mapping in between.</summary>
/// <param name="Matrix">libav's name of the source's YUV matrix.</param>
/// <param name="Primaries">libav's name of its primaries.</param>
/// <param name="Transfer">libav's name of its transfer characteristic.</param>
/// <param name="PeakNits">The luminance that becomes white, in cd/m²; null where the range is kept.</param>
/// <param name="Curve">Of our tone mapper, by its name; null leaves it to the filters.</param>
internal sealed record ColorConversion(string Matrix, string Primaries, string Transfer, int? PeakNits, string? Curve)
{
    /// <summary>Diffuse white of HDR pictures, in cd/m² (ITU-R BT.2408, 2.1). It becomes 1.0 of linear light, which the
    /// curve leaves brightest but for highlights.</summary>
    public const int ReferenceWhiteNits = 203;

    /// <summary>What carries the source's code values to the conversion: enough bits for PQ.</summary>
    public const string PixelFormat = VideoRecipe.TenBits;

    /// <summary>Null where the matrix is all that differs.</summary>
    public static ColorConversion? For(VideoTrack source, VideoRecipe recipe)
    {
        if (source.DynamicRange != DynamicRange.Sdr)
        {
            return recipe.DynamicRange == DynamicRange.Sdr ? new("bt2020nc", "bt2020", source.Transfer, recipe.ToneMapPeakNits, recipe.ToneCurve) : null;
        }

        return source.Primaries == "bt2020" ? new("bt2020nc", "bt2020", "bt709", PeakNits: null, Curve: null) : null;
    }

    /// <summary>What our own tone mapper does to a picture of <see cref="PixelFormat"/>; null where that is the filters'.</summary>
    /// <param name="own">Where colour lies in the source's pictures.</param>
    /// <param name="siting">Where it lies once they are upright.</param>
    /// <param name="pixelFormat">libav's name of what comes out.</param>
    public ToneMapPlan? PlanFor(ChromaSiting own, ChromaSiting siting, string pixelFormat) =>
        PeakNits is { } peak && Curve is { } curve && ToneMapPlan.Knows(siting) && PictureToneMapper.Knows(PixelFormat, own)
            ? new(
                DynamicRanges.Of(Transfer) == DynamicRange.Pq ? HdrTransfer.Pq : HdrTransfer.Hlg,
                peak,
                ToneCurve.Named(curve),
                GamutMapping.Clip,
                PlanarFormat.Named(pixelFormat)!.Bits,
                siting)
            : null;

    /// <summary>The filters from pictures of <see cref="PixelFormat"/> with the source's colours to BT.709 in limited range.</summary>
    public IEnumerable<FilterStep> Steps()
    {
        // Said anew, because decoders leave out what the container alone knows.
        yield return new("setparams", $"color_primaries={Primaries}:color_trc={Transfer}:colorspace={Matrix}:range=tv");
        if (PeakNits is { } peak)
        {
            yield return new("zscale", string.Create(CultureInfo.InvariantCulture, $"t=linear:npl={ReferenceWhiteNits}"));
            yield return new("format", "gbrpf32le");
            // Mobius: straight below three tenths of white, then bent towards the peak; by the largest of R, G and B, so
            // that hues stay.
            yield return new("tonemap", string.Create(
                CultureInfo.InvariantCulture, $"tonemap=mobius:desat=0:peak={(double)peak / ReferenceWhiteNits:0.000000}"));
        }

        yield return new("zscale", "p=bt709:t=bt709:m=bt709:r=limited:dither=ordered");
    }
}
