namespace Transcode.Engine.Interop.LibAv;

/// <summary>Where the fields of AVFrame lie, and what its flag bits are worth.</summary>
internal readonly record struct FrameLayout
{
    /// <summary>The plane pointers, AV_NUM_DATA_POINTERS (8) of them.</summary>
    public required int Data { get; init; }

    /// <summary>Bytes per row of each plane (int[8]); the first alone counts for audio.</summary>
    public required int Linesize { get; init; }

    /// <summary>Pointer to the plane pointers; equals the address of data unless audio has over eight planes.</summary>
    public required int ExtendedData { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>Samples per channel of an audio frame.</summary>
    public required int NbSamples { get; init; }

    /// <summary>AVPixelFormat or AVSampleFormat, -1 when unset.</summary>
    public required int Format { get; init; }

    /// <summary>Only up to 7.x, deprecated there: prefer FlagKey where it is not 0.</summary>
    public required int KeyFrame { get; init; }

    /// <summary>AV_FRAME_FLAG_ bits.</summary>
    public required int Flags { get; init; }

    /// <summary>AVPictureType.</summary>
    public required int PictType { get; init; }

    public required int SampleAspectRatio { get; init; }

    /// <summary>In time_base units, AV_NOPTS_VALUE when unknown.</summary>
    public required int Pts { get; init; }

    /// <summary>The dts of the packet that gave this frame.</summary>
    public required int PktDts { get; init; }

    /// <summary>Set by newer decoders and filters only; the caller's own time base is the one to trust.</summary>
    public required int TimeBase { get; init; }

    /// <summary>The decoder's guess in stream time base.</summary>
    public required int BestEffortTimestamp { get; init; }

    /// <summary>The field duration, from 6.0 on; -1 in 5.x, which has PktDuration.</summary>
    public required int Duration { get; init; }

    /// <summary>The older pkt_duration; only in 5.x, where Duration is -1.</summary>
    public required int PktDuration { get; init; }

    public required int SampleRate { get; init; }

    /// <summary>An embedded AVChannelLayout.</summary>
    public required int ChLayout { get; init; }

    public required int ColorRange { get; init; }

    public required int ColorPrimaries { get; init; }

    public required int ColorTrc { get; init; }

    public required int Colorspace { get; init; }

    public required int ChromaLocation { get; init; }

    /// <summary>int: how much longer than usual the picture is shown.</summary>
    public required int RepeatPict { get; init; }

    /// <summary>Only up to 7.x, deprecated there: prefer FlagInterlaced where it is not 0.</summary>
    public required int InterlacedFrame { get; init; }

    /// <summary>Only up to 7.x, deprecated there: prefer FlagTopFieldFirst where it is not 0.</summary>
    public required int TopFieldFirst { get; init; }

    /// <summary>FF_DECODE_ERROR_ bits.</summary>
    public required int DecodeErrorFlags { get; init; }

    /// <summary>AVDictionary pointer.</summary>
    public required int Metadata { get; init; }

    public required int NbSideData { get; init; }

    /// <summary>Pointer to an array of AVFrameSideData pointers.</summary>
    public required int SideData { get; init; }

    /// <summary>size_t, as are its three siblings.</summary>
    public required int CropTop { get; init; }

    public required int CropBottom { get; init; }

    public required int CropLeft { get; init; }

    public required int CropRight { get; init; }

    /// <summary>AVBufferRef pointers (8): null in the first means the frame owns no reference counted data.</summary>
    public required int Buf { get; init; }

    /// <summary>The value of AV_FRAME_FLAG_KEY. 0 in 5.x: read KeyFrame there.</summary>
    public required int FlagKey { get; init; }

    /// <summary>The value of AV_FRAME_FLAG_CORRUPT.</summary>
    public required int FlagCorrupt { get; init; }

    /// <summary>The value of AV_FRAME_FLAG_INTERLACED. 0 in 5.x: read InterlacedFrame there.</summary>
    public required int FlagInterlaced { get; init; }

    /// <summary>The value of AV_FRAME_FLAG_TOP_FIELD_FIRST. 0 in 5.x: read TopFieldFirst there.</summary>
    public required int FlagTopFieldFirst { get; init; }
}
