namespace Appliance.Jobs.Batch;

/// <summary>How far one rendition is, in segments.</summary>
/// <param name="Name">As <c>720p</c>.</param>
/// <param name="Done">Kept, those of earlier runs included.</param>
/// <param name="Failed">Given up.</param>
/// <param name="Total">All there are.</param>
internal sealed record RungProgress(string Name, int Done, int Failed, int Total);
