namespace Appliance.Watching;

/// <summary>How far a film was watched.</summary>
/// <param name="Source">The film's id.</param>
/// <param name="PositionSeconds">Where watching stopped; null where it was watched to its end, or begun anew.</param>
/// <param name="WatchedAt">When it was there, by the box's clock.</param>
internal sealed record WatchedFilm(string Source, double? PositionSeconds, DateTimeOffset WatchedAt);
