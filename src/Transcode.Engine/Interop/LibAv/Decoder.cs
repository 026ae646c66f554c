using System.Globalization;

namespace Transcode.Engine.Interop.LibAv;

/// <summary>What came of asking a codec for its next frame or packet.</summary>
internal enum CodecAnswer
{
    /// <summary>One was delivered.</summary>
    Delivered,

    /// <summary>It needs input first.</summary>
    NeedsInput,

    /// <summary>All were delivered.</summary>
    Ended,

    /// <summary>The input was damaged here; decoding can go on with what follows.</summary>
    Damaged,
}

/// <summary>A decoder we own.</summary>
internal sealed class Decoder : IDisposable
{
    private nint context;

    private Decoder(nint context) => this.context = context;

    private static CodecContextLayout Fields => LibAv.Layout.CodecContext;

    /// <summary>Whether anything in this libav decodes a codec.</summary>
    public static bool Exists(int codecId) => AvCodec.avcodec_find_decoder(codecId) != 0;

    /// <param name="stream">Whose packets will be decoded.</param>
    /// <param name="threads">Decoding threads.</param>
    /// <param name="mostPixels">Of a picture, as it is coded: larger ones are damage. Null leaves it to libav.</param>
    /// <exception cref="AvException">No decoder opens.</exception>
    public static Decoder Open(AvStream stream, int threads, long? mostPixels = null) =>
        Open(stream, AvCodec.avcodec_find_decoder(stream.CodecId), null, threads, mostPixels);

    /// <param name="stream">Whose packets will be decoded.</param>
    /// <param name="name">libav's name of the decoder.</param>
    /// <param name="device">That it decodes on; null where it finds its own, or none is wanted. Stays the caller's.</param>
    /// <exception cref="AvException">It does not open.</exception>
    public static Decoder Open(AvStream stream, string name, HardwareDevice? device) =>
        Open(stream, AvCodec.avcodec_find_decoder_by_name(name), device, threads: 1, mostPixels: null);

    private static Decoder Open(AvStream stream, nint codec, HardwareDevice? device, int threads, long? mostPixels)
    {
        nint context = codec == 0 ? 0 : AvCodec.avcodec_alloc_context3(codec);
        if (context == 0)
        {
            throw new AvException(AvError.EINVAL, "avcodec_find_decoder");
        }

        try
        {
            AvError.ThrowIfNegative(AvCodec.avcodec_parameters_to_context(context, stream.Parameters), "avcodec_parameters_to_context");
            NativeMemoryView.Write(context, Fields.PktTimebase, stream.TimeBase);
            NativeMemoryView.Write(context, Fields.ThreadCount, threads);
            if (device is not null)
            {
                // Where a device is given, libav's own choice of format is the device's (avcodec_default_get_format).
                NativeMemoryView.Write(context, Fields.HwDeviceCtx, AvHardware.av_buffer_ref(device.Reference));
            }

            using var options = AvOptions.Of(mostPixels is { } most ? [new("max_pixels", most.ToString(CultureInfo.InvariantCulture))] : []);
            AvError.ThrowIfNegative(AvCodec.avcodec_open2(context, codec, ref options.Dictionary), "avcodec_open2");
            return new(context);
        }
        catch
        {
            AvCodec.avcodec_free_context(ref context);
            throw;
        }
    }

    /// <summary>Whether any input was damaged so far.</summary>
    public bool HasMetDamage { get; private set; }

    /// <summary>Whether frames that no other frame refers to are skipped: the rest decode exactly as they would have.</summary>
    public bool SkipsUnreferenced
    {
        set => NativeMemoryView.Write(
            context, Fields.SkipFrame, value ? AvCodec.AVDISCARD_NONREF : AvCodec.AVDISCARD_DEFAULT);
    }

    /// <summary>Hands in a packet, or null at the end.</summary>
    /// <returns>False where frames must be taken out first; the packet is then still to be sent. Damaged input is
    /// swallowed: the decoder goes on with what follows.</returns>
    public bool TrySend(AvPacket? packet)
    {
        int result = AvCodec.avcodec_send_packet(context, packet?.Pointer ?? 0);
        HasMetDamage |= result < 0 && result is not (AvError.EAGAIN or AvError.EOF);
        return result == AvError.ENOMEM ? throw new AvException(result, "avcodec_send_packet") : result != AvError.EAGAIN;
    }

    /// <summary>Takes the next frame, in presentation order.</summary>
    public CodecAnswer Receive(AvFrame frame)
    {
        CodecAnswer answer = AvCodec.avcodec_receive_frame(context, frame.Pointer) switch
        {
            >= 0 => CodecAnswer.Delivered,
            AvError.EAGAIN => CodecAnswer.NeedsInput,
            AvError.EOF => CodecAnswer.Ended,
            AvError.ENOMEM => throw new AvException(AvError.ENOMEM, "avcodec_receive_frame"),
            _ => CodecAnswer.Damaged,
        };
        HasMetDamage |= answer == CodecAnswer.Damaged;
        return answer;
    }

    /// <summary>Forgets all input, as after a seek.</summary>
    public void Flush() => AvCodec.avcodec_flush_buffers(context);

    public void Dispose() => AvCodec.avcodec_free_context(ref context);
}
