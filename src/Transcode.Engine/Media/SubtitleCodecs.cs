namespace Transcode.Engine.Media;

/// <summary>What subtitles are made of.</summary>
public enum TextForm
{
    /// <summary>Neither decoded nor shown: this libav, or this engine, does not read it.</summary>
    Unknown,

    /// <summary>Words, which become WebVTT.</summary>
    Words,

    /// <summary>Pictures of words: they can only be laid over the picture.</summary>
    Pictures,
}

/// <summary>Which of libav's subtitle codecs are what.</summary>
internal static class SubtitleCodecs
{
    /// <summary>libav's name of CEA-608, whose decoder remembers from packet to packet what went before.</summary>
    public const string Captions = "eia_608";

    /// <summary>Those whose decoders take each packet by itself. Teletext does not either, and is not read.</summary>
    private static readonly HashSet<string> Words =
        ["subrip", "srt", "ass", "ssa", "mov_text", "webvtt", "text", "subviewer", "subviewer1", "microdvd", "mpl2", "sami", "stl", "realtext", "jacosub", "pjs", "vplayer"];

    /// <summary>libav's name of TTML, of which it has no decoder: it is read here.</summary>
    public const string Ttml = "ttml";

    private static readonly HashSet<string> Pictures = ["hdmv_pgs_subtitle", "dvd_subtitle", "dvb_subtitle", "xsub"];

    public static TextForm FormOf(string codec) =>
        Words.Contains(codec) || codec == Captions ? TextForm.Words
        : Pictures.Contains(codec) ? TextForm.Pictures
        : TextForm.Unknown;
}
