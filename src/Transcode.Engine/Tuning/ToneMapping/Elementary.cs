namespace Transcode.Engine.Tuning.ToneMapping;

/// <summary>Logarithm, exponential and power, of additions, multiplications and divisions alone. IEEE 754 defines these to the bit, and
/// the runtime fuses none of them; a library's power may differ from one machine to the next, and what a table is rounded to
/// may not.</summary>
internal static class Elementary
{
    /// <summary>ln 2 in two parts, the first with its lower half empty, so that small multiples of it are exact.</summary>
    private const double Ln2High = 0.693147180369123816490, Ln2Low = 1.90821492927058770002e-10;

    /// <summary>To within a few units of the last place.</summary>
    /// <param name="x">A normal number greater than 0.</param>
    public static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52) - 1023;
        double mantissa = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | (1023L << 52));
        if (mantissa > 1.4142135623730951)
        {
            mantissa /= 2;
            exponent++;
        }

        // ln m = 2 artanh((m − 1) / (m + 1)); the argument is at most 0.172.
        double ratio = (mantissa - 1) / (mantissa + 1);
        double square = ratio * ratio;
        double sum = 0;
        for (int n = 25; n >= 1; n -= 2)
        {
            sum = (sum * square) + (1.0 / n);
        }

        return (exponent * Ln2High) + ((2 * ratio * sum) + (exponent * Ln2Low));
    }

    /// <summary>To within a few units of the last place.</summary>
    /// <param name="x">From −700 to 700.</param>
    public static double Exp(double x)
    {
        double whole = Math.Floor((x / (Ln2High + Ln2Low)) + 0.5);
        double rest = x - (whole * Ln2High) - (whole * Ln2Low);
        double sum = 1;
        for (int n = 20; n >= 1; n--)
        {
            sum = 1 + (sum * rest / n);
        }

        return sum * BitConverter.Int64BitsToDouble(((long)whole + 1023) << 52);
    }

    /// <summary>0 for a base of 0 or less.</summary>
    public static double Power(double x, double exponent) => x <= 0 ? 0 : Exp(exponent * Log(x));
}
