namespace Transcode.Engine.Interop.LibAv;

/// <summary>
/// What one family of the libav* libraries looks like in memory: its six major versions, and for the struct fields
/// that no function or option reaches, their byte offsets. Offsets change only with a major version, so one table
/// serves a whole family; the libraries of two families must never be mixed. A field that a family does not have is
/// <see cref="Absent"/>. The tables come from the C headers (see the script <c>generate</c> beside this file) and
/// hold for 64-bit systems with the usual C layout (x86-64 and arm64 alike).
/// </summary>
internal sealed partial record LibAvLayout
{
    /// <summary>The offset of a field that a family does not have.</summary>
    public const int Absent = -1;

    /// <summary>Every family there is a table for, newest first: the order in which to look for one.</summary>
    public static IReadOnlyList<LibAvLayout> All { get; } =
        [CreateFamily9(), CreateFamily8(), CreateFamily7(), CreateFamily5()];

    /// <summary>The family's name as its makers count: "5.x".</summary>
    public required string Name { get; init; }

    /// <summary>The major version of libavutil, as in libavutil.so.57.</summary>
    public required int AvUtil { get; init; }

    public required int AvCodec { get; init; }

    public required int AvFormat { get; init; }

    public required int AvFilter { get; init; }

    public required int SwScale { get; init; }

    public required int SwResample { get; init; }

    public required FrameLayout Frame { get; init; }

    public required PacketLayout Packet { get; init; }

    public required StreamLayout Stream { get; init; }

    public required CodecParametersLayout CodecParameters { get; init; }

    public required CodecContextLayout CodecContext { get; init; }

    public required CodecLayout Codec { get; init; }

    public required FormatContextLayout FormatContext { get; init; }

    public required InputFormatLayout InputFormat { get; init; }

    public required OutputFormatLayout OutputFormat { get; init; }

    public required ChapterLayout Chapter { get; init; }

    public required IoContextLayout IoContext { get; init; }

    public required ChannelLayoutLayout ChannelLayout { get; init; }

    public required RationalLayout Rational { get; init; }

    public required DictionaryEntryLayout DictionaryEntry { get; init; }

    public required BufferRefLayout BufferRef { get; init; }

    public required HwFramesContextLayout HwFramesContext { get; init; }

    public required FrameSideDataLayout FrameSideData { get; init; }

    public required PacketSideDataLayout PacketSideData { get; init; }

    public required SubtitleLayout Subtitle { get; init; }

    public required SubtitleRectLayout SubtitleRect { get; init; }

    public required CodecIdValues CodecIds { get; init; }

    public required PixelFormatValues PixelFormats { get; init; }

    public required SampleFormatValues SampleFormats { get; init; }
}
