using System.Runtime.InteropServices;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tuning.Scaling;

namespace Appliance.Bench;

/// <summary>How near a scaled picture's brightness is to what the formulas say, in double precision and unrounded: rounding alone
/// leaves 58.9 dB of 8 bits and 71 of 10.</summary>
internal sealed class ScaleLikeness
{
    private const int Block = 8;

    private readonly int width;
    private readonly int height;
    private readonly int bits;
    private readonly double[] exact;

    /// <param name="filter">To scale by.</param>
    /// <param name="picture">The source: 4:2:0 of 8 or 10 bits.</param>
    /// <param name="width">Of the target.</param>
    /// <param name="height">Of the target.</param>
    public ScaleLikeness(ScaleFilter filter, AvFrame picture, int width, int height)
    {
        (this.width, this.height) = (width, height);
        bits = AvUtil.PixelFormatName(picture.Format) == "yuv420p" ? 8 : 10;
        double[] source = Brightness(picture, picture.Width, picture.Height);
        double[] across = Across(filter, source, picture.Width, picture.Height, width);
        double[] down = Across(filter, Turned(across, width, picture.Height), picture.Height, width, height);
        exact = Turned(down, height, width);
        double largest = (1 << bits) - 1;
        for (int i = 0; i < exact.Length; i++)
        {
            exact[i] = Math.Clamp(exact[i], 0, largest);
        }
    }

    /// <param name="Psnr">In dB.</param>
    /// <param name="Ssim">Of 8×8 blocks, as −10·log10(1 − SSIM).</param>
    public readonly record struct Figures(double Psnr, double Ssim);

    public Figures Of(AvFrame scaled)
    {
        double[] samples = Brightness(scaled, width, height);
        double largest = (1 << bits) - 1;
        double error = samples.Zip(exact, (a, b) => (a - b) * (a - b)).Average();
        double similarity = 0;
        int blocks = 0;
        for (int y = 0; y + Block <= height; y += Block)
        {
            for (int x = 0; x + Block <= width; x += Block)
            {
                similarity += Similarity(samples, (y * width) + x, largest);
                blocks++;
            }
        }

        return new(10 * Math.Log10(largest * largest / error), -10 * Math.Log10(1 - (similarity / blocks)));
    }

    private double Similarity(double[] samples, int at, double largest)
    {
        double sumA = 0, sumB = 0, squares = 0, products = 0;
        for (int i = 0; i < Block * Block; i++)
        {
            int place = at + (i / Block * width) + (i % Block);
            (double a, double b) = (samples[place], exact[place]);
            sumA += a;
            sumB += b;
            squares += (a * a) + (b * b);
            products += a * b;
        }

        const double Count = Block * Block;
        double c1 = Math.Pow(0.01 * largest, 2);
        double c2 = Math.Pow(0.03 * largest, 2);
        (double meanA, double meanB) = (sumA / Count, sumB / Count);
        double variances = (squares / Count) - (meanA * meanA) - (meanB * meanB);
        double covariance = (products / Count) - (meanA * meanB);
        return (((2 * meanA * meanB) + c1) * ((2 * covariance) + c2)) / (((meanA * meanA) + (meanB * meanB) + c1) * (variances + c2));
    }

    private double[] Brightness(AvFrame picture, int columns, int rows)
    {
        var samples = new double[columns * rows];
        for (int y = 0; y < rows; y++)
        {
            ReadOnlySpan<byte> row = picture.Plane(0, rows)[(y * picture.Stride(0))..];
            for (int x = 0; x < columns; x++)
            {
                samples[(y * columns) + x] = bits == 8 ? row[x] : MemoryMarshal.Cast<byte, ushort>(row)[x];
            }
        }

        return samples;
    }

    private static double[] Turned(double[] plane, int columns, int rows)
    {
        var turned = new double[plane.Length];
        for (int i = 0; i < plane.Length; i++)
        {
            turned[(i % columns * rows) + (i / columns)] = plane[i];
        }

        return turned;
    }

    private static double[] Across(ScaleFilter filter, double[] plane, int columns, int rows, int toColumns)
    {
        double ratio = (double)columns / toColumns;
        double stretch = Math.Max(1, ratio);
        int reach = (int)(filter.Radius * stretch) + 1;
        var scaled = new double[toColumns * rows];
        for (int x = 0; x < toColumns; x++)
        {
            double centre = ((x + 0.5) * ratio) - 0.5;
            double[] weights = [.. Enumerable.Range((int)centre - reach, (2 * reach) + 1).Select(at => filter.Weight(Math.Abs(at - centre) / stretch))];
            double sum = weights.Sum();
            for (int y = 0; y < rows; y++)
            {
                double value = 0;
                for (int tap = 0; tap < weights.Length; tap++)
                {
                    value += weights[tap] * plane[(y * columns) + Math.Clamp((int)centre - reach + tap, 0, columns - 1)];
                }

                scaled[(y * toColumns) + x] = value / sum;
            }
        }

        return scaled;
    }
}
