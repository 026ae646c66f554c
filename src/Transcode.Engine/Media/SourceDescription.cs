using System.Text.Json.Serialization;

namespace Transcode.Engine.Media;

/// <summary>What a source is, found once by probing; a pure function of its bytes under one engine build.</summary>
/// <param name="Container">libav's name of the container format, as <c>mpegts</c>.</param>
/// <param name="OriginMicroseconds">The container timestamp at which the grid's frame 0 lies.</param>
/// <param name="Grid">The timeline every rendition of this source shares.</param>
/// <param name="Video">The picture, or null where there is only sound.</param>
/// <param name="Audio">The sound tracks, best first; at most 16, may be empty.</param>
/// <param name="Text">The subtitle tracks, in the container's order, at most 32, then captions in the picture; may be empty.</param>
/// <param name="Chapters">In order of time; at most 500, may be empty.</param>
public sealed record SourceDescription(
    string Container,
    long OriginMicroseconds,
    Grid Grid,
    VideoTrack? Video,
    IReadOnlyList<AudioTrack> Audio,
    IReadOnlyList<TextTrack> Text,
    IReadOnlyList<Chapter> Chapters)
{
    /// <summary>Why a picture that is in the source is not played, in plain words; null where none is left out.</summary>
    public string? PictureRefusal { get; init; }

    /// <summary>How the source's own video can be shown as it is; null where it cannot.</summary>
    public PictureCopy? Copy { get; init; }

    /// <summary>Why it cannot, in plain words; null where it can, and without a picture.</summary>
    public string? CopyRefusal { get; init; }

    /// <summary>The picture that stands for a source which is sound only; null where there is none, or no need of it.</summary>
    public CoverArt? Cover { get; init; }
}

/// <summary>The picture of a source.</summary>
/// <param name="StreamIndex">Its number in the container.</param>
/// <param name="Codec">libav's codec name, as <c>h264</c>.</param>
/// <param name="Width">Shown width in square pixels, after rotation and sample aspect; not rounded to even.</param>
/// <param name="Height">Shown height in square pixels, likewise.</param>
/// <param name="RotationDegrees">Clockwise turn to be applied to the coded picture: 0, 90, 180 or 270.</param>
/// <param name="BitDepth">Bits a sample.</param>
/// <param name="Transfer">libav's name of the transfer characteristic, as <c>bt709</c> or <c>smpte2084</c>.</param>
/// <param name="Matrix">libav's name of the YUV matrix, as <c>bt709</c>, <c>smpte170m</c>, <c>gbr</c> or <c>unknown</c>.</param>
/// <param name="Interlaced">Whether the container or codec says the pictures are fields; the grid then counts fields.</param>
public sealed record VideoTrack(
    int StreamIndex,
    string Codec,
    int Width,
    int Height,
    int RotationDegrees,
    int BitDepth,
    string Transfer,
    string Matrix,
    bool Interlaced)
{
    /// <summary>What makes a whole picture of each field: libavfilter's bwdif, to the byte, and the number of our arithmetic. The first and the last
    /// field of a film, or of a part of it that has another shape, have no neighbours; that others have them depends on nothing further away.</summary>
    public const string FieldWeaver = "bwdif-1";

    /// <summary>What makes a whole picture of each field; null where there are none.</summary>
    [JsonIgnore]
    public string? Deinterlacer => Interlaced ? FieldWeaver : null;

    /// <summary>libav's name of the colour primaries, as <c>bt709</c> or <c>bt2020</c>.</summary>
    public string Primaries { get; init; } = "unknown";

    /// <summary>The display it was graded on, where container or codec says so.</summary>
    public MasteringDisplay? MasteringDisplay { get; init; }

    /// <summary>How bright it gets, where container or codec says so.</summary>
    public ContentLight? ContentLight { get; init; }

    /// <summary>What its code values stand for.</summary>
    [JsonIgnore]
    public DynamicRange DynamicRange => DynamicRanges.Of(Transfer);
}

/// <summary>Cover art, as attached to music.</summary>
/// <param name="StreamIndex">Its number in the container.</param>
/// <param name="Codec">libav's codec name, as <c>mjpeg</c>.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
public sealed record CoverArt(int StreamIndex, string Codec, int Width, int Height);

/// <summary>A sound track of a source.</summary>
/// <param name="StreamIndex">Its number in the container.</param>
/// <param name="Codec">libav's codec name.</param>
/// <param name="SampleRate">In hertz.</param>
/// <param name="Channels">Channels in the source; 1 for Ambisonics, whose first component alone is heard.</param>
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

/// <summary>A subtitle track of a source.</summary>
/// <param name="StreamIndex">Its number in the container; that of the picture, where they are captions in it.</param>
/// <param name="Codec">libav's codec name.</param>
/// <param name="Form">Whether it is words or pictures of words.</param>
/// <param name="Language">As the container says it (ISO 639-2), or null.</param>
/// <param name="Title">As the container says it, or null.</param>
/// <param name="Roles">As the container says them.</param>
public sealed record TextTrack(
    int StreamIndex,
    string Codec,
    TextForm Form,
    string? Language,
    string? Title,
    TrackRoles Roles)
    : LabelledTrack(StreamIndex, Codec, Language, Title, Roles);

/// <summary>A part of a source that its makers named.</summary>
/// <param name="StartMicroseconds">On the timeline, at least 0.</param>
/// <param name="EndMicroseconds">On the timeline, at or after the start.</param>
/// <param name="Title">Or null.</param>
public sealed record Chapter(long StartMicroseconds, long EndMicroseconds, string? Title);
