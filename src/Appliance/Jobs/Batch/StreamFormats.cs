namespace Appliance.Jobs.Batch;

/// <summary>How players are told of the segments, which are the same for all.</summary>
[Flags]
internal enum StreamFormats
{
    /// <summary>RFC 8216.</summary>
    Hls = 1,

    /// <summary>ISO/IEC 23009-1. Subtitles and missing segments are told by HLS only.</summary>
    Dash = 2,
}
