namespace Appliance.Jobs.Batch;

/// <summary>A segment that cannot be made.</summary>
/// <param name="Rendition">As <c>720p</c>.</param>
/// <param name="Index">The segment's; null for the init segment.</param>
/// <param name="Reason">One sentence for a person.</param>
internal sealed record BatchFailure(string Rendition, int? Index, string Reason);
