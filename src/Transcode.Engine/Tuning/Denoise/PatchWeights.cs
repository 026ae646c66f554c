namespace Transcode.Engine.Tuning.Denoise;

/// <summary>How alike two patches are, and what a sample so counts for, in whole numbers: exp(−Σd²/h²) over the samples of a
/// patch, h being ten times the strength, and nothing below 1/256.</summary>
/// <remarks>
/// Distances are counted in units of which 8,192 halve the weight, so that 65,536 are where it ends: a difference of d is
/// ⌊d·A·d·B/65,536⌋, sums stop at 65,535, and d beyond what A and B can hold in 16 bits is 65,535 by itself. A and B are two
/// factors near one another whose product is nearest to the scale. A weight is 2 to the power of minus the distance, in units
/// of 1/32,768: a quadratic over the fraction, right at 0, ½ and 1 and 0.4% off at most, shifted by the whole part.
/// </remarks>
internal sealed class PatchWeights
{
    /// <summary>From a patch's middle to its side, in samples.</summary>
    public const int PatchReach = 2;

    /// <summary>From a sample to the furthest that counts, across and down.</summary>
    public const int WindowReach = 2;

    /// <summary>Weakest, in tenths of what libavfilter's nlmeans calls its strength.</summary>
    public const int Weakest = 10;

    public const int Strongest = 300;

    /// <summary>A distance at which nothing counts any more.</summary>
    public const int TooFar = ushort.MaxValue;

    /// <summary>From the exponent's whole part to its fraction: bits of a distance.</summary>
    public const int HalvingBits = 13;

    /// <summary>The quadratic, 1 − Linear·f + Square·f², in 65,536ths: ½ + 4·(√½ − ¾) and 4·(√½ − ¾) taken from it.</summary>
    public const int One = 65535;

    public const int Linear = 44012;

    public const int Square = 11244;

    /// <summary>What a weight of one counts for in the sum of weights.</summary>
    public const int Whole = 1024;

    /// <summary>Of 256, which is what the weights run over.</summary>
    private const double NaturalLogarithm = 5.5451774444795623;

    private const int Neighbours = (((2 * WindowReach) + 1) * ((2 * WindowReach) + 1)) - 1;

    /// <param name="tenths">The strength: about seven times the noise's standard deviation in 8-bit code values.</param>
    /// <param name="bits">Of samples: 8 or 10.</param>
    /// <exception cref="ArgumentOutOfRangeException">The strength is out of its range.</exception>
    public PatchWeights(int tenths, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tenths, Weakest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tenths, Strongest);
        double h = (double)tenths * (1 << (bits - 8));
        double product = 65536.0 * 65536.0 / (NaturalLogarithm * h * h);
        (A, B) = Factors(product);
        Furthest = Math.Min((1 << bits) - 1, ushort.MaxValue / Math.Max(A, B));
        FractionBits = Enumerable.Range(0, 16 - bits).Last(fraction => Fits(fraction, (1 << bits) - 1));
    }

    public int A { get; }

    public int B { get; }

    /// <summary>The largest difference of two samples that does not make their patches unlike by itself.</summary>
    public int Furthest { get; }

    /// <summary>Of the sum of weighted differences: as many as fit 16 bits with their sign, whatever the picture.</summary>
    public int FractionBits { get; }

    /// <summary>What a sum of weighted differences is multiplied by before it is divided by a sum of shares.</summary>
    public float Scale => Whole / (float)(1 << FractionBits);

    /// <summary>Of two samples.</summary>
    /// <param name="difference">At least 0.</param>
    public int Distance(int difference) => difference > Furthest ? TooFar : (int)(((uint)(difference * A) * (uint)(difference * B)) >> 16);

    /// <summary>In 32,768ths.</summary>
    /// <param name="distance">Of two patches, 0 to 65,535.</param>
    public static int Weight(int distance)
    {
        if (distance == TooFar)
        {
            return 0;
        }

        int fraction = (distance << (16 - HalvingBits)) & 0xFFFF;
        int power = One - (fraction * (Linear - (fraction * Square >>> 16)) >>> 16);
        return (int)((uint)power * (uint)(0x8000 >> (distance >> HalvingBits)) >> 16);
    }

    /// <summary>A difference times a weight, with <see cref="FractionBits"/>.</summary>
    public int Weighted(int difference, int weight) => (((difference << FractionBits) * weight) + (1 << 14)) >> 15;

    /// <summary>A weight in <see cref="Whole"/>ths.</summary>
    public static int Share(int weight) => ((weight * Whole) + (1 << 14)) >> 15;

    /// <summary>The factors nearest one another whose product is within half a thousandth, or else the nearest product of
    /// factors a tenth from its root.</summary>
    private static (int A, int B) Factors(double product)
    {
        double root = Math.Sqrt(product);
        (int A, int B) best = (1, 1);
        double error = product;
        for (int a = (int)root; a >= root * 0.9 && error > product / 2048; a--)
        {
            int b = (int)((product / a) + 0.5);
            if (Math.Abs(((double)a * b) - product) < error)
            {
                best = (a, b);
                error = Math.Abs(((double)a * b) - product);
            }
        }

        return best;
    }

    /// <summary>Whether the sum over all neighbours fits with so many bits of fraction: patches are at least as far apart as
    /// their middles.</summary>
    private bool Fits(int fraction, int largest) => Enumerable.Range(0, largest + 1)
        .All(difference => Neighbours * (long)(((difference << fraction) * Weight(Distance(difference)) >> 15) + 1) <= short.MaxValue);
}
