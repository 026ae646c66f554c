namespace Transcode.Engine.Media;

/// <summary>What a source is, found once by probing; a pure function of its bytes under one engine build.</summary>
/// <param name="Container">libav's name of the container format, as <c>mpegts</c>.</param>
/// <param name="OriginMicroseconds">The container timestamp at which the grid's frame 0 lies.</param>
/// <param name="Grid">The timeline every rendition of this source shares.</param>
/// <param name="Video">The picture, or null where there is only sound.</param>
/// <param name="Audio">The sound tracks, best first; may be empty.</param>
public sealed record SourceDescription(
    string Container,
    long OriginMicroseconds,
    Grid Grid,
    VideoTrack? Video,
    IReadOnlyList<AudioTrack> Audio);

/// <summary>The picture of a source.</summary>
/// <param name="StreamIndex">Its number in the container.</param>
/// <param name="Codec">libav's codec name, as <c>h264</c>.</param>
/// <param name="Width">Shown width in square pixels, after rotation and sample aspect; not rounded to even.</param>
/// <param name="Height">Shown height in square pixels, likewise.</param>
/// <param name="RotationDegrees">Clockwise turn to be applied to the coded picture: 0, 90, 180 or 270.</param>
/// <param name="BitDepth">Bits a sample.</param>
/// <param name="Transfer">libav's name of the transfer characteristic, as <c>bt709</c> or <c>smpte2084</c>.</param>
/// <param name="Matrix">libav's name of the YUV matrix, as <c>bt709</c>, <c>smpte170m</c>, <c>gbr</c> or <c>unknown</c>.</param>
/// <param name="Interlaced">Whether the container or codec says the pictures are fields.</param>
public sealed record VideoTrack(
    int StreamIndex,
    string Codec,
    int Width,
    int Height,
    int RotationDegrees,
    int BitDepth,
    string Transfer,
    string Matrix,
    bool Interlaced);

/// <summary>A sound track of a source.</summary>
/// <param name="StreamIndex">Its number in the container.</param>
/// <param name="Codec">libav's codec name.</param>
/// <param name="SampleRate">In hertz.</param>
/// <param name="Channels">Channels in the source.</param>
/// <param name="Language">As the container says it (ISO 639-2), or null.</param>
/// <param name="Title">As the container says it, or null.</param>
/// <param name="Roles">As the container says them.</param>
public sealed record AudioTrack(
    int StreamIndex,
    string Codec,
    int SampleRate,
    int Channels,
    string? Language,
    string? Title,
    TrackRoles Roles = TrackRoles.None)
    : LabelledTrack(StreamIndex, Codec, Language, Title, Roles);
