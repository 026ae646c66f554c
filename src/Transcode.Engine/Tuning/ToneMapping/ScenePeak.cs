namespace Transcode.Engine.Tuning.ToneMapping;

/// <summary>How bright a picture is, of counts of how bright its pixels are.</summary>
internal static class ScenePeak
{
    /// <summary>Of a count: PQ signals in 1024ths, 0 and 1 included.</summary>
    public const int Bins = 1025;

    /// <summary>Pixels of a picture that may be brighter than its peak, one in so many: a spark, or a bad pixel, does not darken a
    /// scene.</summary>
    private const int Spared = 10_000;

    /// <summary>What a peak is in light.</summary>
    /// <param name="signal">PQ, in 1024ths.</param>
    /// <returns>In cd/m², from diffuse white to 10000.</returns>
    public static int Nits(int signal) => Math.Clamp((int)Math.Ceiling(Transfer.PqNits((double)signal / (Bins - 1))), (int)Transfer.WhiteNits, 10_000);

    /// <summary>The end of the bin above which too few lie.</summary>
    /// <param name="counts">Of a picture, by <see cref="ToneMapper.Count"/>.</param>
    /// <returns>A PQ signal, in 1024ths.</returns>
    public static int Signal(ReadOnlySpan<long> counts)
    {
        long left = 0;
        foreach (long count in counts)
        {
            left += count;
        }

        left /= Spared;
        int bin = Bins - 1;
        while (bin > 0 && (left -= counts[bin]) >= 0)
        {
            bin--;
        }

        return Math.Min(bin + 1, Bins - 1);
    }
}
