namespace Transcode.Engine.Media;

/// <summary>The containers the engine opens, by libav's names. The list leaves out every format that refers to further
/// files or hosts (HLS, DASH, concat, SDP, IMF, image sequences): a source is one object, and a hostile playlist must not
/// make the box read another.</summary>
internal static class Containers
{
    private static readonly string[] Allowed =
    [
        // Files with picture and sound.
        "mov", "matroska", "webm", "mpegts", "mpeg", "mpegvideo", "avi", "flv", "asf", "ogg", "nut", "mxf", "gxf", "rm",
        "dv", "wtv", "vob", "nsv", "ivf", "av1", "obu", "h264", "hevc", "vvc", "m4v", "h263", "h261", "vc1", "dirac",
        "yuv4mpegpipe", "gif", "mjpeg", "evc",
        // Sound alone.
        "wav", "w64", "aiff", "caf", "mp3", "aac", "flac", "ac3", "eac3", "dts", "truehd", "mlp", "amr", "ape", "tta", "wv",
        "tak", "au", "loas", "mpc", "mpc8", "voc", "oma", "dsf", "spdif",
    ];

    /// <summary>Demuxer options that every source is opened with.</summary>
    /// <remarks>Probe sizes under 3 MB make AV1 in Matroska decode nothing after a seek; 5 MB cost no more.</remarks>
    public static IReadOnlyList<KeyValuePair<string, string>> DemuxerOptions { get; } =
    [
        new("format_whitelist", string.Join(',', Allowed)),
        new("protocol_whitelist", "none"),
        new("probesize", "5000000"),
    ];
}
