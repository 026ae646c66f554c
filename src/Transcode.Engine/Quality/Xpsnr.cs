using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Quality;

/// <summary>The peak signal-to-noise ratio with each block's error weighted by how much of it eyes see (Helmrich et al., XPSNR: A
/// low-complexity extension of the perceptually weighted peak signal-to-noise ratio, ICASSP 2020). Brightness alone. Not for two threads at once.</summary>
/// <remarks>
/// Blocks are of n×n samples, n = 4·⌊32·√r + ½⌋ with r the picture's samples over 3840·2160; those at the right and at the bottom
/// may be smaller. A block's activity is a = max(2^(bits − 6), s + t). s is the mean size of the high-pass
/// −1 −2 −1 / −2 12 −2 / −1 −2 −1 over its samples, the picture's outermost left out. t is twice the mean size of the
/// difference to the picture before; from 32 pictures a second on, of that difference's own difference to the one before it.
/// Above 2048·1152 samples both are taken over squares of four samples. Where there are no pictures before, t is 0. Weights
/// are √(16·2^(2·bits − 9)/√r)/a. In pictures of up to 640·480 each weight is at most the largest of its neighbours to the
/// left, to the right and above. The weighted sum of squared errors takes the place of the plain one; pictures of which n is 0
/// keep that.
/// </remarks>
/// <param name="shape">Of all planes.</param>
/// <param name="secondOrder">Whether there are 32 pictures a second or more.</param>
/// <param name="width">How to compute; the result is the same.</param>
internal sealed class Xpsnr(PlaneShape shape, bool secondOrder, LaneWidth width)
{
    private const long Large = 2048 * 1152;
    private const long Small = 640 * 480;

    private readonly double ratio = Ratio(shape);
    private readonly BlockActivity activity = new(shape, SideOf(shape), KindOf(shape, secondOrder), width);

    /// <summary>Samples of a block's side; 0 where the picture is too small to weight anything.</summary>
    public int Side { get; } = SideOf(shape);

    /// <summary>How blocks are looked at.</summary>
    public BlockActivity.Kind Activity { get; } = KindOf(shape, secondOrder);

    /// <summary>The weighted sum of squared errors: <see cref="PlaneError.Psnr"/> of it is the XPSNR, and over some pictures that of the
    /// square of its roots' mean.</summary>
    /// <param name="original">The picture as it was.</param>
    /// <param name="before">That before it, or none.</param>
    /// <param name="earlier">That before the one before, or none.</param>
    /// <param name="decoded">What became of it.</param>
    /// <exception cref="ArgumentException">A plane is too small for its rows.</exception>
    public double WeightedError(PlaneView original, PlaneView before, PlaneView earlier, PlaneView decoded)
    {
        shape.Check(original.Samples.Length, original.Pitch, nameof(original));
        shape.Check(decoded.Samples.Length, decoded.Pitch, nameof(decoded));
        if (!before.IsNone)
        {
            shape.Check(before.Samples.Length, before.Pitch, nameof(before));
        }

        if (!earlier.IsNone)
        {
            shape.Check(earlier.Samples.Length, earlier.Pitch, nameof(earlier));
        }

        int side = Side;
        if (side == 0)
        {
            return PlaneError.Squared(shape, original.Samples, original.Pitch, decoded.Samples, decoded.Pitch, width);
        }

        int columns = (shape.Width + side - 1) / side, rows = (shape.Height + side - 1) / side;
        var activities = new double[columns * rows];
        var errors = new long[columns * rows];
        for (int i = 0; i < errors.Length; i++)
        {
            (int x, int y) = (i % columns * side, i / columns * side);
            if (x == 0)
            {
                activity.Of(original, before, earlier, y, activities.AsSpan(i, columns));
            }

            (int blockWidth, int blockHeight) = (Math.Min(side, shape.Width - x), Math.Min(side, shape.Height - y));
            int first = x * shape.SampleBytes;
            errors[i] = PlaneError.Squared(
                new(blockWidth, blockHeight, shape.Bits),
                original.Samples[((y * original.Pitch) + first)..],
                original.Pitch,
                decoded.Samples[((y * decoded.Pitch) + first)..],
                decoded.Pitch,
                width);
        }

        return Weighted(activities, errors);
    }

    /// <summary>The weighted sum of errors that somebody else has summed up.</summary>
    /// <param name="activities">Of each block, row after row.</param>
    /// <param name="errors">Squared, of each block.</param>
    public double Weighted(ReadOnlySpan<double> activities, ReadOnlySpan<long> errors)
    {
        double scale = Math.Sqrt(16.0 * Math.Pow(2, (2 * shape.Bits) - 9) / Math.Sqrt(ratio));
        var weights = new double[activities.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = scale / Math.Max(1 << (shape.Bits - 6), activities[i]);
        }

        if ((long)shape.Width * shape.Height <= Small)
        {
            Smooth(weights, (shape.Width + Side - 1) / Side);
        }

        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * errors[i];
        }

        return sum;
    }

    private static BlockActivity.Kind KindOf(PlaneShape shape, bool secondOrder) => new((long)shape.Width * shape.Height > Large, secondOrder);

    private static double Ratio(PlaneShape shape) => (double)shape.Width * shape.Height / (3840.0 * 2160);

    private static int SideOf(PlaneShape shape) => 4 * (int)((32 * Math.Sqrt(Ratio(shape))) + 0.5);

    /// <summary>Lowers weights to the largest of their neighbours, one after the other.</summary>
    private static void Smooth(double[] weights, int columns)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            double largest = 0;
            largest = i % columns > 0 ? Math.Max(largest, weights[i - 1]) : largest;
            largest = i % columns < columns - 1 && i + 1 < weights.Length ? Math.Max(largest, weights[i + 1]) : largest;
            largest = i >= columns ? Math.Max(largest, weights[i - columns]) : largest;
            weights[i] = largest > 0 ? Math.Min(weights[i], largest) : weights[i];
        }
    }
}
