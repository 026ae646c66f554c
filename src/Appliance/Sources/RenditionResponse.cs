using Transcode.Engine.Recipes;

namespace Appliance.Sources;

/// <summary>A rendition on offer.</summary>
/// <param name="Name">As <c>720p</c>, <c>source</c>, <c>audio</c>, <c>surround</c> or <c>text</c>.</param>
/// <param name="Id">As in its URLs: another under another recipe or engine build.</param>
/// <param name="Kind"><c>video</c>, <c>audio</c> or <c>text</c>.</param>
/// <param name="Width">In square pixels; null for sound and text.</param>
/// <param name="Height">In square pixels; null for sound and text.</param>
/// <param name="PeakBitsPerSecond">No segment passes it.</param>
/// <param name="AverageBitsPerSecond">The whole does not pass it.</param>
/// <param name="Playlist">Address of its media playlist.</param>
/// <param name="Channels">2, or 6 for 5.1; null for all but sound.</param>
/// <param name="Language">RFC 5646; null where it is not told, and for video.</param>
/// <param name="NotHere">Why this box does not make it, and lists it nowhere else; null where it does.</param>
internal sealed record RenditionResponse(
    string Name,
    string Id,
    string Kind,
    int? Width,
    int? Height,
    int PeakBitsPerSecond,
    int AverageBitsPerSecond,
    string Playlist,
    int? Channels,
    string? Language,
    string? NotHere)
{
    /// <summary>What a device makes it with: by this its recipe follows from software's; null where it is made in software.</summary>
    public RenditionDevice? Device { get; init; }
}

/// <summary>What a recipe says of a device that makes a rendition.</summary>
/// <param name="Encoder">libav's name of its encoder, as <c>h264_vaapi</c>; libx264 stands by.</param>
/// <param name="Identity">What its bytes depend on besides, as far as that can be known.</param>
/// <param name="ParameterSets">Of its pictures, in Base64.</param>
internal sealed record RenditionDevice(string Encoder, string Identity, string ParameterSets)
{
    /// <returns>Null where a recipe is of software.</returns>
    public static RenditionDevice? Of(Recipe recipe) =>
        recipe is VideoRecipe { EncoderDevice: { } device, ParameterSets: { } sets } ? new(recipe.Encoder, device, sets) : null;
}
