namespace Transcode.Engine.Interop.LibAv;

/// <summary>A borrowed view of a demuxer's AVStream: valid as long as its demuxer.</summary>
internal readonly struct AvStream(Demuxer owner, nint pointer)
{
    private static StreamLayout Fields => LibAv.Layout.Stream;

    private static CodecParametersLayout CodecFields => LibAv.Layout.CodecParameters;

    /// <summary>A view must not outlive what it looks into.</summary>
    private nint Pointer => owner.Pointer != 0 ? pointer : 0;

    /// <summary>AVCodecParameters, owned by the stream.</summary>
    internal nint Parameters => NativeMemoryView.Read<nint>(Pointer, Fields.Codecpar);

    public int Index => NativeMemoryView.Read<int>(Pointer, Fields.Index);

    /// <summary>The container's own number of the track.</summary>
    public int Id => NativeMemoryView.Read<int>(Pointer, Fields.Id);

    public AvRational TimeBase => NativeMemoryView.Read<AvRational>(Pointer, Fields.TimeBase);

    /// <summary>In the stream's time base, or null.</summary>
    public long? StartTime => Known(NativeMemoryView.Read<long>(Pointer, Fields.StartTime));

    /// <summary>In the stream's time base, or null.</summary>
    public long? Duration => Known(NativeMemoryView.Read<long>(Pointer, Fields.Duration));

    public AvRational AverageFrameRate => NativeMemoryView.Read<AvRational>(Pointer, Fields.AvgFrameRate);

    /// <summary>The rate of a raster that holds every timestamp.</summary>
    public AvRational BaseFrameRate => NativeMemoryView.Read<AvRational>(Pointer, Fields.RFrameRate);

    /// <summary>libav's guess at the frame rate from everything it knows; 0/1 where it knows nothing.</summary>
    public AvRational GuessedFrameRate => AvFormat.av_guess_frame_rate(owner.Pointer, Pointer, 0);

    public AvRational GuessedSampleAspectRatio => AvFormat.av_guess_sample_aspect_ratio(owner.Pointer, Pointer, 0);

    /// <summary>Packets, or places to seek to, that the container's index holds.</summary>
    public int IndexCount => AvFormat.avformat_index_get_entries_count(Pointer);

    /// <summary>AV_DISPOSITION_ bits.</summary>
    public int Disposition => NativeMemoryView.Read<int>(Pointer, Fields.Disposition);

    public bool IsAttachedPicture => (Disposition & AvFormat.AV_DISPOSITION_ATTACHED_PIC) != 0;

    /// <summary>AVDiscard.</summary>
    public int Discard
    {
        set => NativeMemoryView.Write(Pointer, Fields.Discard, value);
    }

    /// <summary>The codec's description as the container has it; may be empty. Valid as long as the demuxer.</summary>
    public ReadOnlySpan<byte> Extradata => NativeMemoryView.Bytes(Codec<nint>(CodecFields.Extradata), Codec<int>(CodecFields.ExtradataSize));

    /// <summary>AVMediaType.</summary>
    public int MediaType => Codec<int>(CodecFields.CodecType);

    public int CodecId => Codec<int>(CodecFields.CodecId);

    /// <summary>The container's own name of the codec, four characters from the least byte on; 0 where it has none.</summary>
    public int CodecTag => Codec<int>(CodecFields.CodecTag);

    public string CodecName => NativeMemoryView.Utf8(AvCodec.avcodec_get_name(CodecId)) ?? "unknown";

    /// <summary>AVPixelFormat or AVSampleFormat; −1 when unknown.</summary>
    public int Format => Codec<int>(CodecFields.Format);

    public int Width => Codec<int>(CodecFields.Width);

    public int Height => Codec<int>(CodecFields.Height);

    public int SampleRate => Codec<int>(CodecFields.SampleRate);

    /// <summary>Samples in one coded frame where that is constant, else 0.</summary>
    public int FrameSize => Codec<int>(CodecFields.FrameSize);

    /// <summary>Samples a channel that the encoder put before the sound.</summary>
    public int InitialPadding => Codec<int>(CodecFields.InitialPadding);

    /// <summary>Pictures by which decoding runs ahead of showing.</summary>
    public int ReorderedPictures => Codec<int>(CodecFields.VideoDelay);

    public int Channels => Codec<int>(CodecFields.ChLayout + LibAv.Layout.ChannelLayout.NbChannels);

    /// <summary>Whether the channels are a sound field's components and not loudspeakers' places.</summary>
    public bool IsAmbisonic => Codec<int>(CodecFields.ChLayout + LibAv.Layout.ChannelLayout.Order) == AvUtil.AV_CHANNEL_ORDER_AMBISONIC;

    /// <summary>AVFieldOrder: 0 unknown, 1 progressive, above interlaced.</summary>
    public int FieldOrder => Codec<int>(CodecFields.FieldOrder);

    /// <summary>AVColorSpace: the matrix.</summary>
    public int ColorSpace => Codec<int>(CodecFields.ColorSpace);

    /// <summary>libav's name of the YUV matrix.</summary>
    public string MatrixName => NativeMemoryView.Utf8(AvUtil.av_color_space_name(ColorSpace)) ?? "unknown";

    /// <summary>libav's name of the transfer characteristic.</summary>
    public string TransferName =>
        NativeMemoryView.Utf8(AvUtil.av_color_transfer_name(Codec<int>(CodecFields.ColorTrc))) ?? "unknown";

    /// <summary>libav's name of the colour primaries.</summary>
    public string PrimariesName =>
        NativeMemoryView.Utf8(AvUtil.av_color_primaries_name(Codec<int>(CodecFields.ColorPrimaries))) ?? "unknown";

    /// <summary>What the container says of the display the picture was graded on, or null.</summary>
    public AvMasteringDisplay? MasteringDisplay =>
        SideData(AvCodec.AV_PKT_DATA_MASTERING_DISPLAY_METADATA) is not 0 and var data ? NativeMemoryView.Read<AvMasteringDisplay>(data, 0) : null;

    /// <summary>What the container says of the picture's brightness, or null.</summary>
    public AvContentLight? ContentLight =>
        SideData(AvCodec.AV_PKT_DATA_CONTENT_LIGHT_LEVEL) is not 0 and var data ? NativeMemoryView.Read<AvContentLight>(data, 0) : null;

    /// <summary>Whether the container has the picture turned, mirrored or stretched.</summary>
    public bool HasDisplayMatrix => SideData(AvCodec.AV_PKT_DATA_DISPLAYMATRIX) != 0;

    /// <summary>Counter-clockwise turn of the display matrix in degrees, −180 to 180; 0 where there is none.</summary>
    public double DisplayRotation
    {
        get
        {
            nint matrix = SideData(AvCodec.AV_PKT_DATA_DISPLAYMATRIX);
            double degrees = matrix == 0 ? 0 : AvUtil.av_display_rotation_get(matrix);
            return double.IsFinite(degrees) ? degrees : 0;
        }
    }

    /// <summary>A metadata value such as <c>language</c>, or null.</summary>
    public string? Tag(string key) => AvMetadata.Value(NativeMemoryView.Read<nint>(Pointer, Fields.Metadata), key);

    private unsafe nint SideData(int type)
    {
        if (CodecFields.CodedSideData == LibAvLayout.Absent)
        {
            return AvFormat.av_stream_get_side_data(Pointer, type, null);
        }

        nint entry = AvCodec.av_packet_side_data_get(
            Codec<nint>(CodecFields.CodedSideData), Codec<int>(CodecFields.NbCodedSideData), type);
        return entry == 0 ? 0 : NativeMemoryView.Read<nint>(entry, LibAv.Layout.PacketSideData.Data);
    }

    private T Codec<T>(int offset)
        where T : unmanaged => NativeMemoryView.Read<T>(Parameters, offset);

    private static long? Known(long time) => time == AvUtil.AV_NOPTS_VALUE ? null : time;
}
