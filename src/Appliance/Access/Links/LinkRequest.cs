namespace Appliance.Access.Links;

/// <param name="ExpiresInSeconds">60 to 604,800; without it 6 hours.</param>
/// <param name="Pathways">Where the same files are too, the first preferred; at most 4.</param>
/// <param name="Renditions">Names of the rungs that all of them have, as <c>720p</c>; without it, all that are encoded.</param>
internal sealed record LinkRequest(long? ExpiresInSeconds, IReadOnlyList<Pathway>? Pathways = null, IReadOnlyList<string>? Renditions = null);
