namespace Transcode.Engine.Interop.LibAv;

/// <summary>The AV_CODEC_ID_ values of a family; they shift when codecs come and go.</summary>
internal readonly record struct CodecIdValues
{
    public required int H264 { get; init; }

    public required int Hevc { get; init; }

    public required int Av1 { get; init; }

    public required int Vp8 { get; init; }

    public required int Vp9 { get; init; }

    public required int Mpeg2Video { get; init; }

    public required int Mpeg4 { get; init; }

    public required int Mjpeg { get; init; }

    public required int Png { get; init; }

    public required int Aac { get; init; }

    public required int Ac3 { get; init; }

    public required int Eac3 { get; init; }

    public required int Mp3 { get; init; }

    public required int Opus { get; init; }

    public required int Vorbis { get; init; }

    public required int Flac { get; init; }

    public required int Subrip { get; init; }

    public required int Ass { get; init; }

    public required int WebVtt { get; init; }

    public required int MovText { get; init; }

    public required int Ttml { get; init; }

    public required int Eia608 { get; init; }

    public required int HdmvPgsSubtitle { get; init; }

    public required int DvdSubtitle { get; init; }

    public required int DvbSubtitle { get; init; }
}
