using global::Rewards.Metering;

namespace Appliance.Rewards;

/// <summary>Sums over all recorded work, one entry a demand.</summary>
internal sealed record WorkTotalsResponse(IReadOnlyList<WorkTotals> Totals);
