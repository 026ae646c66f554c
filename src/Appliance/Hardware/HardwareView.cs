using Transcode.Engine.Hardware;

namespace Appliance.Hardware;

/// <summary>What is known of a box at one moment.</summary>
/// <param name="Box">Which.</param>
/// <param name="Results">Of every path libav has, in the catalogue's order; one that was not tried says so.</param>
/// <param name="Current">What is being tried; null where nothing is.</param>
/// <param name="Step">And how far that is.</param>
internal sealed record HardwareView(BoxIdentity Box, IReadOnlyList<PathResult> Results, CodingPath? Current, string? Step);
