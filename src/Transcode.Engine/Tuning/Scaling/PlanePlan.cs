namespace Transcode.Engine.Tuning.Scaling;

/// <summary>The arithmetic of one plane: first down, then across, in whole numbers. Every way of computing it gives the same
/// bytes.</summary>
/// <remarks>
/// Down: m = sat16((Σ w·p − (half ≪ 14) + rounding) ≫ (p's bits − 1)), where half is the middle of p's range: 16 bits hold it with
/// 15 − (p's bits − 1) − 1 bits of fraction to spare, because filters overshoot by less than three tenths of the range.
/// Across: t = clamp((Σ w·m + bias) ≫ shift), where bias holds half again and the rounding: one half, or where bits are dropped
/// the place's threshold of an 8×8 Bayer matrix.
/// Sums stay within 31 bits: Σ|w| is less than 1.6·2^14, |p| less than 2^10 and |m| at most 2^15.
/// </remarks>
/// <param name="Across">Its starts are even.</param>
/// <param name="Down">Of the same plane.</param>
/// <param name="SourceBits">8, or 10 in 16-bit words of this machine's order.</param>
/// <param name="TargetBits">8 or 10, at most the source's.</param>
internal sealed record PlanePlan(ScaleAxis Across, ScaleAxis Down, int SourceBits, int TargetBits)
{
    /// <summary>The side of the dither matrix.</summary>
    public const int DitherSide = 8;

    /// <summary>Of samples of 8 bits.</summary>
    public const int DownShiftOf8 = ScaleAxis.WeightBits + 8 - 15;

    /// <summary>To samples of 8 bits.</summary>
    public const int AcrossShiftTo8 = ScaleAxis.WeightBits + 15 - 8;

    public int SourceBytes => SourceBits > 8 ? 2 : 1;

    public int TargetBytes => TargetBits > 8 ? 2 : 1;

    /// <summary>Leaves 15 bits of a full-scale sample: 7 of fraction for 8, 5 for 10.</summary>
    public int DownShift => DownShiftOf8 + SourceBits - 8;

    public int DownBias => (1 << (DownShift - 1)) - (1 << (SourceBits - 1 + ScaleAxis.WeightBits));

    public int AcrossShift => AcrossShiftTo8 - (TargetBits - 8);

    public int LargestTarget => (1 << TargetBits) - 1;

    /// <summary>What a sum across starts with.</summary>
    public int AcrossBias(int x, int y)
    {
        int half = 1 << (14 + ScaleAxis.WeightBits);
        return half + (SourceBits == TargetBits ? 1 << (AcrossShift - 1) : ((2 * Bayer(x, y)) + 1) << (AcrossShift - 7));
    }

    /// <summary>A number for each place of the dither matrix, row after row.</summary>
    public static int[] Places(Func<int, int, int> number) =>
        [.. Enumerable.Range(0, DitherSide * DitherSide).Select(i => number(i % DitherSide, i / DitherSide))];

    /// <summary>Threshold of a place, 0 to 63: the bits of x ⊕ y and y in turn, the lowest first in weight.</summary>
    public static int Bayer(int x, int y)
    {
        int value = 0;
        for (int bit = 0; bit < 3; bit++)
        {
            value = (value << 2) | ((((x ^ y) >> bit) & 1) << 1) | ((y >> bit) & 1);
        }

        return value;
    }
}
