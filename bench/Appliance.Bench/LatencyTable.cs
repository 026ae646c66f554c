using System.Globalization;

namespace Appliance.Bench;

/// <summary>How long answers took, as percentiles.</summary>
internal static class LatencyTable
{
    private static readonly double[] Shares = [0.5, 0.9, 0.99, 0.999, 1];

    public static string Head => $"{"p50 ms",10}{"p90",10}{"p99",10}{"p99.9",10}{"max",10}";

    /// <param name="microseconds">Of each request; sorted here.</param>
    public static string Row(List<int> microseconds)
    {
        microseconds.Sort();
        return string.Concat(Shares.Select(share => string.Create(CultureInfo.InvariantCulture, $"{At(microseconds, share) / 1000.0,10:F1}")));
    }

    private static int At(List<int> sorted, double share) => sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
}
