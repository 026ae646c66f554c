namespace Appliance.Jobs;

/// <param name="Source">The source's id.</param>
/// <param name="Renditions">Names of the rungs to make, as <c>720p</c> or <c>960x540-1800k</c>; null for all. Sound always goes along.</param>
internal sealed record CreateJobRequest(string? Source, IReadOnlyList<string>? Renditions);
