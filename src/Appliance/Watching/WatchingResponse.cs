namespace Appliance.Watching;

/// <summary>The films that are watched at home.</summary>
/// <param name="Films">The last one first; those only that can be continued.</param>
internal sealed record WatchingResponse(IReadOnlyList<WatchedFilmResponse> Films);

/// <param name="Source">The film's id.</param>
/// <param name="PositionSeconds">Where to go on.</param>
/// <param name="WatchedAt">When it was there, by the box's clock.</param>
internal sealed record WatchedFilmResponse(string Source, double PositionSeconds, DateTimeOffset WatchedAt);
