namespace Transcode.Engine.Media;

/// <summary>What a track is for, besides its language, as containers say it (libav's dispositions).</summary>
[Flags]
public enum TrackRoles
{
    None = 0,

    /// <summary>Chosen unless the viewer asks for another.</summary>
    Default = 1 << 0,

    /// <summary>Somebody talks about the film.</summary>
    Commentary = 1 << 1,

    /// <summary>For viewers who do not hear well: sound with clearer speech, text that also tells of sounds.</summary>
    HearingImpaired = 1 << 2,

    /// <summary>For viewers who do not see well: the picture is told.</summary>
    VisualImpaired = 1 << 3,

    /// <summary>Text to be shown even when nobody asked for text, as for signs in a foreign tongue.</summary>
    Forced = 1 << 4,
}
