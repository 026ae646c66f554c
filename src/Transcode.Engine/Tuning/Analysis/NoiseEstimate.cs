namespace Transcode.Engine.Tuning.Analysis;

/// <summary>How much noise a picture has, from what its quietest blocks have. Noise is taken for white and normal.</summary>
/// <remarks>
/// Grain: Immerkær's σ = √(π/2)/6 · mean |I ∗ (1 −2 1; −2 4 −2; 1 −2 1)|. In time: the difference of two samples that differ by
/// noise alone has √2·σ, so that mean |d| = σ·2/√π. Of the blocks of each kind, those between the tenth and the 25th
/// hundredth are averaged: below them lie accidents, above them texture, or motion. What moves has no still blocks, and
/// what is still may have texture everywhere: so the smaller of the two counts.
/// </remarks>
internal static class NoiseEstimate
{
    /// <summary>Of a block, in samples.</summary>
    public const int Side = 16;

    private const double FromGrain = 1.2533141373155003 / 6;

    private const double FromDifference = 0.8862269254527580;

    /// <param name="grain">Each block's sum of absolute grain.</param>
    /// <param name="differences">Each block's sum of absolute differences to the picture before; null without one.</param>
    /// <returns>In the code values that the sums are in; 0 where there are no blocks.</returns>
    public static double Of(List<int> grain, List<int>? differences)
    {
        double still = FromGrain * Quiet(grain);
        return differences is null ? still : Math.Min(still, FromDifference * Quiet(differences));
    }

    /// <summary>A block's columns, of which two neighbours are in one sum.</summary>
    /// <param name="pairs">Of a row of blocks.</param>
    /// <param name="column">Of the block.</param>
    public static int Sum(int[] pairs, int column)
    {
        int sum = 0;
        foreach (int pair in pairs.AsSpan(column * Side / 2, Side / 2))
        {
            sum += pair;
        }

        return sum;
    }

    /// <summary>Whether brightness is neither black nor white: noise is cut off there, and of the bars around a film there is none.</summary>
    /// <param name="sample">In code values of 8 bits.</param>
    public static bool IsGrey(int sample) => sample is > 17 and < 234;

    /// <summary>Of a sample, in the quiet ones of some blocks.</summary>
    private static double Quiet(List<int> sums)
    {
        if (sums.Count == 0)
        {
            return 0;
        }

        sums.Sort();
        int first = sums.Count / 10;
        int count = Math.Max(1, (sums.Count / 4) - first);
        long sum = 0;
        for (int i = first; i < first + count; i++)
        {
            sum += sums[i];
        }

        return (double)sum / count / (Side * Side);
    }
}
