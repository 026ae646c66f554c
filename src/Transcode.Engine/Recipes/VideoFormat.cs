namespace Transcode.Engine.Recipes;

/// <summary>The video codecs that renditions are made in.</summary>
public enum VideoFormat
{
    /// <summary>ITU-T H.264: what every player takes.</summary>
    H264,

    /// <summary>ITU-T H.265.</summary>
    Hevc,

    /// <summary>AOMedia Video 1.</summary>
    Av1,
}
