namespace Transcode.Engine.Interop.LibAv;

/// <summary>Where the fields of AVCodecParameters lie.</summary>
internal readonly record struct CodecParametersLayout
{
    public required int CodecType { get; init; }

    public required int CodecId { get; init; }

    public required int CodecTag { get; init; }

    public required int Extradata { get; init; }

    public required int ExtradataSize { get; init; }

    public required int Format { get; init; }

    public required int BitRate { get; init; }

    public required int BitsPerCodedSample { get; init; }

    public required int BitsPerRawSample { get; init; }

    public required int Profile { get; init; }

    public required int Level { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required int SampleAspectRatio { get; init; }

    public required int FieldOrder { get; init; }

    public required int ColorRange { get; init; }

    public required int ColorPrimaries { get; init; }

    public required int ColorTrc { get; init; }

    public required int ColorSpace { get; init; }

    public required int ChromaLocation { get; init; }

    public required int VideoDelay { get; init; }

    public required int ChLayout { get; init; }

    public required int SampleRate { get; init; }

    public required int FrameSize { get; init; }

    public required int InitialPadding { get; init; }

    /// <summary>-1 in 5.x: read AVStream.avg_frame_rate there.</summary>
    public required int Framerate { get; init; }

    /// <summary>-1 in 5.x: read AVStream.side_data there.</summary>
    public required int CodedSideData { get; init; }

    /// <summary>-1 in 5.x, as CodedSideData.</summary>
    public required int NbCodedSideData { get; init; }
}
