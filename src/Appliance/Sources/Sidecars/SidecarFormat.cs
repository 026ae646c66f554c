namespace Appliance.Sources.Sidecars;

/// <summary>What a file of subtitles is, by its extension.</summary>
/// <param name="Format">libav's name of the format, or <c>ttml</c>.</param>
/// <param name="Codec">libav's name of the codec in it.</param>
internal sealed record SidecarFormat(string Format, string Codec)
{
    private static readonly Dictionary<string, SidecarFormat> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".srt"] = new("srt", "subrip"),
        [".vtt"] = new("webvtt", "webvtt"),
        [".ass"] = new("ass", "ass"),
        [".ssa"] = new("ass", "ass"),
        [".ttml"] = new("ttml", "ttml"),
        [".dfxp"] = new("ttml", "ttml"),
    };

    /// <returns>Null for what is no subtitles of words.</returns>
    public static SidecarFormat? Of(string fileName) => ByExtension.GetValueOrDefault(Path.GetExtension(fileName));
}
