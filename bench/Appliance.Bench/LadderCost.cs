namespace Appliance.Bench;

/// <summary>What making a whole ladder took.</summary>
/// <param name="Wall">From before anything was started to after everything had ended.</param>
/// <param name="Cpu">Processor time of all processes, user and system.</param>
/// <param name="PeakBytes">The most memory held.</param>
/// <param name="Files">One file a rendition, in the ladder's order.</param>
internal sealed record LadderCost(TimeSpan Wall, TimeSpan Cpu, long PeakBytes, IReadOnlyList<string> Files);
