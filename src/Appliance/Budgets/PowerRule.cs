namespace Appliance.Budgets;

/// <summary>How much work a power budget allows, found by trying: what a segment draws is known only afterwards.</summary>
internal static class PowerRule
{
    /// <summary>Within this of the budget nothing is changed.</summary>
    private const double Margin = 0.05;

    private const double Rise = 0.05;

    /// <summary>The most that one look takes away: power swings more than its average.</summary>
    private const double MostFall = 0.7;

    /// <param name="before">The share until now.</param>
    /// <param name="watts">Drawn since the last look.</param>
    /// <param name="budgetWatts">What may be.</param>
    /// <returns><see cref="HeatRule.LeastShare"/> to 1.</returns>
    public static double Follow(double before, double watts, double budgetWatts) =>
        watts > budgetWatts ? Math.Max(HeatRule.LeastShare, before * Math.Max(MostFall, budgetWatts / watts))
        : watts < budgetWatts * (1 - Margin) ? Math.Min(1, before + Rise)
        : before;
}
