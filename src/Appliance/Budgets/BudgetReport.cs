namespace Appliance.Budgets;

/// <summary>What the box may take now, and why.</summary>
/// <param name="Share">Of the time of all slots: 0.2 to 1.</param>
/// <param name="Cores">Processors for workers.</param>
/// <param name="Slots">Segments of pictures made at once.</param>
/// <param name="MemoryBytes">For host and workers.</param>
/// <param name="SegmentMemoryBytes">For the worker that makes one; null where that need not be asked.</param>
/// <param name="Watts">Drawn by the processor packages; null where it is not told.</param>
/// <param name="Zones">Every place that tells its temperature.</param>
/// <param name="Quiet">Whether it is a quiet hour.</param>
/// <param name="Reasons">What limits it and what cannot be limited, a sentence each.</param>
internal sealed record BudgetReport(
    double Share, int Cores, int Slots, long MemoryBytes, long? SegmentMemoryBytes, double? Watts, IReadOnlyList<ThermalZone> Zones, bool Quiet, IReadOnlyList<string> Reasons);
