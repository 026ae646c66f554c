using Transcode.Engine.Tuning.Planes;

namespace Transcode.Engine.Tuning.Analysis;

/// <summary>What is summed up over a picture, in whole numbers, before anything is divided.</summary>
/// <param name="hasBefore">Whether there is a picture before it.</param>
internal sealed class AnalysisSums(bool hasBefore)
{
    private long seen;
    private long inside;

    /// <summary>Over rows.</summary>
    public RowSums Rows;

    /// <summary>Of each block of 32 × 32 samples.</summary>
    public List<int> Energies { get; } = [];

    /// <summary>Of each block of 16 × 16 samples that may show noise: the sum of its grain.</summary>
    public List<int> Grains { get; } = [];

    /// <summary>Of each such block: the sum of absolute differences to the picture before; null without one.</summary>
    public List<int>? Changes { get; } = hasBefore ? [] : null;

    /// <summary>Of absolute differences to the picture before, over all samples.</summary>
    public long Difference { get; set; }

    /// <summary>Samples by their upper eight bits.</summary>
    public int[] Histogram { get; init; } = new int[256];

    /// <summary>A band that begins at a row has been looked at.</summary>
    /// <param name="shape">Of the picture.</param>
    /// <param name="top">The row.</param>
    /// <returns>Rows of the band.</returns>
    public int See(PlaneShape shape, int top)
    {
        int rows = Math.Min(PictureAnalyzer.Band, shape.Height - top);
        seen += rows;
        inside += Math.Min(top + rows, shape.Height - 1) - Math.Max(top, 1);
        return rows;
    }

    /// <param name="shape">Of the picture.</param>
    public PictureAnalysis Result(PlaneShape shape)
    {
        long samples = shape.Width * seen;
        long inner = Math.Max(0, shape.Width - 2) * Math.Max(0, inside);
        double unit = 1 << (shape.Bits - 8);
        return new(
            Deviation(Rows.Gradients / 16.0, Rows.GradientSquares, inner),
            hasBefore ? Deviation(Rows.Changes, Rows.ChangeSquares, samples) : null,
            Energies.Sum(value => (double)value) / Energies.Count / 90,
            Energies,
            NoiseEstimate.Of(Grains, Changes) / unit,
            hasBefore ? Difference / (double)samples / unit : null,
            Histogram,
            inner == 0 ? 1 : (double)Rows.Flat / inner,
            1000.0 * Rows.Contours / samples);
    }

    /// <summary>Of so many values, by their sum and that of their squares.</summary>
    private static double Deviation(double sum, double squares, long count) =>
        count == 0 ? 0 : Math.Sqrt(Math.Max(0, (squares / count) - (sum / count * (sum / count))));
}
