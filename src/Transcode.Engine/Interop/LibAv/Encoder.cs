namespace Transcode.Engine.Interop.LibAv;

/// <summary>What a video encoder is opened with.</summary>
/// <param name="Codec">libav's encoder name.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="PixelFormat">AVPixelFormat.</param>
/// <param name="FrameRate">Frames a second; the time base is its inverse.</param>
/// <param name="ColorSpace">AVColorSpace: the matrix.</param>
/// <param name="ColorPrimaries">AVColorPrimaries.</param>
/// <param name="ColorTransfer">AVColorTransferCharacteristic.</param>
/// <param name="Options">The encoder's own options and those of every codec, by name.</param>
internal sealed record VideoEncoderOptions(
    string Codec,
    int Width,
    int Height,
    int PixelFormat,
    AvRational FrameRate,
    int ColorSpace,
    int ColorPrimaries,
    int ColorTransfer,
    IReadOnlyList<KeyValuePair<string, string>> Options)
{
    /// <summary>What brings pictures to it, whose format then stands for <see cref="PixelFormat"/>; null where it takes them as they are. The encoder's
    /// once it is opened.</summary>
    public PictureInlet? Inlet { get; init; }
}

/// <summary>What an audio encoder is opened with: planar float samples.</summary>
internal sealed record AudioEncoderOptions(
    string Codec, int SampleRate, int Channels, int BitRate, IReadOnlyList<KeyValuePair<string, string>> Options);

/// <summary>An encoder we own. Its codec header lies beside the stream (global header), never inside it.</summary>
internal sealed class Encoder : IDisposable
{
    private const string SvtAv1 = "libsvtav1";

    /// <summary>SVT-AV1 (seen with 1.4.1, reported of 2.3.0) has one list of processors for the whole process, which every opening fills and every closing frees, whatever
    /// other encoders do meanwhile: the process ends where these meet. So one is opened or closed at a time.</summary>
    private static readonly Lock SvtAv1Gate = new();

    private readonly string codec;
    private readonly PictureInlet? inlet;
    private nint context;
    private bool hasInput;

    private Encoder(nint context, string codec, PictureInlet? inlet)
    {
        this.context = context;
        this.codec = codec;
        this.inlet = inlet;
    }

    private static CodecContextLayout Fields => LibAv.Layout.CodecContext;

    internal nint Pointer => context;

    public AvRational TimeBase => NativeMemoryView.Read<AvRational>(context, Fields.TimeBase);

    /// <summary>The codec's header, as it lies beside the stream; valid as long as the encoder.</summary>
    public ReadOnlySpan<byte> Header =>
        NativeMemoryView.Bytes(NativeMemoryView.Read<nint>(context, Fields.Extradata), NativeMemoryView.Read<int>(context, Fields.ExtradataSize));

    /// <summary>Puts another header in the place of <see cref="Header"/>: parameter sets that each begin with a start code.</summary>
    public void ReplaceHeader(ReadOnlySpan<byte> header)
    {
        // avcodec.h, AV_INPUT_BUFFER_PADDING_SIZE: readers may look so far behind the end.
        const int padding = 64;
        nint replaced = AvUtil.av_malloc((nuint)(header.Length + padding));
        if (replaced == 0)
        {
            throw new AvException(AvError.ENOMEM, "av_malloc");
        }

        Span<byte> bytes = NativeMemoryView.Bytes(replaced, header.Length + padding);
        bytes.Clear();
        header.CopyTo(bytes);
        nint old = NativeMemoryView.Read<nint>(context, Fields.Extradata);
        Set(context, Fields.Extradata, replaced);
        Set(context, Fields.ExtradataSize, header.Length);
        AvUtil.av_freep(ref old);
    }

    /// <exception cref="AvException">The encoder does not open.</exception>
    public static Encoder Open(VideoEncoderOptions options)
    {
        nint context = Allocate(options.Codec);
        Set(context, Fields.Width, options.Width);
        Set(context, Fields.Height, options.Height);
        Set(context, Fields.PixFmt, options.Inlet?.PixelFormat ?? options.PixelFormat);
        if (options.Inlet is { Frames: not 0 } device)
        {
            Set(context, Fields.HwFramesCtx, AvHardware.av_buffer_ref(device.Frames));
        }

        Set(context, Fields.TimeBase, new AvRational(options.FrameRate.Den, options.FrameRate.Num));
        Set(context, Fields.Framerate, options.FrameRate);
        Set(context, Fields.SampleAspectRatio, new AvRational(1, 1));
        Set(context, Fields.Colorspace, options.ColorSpace);
        Set(context, Fields.ColorPrimaries, options.ColorPrimaries);
        Set(context, Fields.ColorTrc, options.ColorTransfer);
        Set(context, Fields.ColorRange, AvUtil.AVCOL_RANGE_MPEG);
        return Open(context, options.Codec, options.Options, options.Inlet);
    }

    /// <exception cref="AvException">The encoder does not open.</exception>
    public static Encoder Open(AudioEncoderOptions options)
    {
        nint context = Allocate(options.Codec);
        Set(context, Fields.SampleRate, options.SampleRate);
        Set(context, Fields.SampleFmt, LibAv.Layout.SampleFormats.Fltp);
        Set(context, Fields.BitRate, (long)options.BitRate);
        Set(context, Fields.TimeBase, new AvRational(1, options.SampleRate));
        AvUtil.av_channel_layout_default(context + Fields.ChLayout, options.Channels);
        return Open(context, options.Codec, options.Options, inlet: null);
    }

    /// <summary>Hands in a frame, or null at the end.</summary>
    /// <returns>False where packets must be taken out first; the frame is then still to be sent.</returns>
    public bool TrySend(AvFrame? frame)
    {
        hasInput |= frame is not null;
        int result = AvCodec.avcodec_send_frame(context, (frame is null ? null : inlet?.Carry(frame) ?? frame)?.Pointer ?? 0);
        return result != AvError.EAGAIN && AvError.ThrowIfNegative(result, "avcodec_send_frame") >= 0;
    }

    /// <summary>Takes the next packet, in decode order.</summary>
    public CodecAnswer Receive(AvPacket packet)
    {
        int result = AvCodec.avcodec_receive_packet(context, packet.Pointer);
        return result switch
        {
            AvError.EAGAIN => CodecAnswer.NeedsInput,
            AvError.EOF => CodecAnswer.Ended,
            _ => AvError.ThrowIfNegative(result, "avcodec_receive_packet") >= 0 ? CodecAnswer.Delivered : CodecAnswer.Damaged,
        };
    }

    public void Dispose()
    {
        // SVT-AV1 (1.4) waits for ever where it is closed before it was given a picture.
        if (context != 0 && !hasInput && codec == SvtAv1)
        {
            SendBlank();
        }

        Free(ref context, codec);
        inlet?.Dispose();
    }

    private static void Free(ref nint context, string codec)
    {
        using (Gate(codec))
        {
            AvCodec.avcodec_free_context(ref context);
        }
    }

    private static Lock.Scope Gate(string codec) => codec == SvtAv1 ? SvtAv1Gate.EnterScope() : default;

    private void SendBlank()
    {
        using var blank = new AvFrame
        {
            Width = NativeMemoryView.Read<int>(context, Fields.Width),
            Height = NativeMemoryView.Read<int>(context, Fields.Height),
            Format = NativeMemoryView.Read<int>(context, Fields.PixFmt),
            Pts = 0,
        };
        blank.Allocate();
        TrySend(blank);
        TrySend(null);
        using var packet = new AvPacket();
        while (Receive(packet) == CodecAnswer.Delivered)
        {
        }
    }

    private static nint Allocate(string codec)
    {
        LibAv.Load();
        nint definition = AvCodec.avcodec_find_encoder_by_name(codec);
        nint context = definition == 0 ? 0 : AvCodec.avcodec_alloc_context3(definition);
        return context != 0 ? context : throw new AvException(AvError.EINVAL, $"avcodec_find_encoder_by_name({codec})");
    }

    private static Encoder Open(nint context, string codec, IEnumerable<KeyValuePair<string, string>> options, PictureInlet? inlet)
    {
        try
        {
            Set(context, Fields.Flags, AvCodec.AV_CODEC_FLAG_GLOBAL_HEADER | AvCodec.AV_CODEC_FLAG_BITEXACT);
            using var dictionary = AvOptions.Of(options);
            using (Gate(codec))
            {
                AvError.ThrowIfNegative(
                    AvCodec.avcodec_open2(context, AvCodec.avcodec_find_encoder_by_name(codec), ref dictionary.Dictionary),
                    $"avcodec_open2({codec})");
            }

            dictionary.ThrowIfAnyLeft(codec);
            return new(context, codec, inlet);
        }
        catch
        {
            Free(ref context, codec);
            throw;
        }
    }

    private static void Set<T>(nint context, int offset, T value)
        where T : unmanaged => NativeMemoryView.Write(context, offset, value);
}
