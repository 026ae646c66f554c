namespace Appliance.Rewards.Quotes;

/// <param name="Source">The source's id.</param>
/// <param name="Renditions">Names of the rungs to make, as <c>720p</c> or <c>960x540-1800k</c>; null for all. Sound always goes along.</param>
/// <param name="Requester">The address that would pay.</param>
internal sealed record QuoteRequest(string? Source, IReadOnlyList<string>? Renditions, string? Requester);
