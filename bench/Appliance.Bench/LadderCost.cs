namespace Appliance.Bench;

/// <summary>What making a whole ladder took.</summary>
/// <param name="Wall">From before anything was started to after everything had ended.</param>
/// <param name="Cpu">Processor time of all processes, user and system.</param>
/// <param name="PeakBytes">The most memory held.</param>
/// <param name="EarlyBytes">Held in the second tenth of the time, in the median.</param>
/// <param name="LateBytes">Held in the last tenth.</param>
/// <param name="Files">One file a rendition, in the ladder's order.</param>
internal sealed record LadderCost(TimeSpan Wall, TimeSpan Cpu, long PeakBytes, long EarlyBytes, long LateBytes, IReadOnlyList<string> Files);
