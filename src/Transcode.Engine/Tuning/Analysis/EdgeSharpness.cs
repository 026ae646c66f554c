using Transcode.Engine.Tuning.Planes;

namespace Transcode.Engine.Tuning.Analysis;

/// <summary>How sharp a picture's edges are, whatever their contrast: along rows, where brightness changes by <see cref="LeastSlope"/> or
/// more from the sample before to the one after, the size of the second difference over that of the first.</summary>
/// <remarks>
/// Σ|a − 2b + c| / Σ|c − a| over such places: 1 where edges are steps, about a third where a Gaussian of a deviation of one sample has blurred them, a quarter
/// from one and a half. Every fourth row is looked at, or <see cref="Rows"/> or more, evenly spread. Whole numbers until the end. Noise makes edges look sharp.
/// </remarks>
internal static class EdgeSharpness
{
    /// <summary>In code values of 8 bits.</summary>
    public const int LeastSlope = 16;

    private const int Rows = 64;

    /// <summary>Share of samples that must be edges, in thousandths, so that it says anything.</summary>
    private const int LeastEdges = 2;

    /// <param name="shape">Of the picture's brightness.</param>
    /// <param name="picture">The picture.</param>
    /// <returns>0 and more; null where there are hardly any edges.</returns>
    public static double? Of(PlaneShape shape, PlaneView picture)
    {
        (long bends, long slopes, long edges, long samples) = (0, 0, 0, 0);
        int least = LeastSlope << (shape.Bits - 8);
        int step = Math.Max(4, shape.Height / Rows);
        for (int y = 0; y < shape.Height; y += step)
        {
            ReadOnlySpan<byte> row = picture.Samples.Slice(y * picture.Pitch, shape.RowBytes);
            for (int x = 1; x < shape.Width - 1; x++)
            {
                (int a, int b, int c) = (Sample(row, x - 1), Sample(row, x), Sample(row, x + 1));
                int slope = Math.Abs(c - a);
                if (slope >= least)
                {
                    slopes += slope;
                    bends += Math.Abs(a - (2 * b) + c);
                    edges++;
                }
            }

            samples += shape.Width;
        }

        return edges * 1000 < samples * LeastEdges ? null : (double)bends / slopes;

        int Sample(ReadOnlySpan<byte> row, int x) => shape.SampleBytes == 1 ? row[x] : row[2 * x] | (row[(2 * x) + 1] << 8);
    }
}
