namespace Appliance.Sources;

/// <summary>A rendition on offer.</summary>
/// <param name="Name">As <c>720p</c> or <c>audio</c>.</param>
/// <param name="Id">As in its URLs: another under another recipe or engine build.</param>
/// <param name="Kind"><c>video</c> or <c>audio</c>.</param>
/// <param name="Width">In square pixels; null for sound.</param>
/// <param name="Height">In square pixels; null for sound.</param>
/// <param name="PeakBitsPerSecond">No segment passes it.</param>
/// <param name="AverageBitsPerSecond">The whole does not pass it.</param>
/// <param name="Playlist">Address of its media playlist.</param>
internal sealed record RenditionResponse(
    string Name,
    string Id,
    string Kind,
    int? Width,
    int? Height,
    int PeakBitsPerSecond,
    int AverageBitsPerSecond,
    string Playlist);
