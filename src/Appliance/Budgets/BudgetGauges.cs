using System.Diagnostics.Metrics;

namespace Appliance.Budgets;

/// <summary>What the box may take, and how warm it is.</summary>
internal static class BudgetGauges
{
    public static void Create(IServiceProvider box, Meter meter)
    {
        BudgetKeeper keeper = box.GetRequiredService<BudgetKeeper>();
        meter.CreateObservableGauge("appliance.budget.share", () => keeper.Report.Share, "1", "How much of their time workers may work.");
        meter.CreateObservableGauge("appliance.budget.memory", () => keeper.Report.MemoryBytes, "By", "Memory for host and workers.");
        meter.CreateObservableGauge("appliance.temperature", () => Temperatures(keeper.Report), "Cel", "What each thermal zone tells.");
        meter.CreateObservableGauge("appliance.power", () => Power(keeper.Report), "W", "What the processor packages draw, where it is told.");
    }

    private static IEnumerable<Measurement<double>> Temperatures(BudgetReport report) =>
        report.Zones.Select(zone => new Measurement<double>(zone.Celsius, new KeyValuePair<string, object?>("zone", zone.Name)));

    private static IEnumerable<Measurement<double>> Power(BudgetReport report) => report.Watts is { } watts ? [new(watts)] : [];
}
