namespace Transcode.Engine.Tuning.Analysis;

/// <summary>What <see cref="PictureAnalyzer"/> found in a picture's brightness.</summary>
/// <param name="SpatialInformation">Standard deviation of the Sobel magnitude, limited range stretched to the full one, in code
/// values of the picture's depth (ITU-T P.910).</param>
/// <param name="TemporalInformation">Standard deviation of the difference to the picture before, stretched alike; null without one.</param>
/// <param name="Energy">Texture: the weighted sum of DCT coefficients of a block, over 90 (VCA's E).</param>
/// <param name="BlockEnergies">Of each block of 32×32 samples looked at, from left to right and from the top down.</param>
/// <param name="Noise">Standard deviation of the noise, in code values of 8 bits.</param>
/// <param name="Difference">Mean absolute difference to the picture before, in code values of 8 bits; null without one.</param>
/// <param name="Histogram">Samples by their upper eight bits.</param>
/// <param name="Flatness">Share of samples around which brightness hardly changes, 0 to 1.</param>
/// <param name="Banding">Share of samples at which two flat runs meet a few code values apart, in thousandths: the edges of bands.</param>
internal sealed record PictureAnalysis(
    double SpatialInformation,
    double? TemporalInformation,
    double Energy,
    IReadOnlyList<int> BlockEnergies,
    double Noise,
    double? Difference,
    IReadOnlyList<int> Histogram,
    double Flatness,
    double Banding)
{
    /// <summary>How much the texture changed from another picture of the same size, over 18 (VCA's h).</summary>
    public double EnergyChange(PictureAnalysis other)
    {
        long sum = 0;
        for (int i = 0; i < BlockEnergies.Count; i++)
        {
            sum += Math.Abs(BlockEnergies[i] - other.BlockEnergies[i]);
        }

        return (double)sum / BlockEnergies.Count / 18;
    }
}
