namespace Transcode.Engine.Media;

/// <summary>Chooses the constant rate of a source's grid from the rates its container and codec claim.</summary>
internal static class FrameRates
{
    /// <summary>Apple HLS authoring specification 1.15: at most 60 frames a second.</summary>
    private static readonly Rational Highest = new(60, 1);

    private static readonly Rational Lowest = new(10, 1);

    private static readonly Rational Unknown = new(30, 1);

    /// <summary>A claim above this is a clock's resolution, not a frame rate.</summary>
    private static readonly Rational Fastest = new(480, 1);

    private static readonly Rational FastestInterlaced = new(31, 1);

    /// <summary>Rates that cameras and films have.</summary>
    private static readonly Rational[] Standard =
    [
        new(24000, 1001), new(24, 1), new(25, 1), new(30000, 1001), new(30, 1), new(48, 1), new(50, 1),
        new(60000, 1001), new(60, 1), new(10, 1), new(12, 1), new(15, 1), new(15000, 1001), new(20, 1), new(12000, 1001),
    ];

    /// <summary>A claim this near to a standard rate is that rate: the rest is rounding of timestamps. 24 and 24000/1001 lie
    /// a thousandth apart.</summary>
    private const double SameRate = 0.001;

    /// <summary>Average and base rates further apart than this mean that frames last unevenly.</summary>
    private const double Uneven = 0.02;

    /// <summary>The grid's rate, 10 to 60: a standard rate where the source's is near one. A higher rate is divided, a lower
    /// one multiplied, by a whole number, so that no frame is shown unevenly; a varying one becomes the next standard rate
    /// up.</summary>
    /// <param name="claimed">Frames a second over the whole source, or null where nobody knows.</param>
    /// <param name="finest">The rate that would fit every timestamp, or null.</param>
    public static Rational ForGrid(Rational? claimed, Rational? finest)
    {
        if (claimed is not { Numerator: > 0 } rate || rate < new Rational(1, 10) || rate > Fastest)
        {
            return Unknown;
        }

        bool varies = finest is { Numerator: > 0 } fine && Math.Abs((fine / rate).ToDouble() - 1) > Uneven;
        Rational snapped = Snap(rate, varies);
        if (snapped > Highest)
        {
            snapped = Snap(new(snapped.Numerator, snapped.Denominator * (Highest / snapped).InverseCeiling()), varies: false);
        }
        else if (snapped < Lowest)
        {
            snapped = Snap(new(snapped.Numerator * (snapped / Lowest).InverseCeiling(), snapped.Denominator), varies: false);
        }

        return snapped;
    }

    /// <summary>The grid's rate where pictures are two fields each: every field is shown.</summary>
    /// <param name="claimed">Pictures or fields a second, or null where nobody knows.</param>
    /// <param name="finest">The rate that would fit every timestamp, or null.</param>
    public static Rational ForFields(Rational? claimed, Rational? finest)
    {
        // No system has more than 30 interlaced pictures a second: a higher claim counts fields.
        bool countsFields = claimed > FastestInterlaced;
        return countsFields ? ForGrid(claimed, finest) : ForGrid(Doubled(claimed), Doubled(finest));
    }

    private static Rational? Doubled(Rational? rate) => rate * new Rational(2, 1);

    private static Rational Snap(Rational rate, bool varies)
    {
        Rational nearest = Standard.MinBy(s => Math.Abs((rate / s).ToDouble() - 1));
        if (Math.Abs((rate / nearest).ToDouble() - 1) < SameRate)
        {
            return nearest;
        }

        Rational[] above = [.. Standard.Where(s => s > rate && s.Denominator == 1).Order()];
        return varies && above.Length > 0 ? above[0] : Coarse(rate);
    }

    /// <summary>An odd rate in thousandths of a frame, so that timescales stay small.</summary>
    private static Rational Coarse(Rational rate) => new(Math.Max(1, rate.RoundOf(1000)), 1000);

    private static long InverseCeiling(this Rational ratio) => new Rational(ratio.Denominator, ratio.Numerator).CeilingOf(1);
}
