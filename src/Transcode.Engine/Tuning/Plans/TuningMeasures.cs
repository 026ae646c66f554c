namespace Transcode.Engine.Tuning.Plans;

/// <summary>What a rung's pictures at the beginning of a shot are like, by <see cref="Analysis.PictureAnalyzer"/>: of the last of them, but
/// for the noise.</summary>
/// <param name="Noise">Standard deviation, in code values of 8 bits: the largest of what pairs of pictures have, because the second of
/// a pair may be the first once more.</param>
/// <param name="CbNoise">Likewise, of the colour Cb, by <see cref="Analysis.ColourNoise"/>.</param>
/// <param name="CrNoise">Likewise, of the colour Cr.</param>
/// <param name="Banding">Share of samples at the edges of bands, in thousandths.</param>
/// <param name="Flatness">Share of samples around which brightness hardly changes, 0 to 1.</param>
/// <param name="SpatialInformation">Standard deviation of the Sobel magnitude (ITU-T P.910), in code values of 8 bits.</param>
/// <param name="Sharpness">Of edges, by <see cref="Analysis.EdgeSharpness"/>; null where there are hardly any.</param>
/// <param name="Energy">Texture (VCA's E), in code values of 8 bits.</param>
public sealed record TuningMeasures(double Noise, double CbNoise, double CrNoise, double Banding, double Flatness, double SpatialInformation, double? Sharpness, double Energy)
{
    /// <param name="plane">0 is brightness, 1 and 2 are Cb and Cr.</param>
    public double NoiseOf(int plane) => plane switch { 0 => Noise, 1 => CbNoise, _ => CrNoise };
}
