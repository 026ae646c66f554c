namespace Rewards.Accounts;

/// <summary>What one segment costs.</summary>
/// <param name="Minimum">In the smallest unit, 0 to <see cref="Amounts.Limit"/>: no segment costs less.</param>
/// <param name="PerWeightedPixel">In thousandths of the smallest unit, 0 to 10^15.</param>
public sealed record SegmentPrice(Int128 Minimum, long PerWeightedPixel)
{
    internal const long RateLimit = 1_000_000_000_000_000;

    private const int Thousandths = 1000;

    /// <summary>Rounded up to the next smallest unit, segment by segment. Up, because then work that has a price is never free and
    /// cutting it into smaller pieces never makes it cheaper; the payer loses less than one smallest unit a segment. A quote is made of
    /// the same sums, so it says what will be charged to the unit.</summary>
    /// <param name="weightedPixels">0 or more.</param>
    public Int128 Of(long weightedPixels)
    {
        Int128 exact = (Int128)weightedPixels * PerWeightedPixel;
        Int128 rounded = (exact + Thousandths - 1) / Thousandths;
        return Int128.Max(Minimum, rounded);
    }

    internal bool IsSound => Minimum >= 0 && Minimum <= Amounts.Limit && PerWeightedPixel is >= 0 and <= RateLimit;
}
