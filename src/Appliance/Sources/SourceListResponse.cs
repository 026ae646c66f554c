namespace Appliance.Sources;

/// <summary>Sources, by title.</summary>
/// <param name="Sources">So many as were asked for, else all.</param>
/// <param name="Next">What to give as <c>after</c> for those that follow; null at the end.</param>
internal sealed record SourceListResponse(IReadOnlyList<SourceSummary> Sources, string? Next);
