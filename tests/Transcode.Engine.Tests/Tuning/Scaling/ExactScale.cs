using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Tests.Tuning.Scaling;

/// <summary>Resampling by the formulas, in double precision and with nothing rounded: what the scaler is measured against. It
/// shares with it what a raster is, and no arithmetic.</summary>
internal static class ExactScale
{
    /// <summary>A filter by its name in recipes.</summary>
    public static Func<double, double> Kernel(string name) => name switch
    {
        "bicubic-1" => x => Cubic(x, 0, 0.6),
        "mitchell-1" => x => Cubic(x, 1.0 / 3, 1.0 / 3),
        "lanczos3-1" => x => x < 3 ? Sinc(x) * Sinc(x / 3) : 0,
        "spline36-1" => Spline36,
        _ => throw new ArgumentException(name),
    };

    /// <summary>Half the width of a filter.</summary>
    public static double Radius(string name) => name is "lanczos3-1" or "spline36-1" ? 3 : 2;

    /// <summary>A plane, row by row, unrounded and not held within any range.</summary>
    public static double[] Plane(
        string filter, ReadOnlySpan<int> samples, (Raster Raster, int Pixels)[] across, (Raster Raster, int Pixels)[] down)
    {
        double[][] columns = Axis(filter, across[0], across[1]);
        double[][] rows = Axis(filter, down[0], down[1]);
        int width = across[0].Raster.Size;
        var middle = new double[width * rows.Length];
        for (int y = 0; y < rows.Length; y++)
        {
            for (int tap = 0; tap < rows[y].Length; tap++)
            {
                for (int x = 0; rows[y][tap] != 0 && x < width; x++)
                {
                    middle[(y * width) + x] += rows[y][tap] * samples[(tap * width) + x];
                }
            }
        }

        var scaled = new double[columns.Length * rows.Length];
        for (int i = 0; i < scaled.Length; i++)
        {
            double[] weights = columns[i % columns.Length];
            int row = i / columns.Length * width;
            for (int tap = 0; tap < width; tap++)
            {
                scaled[i] += weights[tap] == 0 ? 0 : weights[tap] * middle[row + tap];
            }
        }

        return scaled;
    }

    /// <summary>For each target sample, a weight of every source sample.</summary>
    private static double[][] Axis(string filter, (Raster Raster, int Pixels) source, (Raster Raster, int Pixels) target)
    {
        Func<double, double> kernel = Kernel(filter);
        double pixelsAPixel = (double)source.Pixels / target.Pixels;
        double stretch = Math.Max(1, pixelsAPixel * target.Raster.Step / source.Raster.Step);
        var axis = new double[target.Raster.Size][];
        for (int i = 0; i < axis.Length; i++)
        {
            double place = ((((i * target.Raster.Step) + target.Raster.First) * pixelsAPixel) - source.Raster.First) / source.Raster.Step;
            axis[i] = new double[source.Raster.Size];
            int reach = (int)(Radius(filter) * stretch) + 2;
            double sum = 0;
            for (int at = (int)place - reach; at <= (int)place + reach; at++)
            {
                double weight = kernel(Math.Abs(at - place) / stretch);
                axis[i][Math.Clamp(at, 0, source.Raster.Size - 1)] += weight;
                sum += weight;
            }

            axis[i] = [.. axis[i].Select(weight => weight / sum)];
        }

        return axis;
    }

    /// <summary>Keys' cubics as two splines of B and C.</summary>
    private static double Cubic(double x, double b, double c) =>
        x < 1 ? (((2 - (1.5 * b) - c) * Math.Pow(x, 3)) + ((-3 + (2 * b) + c) * Math.Pow(x, 2)) + (1 - (b / 3)))
        : x < 2 ? (((-(b / 6) - c) * Math.Pow(x, 3)) + ((b + (5 * c)) * Math.Pow(x, 2)) + (((-2 * b) - (8 * c)) * x) + ((4 * b / 3) + (4 * c)))
        : 0;

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double Spline36(double x) =>
        x < 1 ? (13.0 / 11 * Math.Pow(x, 3)) - (453.0 / 209 * x * x) - (3.0 / 209 * x) + 1
        : x < 2 ? (-6.0 / 11 * Math.Pow(x - 1, 3)) + (270.0 / 209 * Math.Pow(x - 1, 2)) - (156.0 / 209 * (x - 1))
        : x < 3 ? (1.0 / 11 * Math.Pow(x - 2, 3)) - (45.0 / 209 * Math.Pow(x - 2, 2)) + (26.0 / 209 * (x - 2))
        : 0;
}
