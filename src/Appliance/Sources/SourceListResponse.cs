namespace Appliance.Sources;

/// <summary>All sources, by title.</summary>
internal sealed record SourceListResponse(IReadOnlyList<SourceSummary> Sources);
