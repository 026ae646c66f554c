namespace Appliance.Watching;

/// <summary>What <c>watching.json</c> keeps.</summary>
/// <param name="Films">At most <see cref="WatchingList.Limit"/>.</param>
internal sealed record WatchingFile(IReadOnlyList<WatchedFilm>? Films);
