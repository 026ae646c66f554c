namespace Appliance.Bench;

/// <summary>The middle of a series.</summary>
internal static class Medians
{
    public static double Milliseconds(IEnumerable<TimeSpan> times) => Of(times.Select(time => time.TotalMilliseconds));

    /// <param name="values">At least one.</param>
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
