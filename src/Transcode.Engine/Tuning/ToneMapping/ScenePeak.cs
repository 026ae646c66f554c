namespace Transcode.Engine.Tuning.ToneMapping;

/// <summary>How bright a scene is, of counts of how bright its pixels are.</summary>
internal static class ScenePeak
{
    /// <summary>Of a count: PQ signals in 1024ths, 0 and 1 included.</summary>
    public const int Bins = 1025;

    /// <summary>Pixels of a picture that may be brighter than its peak, one in so many: a spark, or a bad pixel, does not darken a
    /// scene.</summary>
    private const int Spared = 10_000;

    /// <summary>The brightest of the pictures' peaks, so that none is cut off and nothing pumps.</summary>
    /// <param name="pictures">At least one; each the counts of <see cref="ToneMapper.Count"/>.</param>
    /// <returns>In cd/m², from diffuse white to 10000.</returns>
    public static int Nits(IEnumerable<long[]> pictures) =>
        Math.Clamp((int)Math.Ceiling(Transfer.PqNits((double)pictures.Max(PeakBin) / (Bins - 1))), (int)Transfer.WhiteNits, 10_000);

    /// <summary>The end of the bin above which too few lie.</summary>
    private static int PeakBin(long[] counts)
    {
        long left = counts.Sum() / Spared;
        int bin = Bins - 1;
        while (bin > 0 && (left -= counts[bin]) >= 0)
        {
            bin--;
        }

        return Math.Min(bin + 1, Bins - 1);
    }
}
