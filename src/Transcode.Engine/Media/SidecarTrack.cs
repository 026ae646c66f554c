namespace Transcode.Engine.Media;

/// <summary>Subtitles in a file of their own beside a source. What they say of themselves is told by the file's name.</summary>
/// <param name="Fingerprint">Of the file's bytes.</param>
/// <param name="Format">libav's name of the format, or <c>ttml</c>.</param>
/// <param name="Codec">libav's codec name.</param>
/// <param name="Language">ISO 639, or null.</param>
/// <param name="Title">Or null.</param>
/// <param name="Roles">What it is for.</param>
public sealed record SidecarTrack(string Fingerprint, string Format, string Codec, string? Language, string? Title, TrackRoles Roles)
    : LabelledTrack(StreamIndex: 0, Codec, Language, Title, Roles);
