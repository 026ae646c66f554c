namespace Transcode.Engine.Interop.LibAv;

/// <summary>A container being written through a callback.</summary>
internal sealed class Muxer : IDisposable
{
    private readonly IoBridge io;
    private nint context;

    private Muxer(IoBridge io, nint context)
    {
        this.io = io;
        this.context = context;
    }

    private static FormatContextLayout Fields => LibAv.Layout.FormatContext;

    /// <param name="format">libav's muxer name, as <c>mp4</c>.</param>
    /// <param name="write">Takes the bytes; offsets may go back where the format revisits its header.</param>
    public static Muxer Create(string format, WriteAt write)
    {
        LibAv.Load();
        AvError.ThrowIfNegative(
            AvFormat.avformat_alloc_output_context2(out nint context, 0, format, null), "avformat_alloc_output_context2");
        var io = IoBridge.ForWriting(write);
        NativeMemoryView.Write(context, Fields.Pb, io.Pointer);
        int flags = NativeMemoryView.Read<int>(context, Fields.Flags);
        NativeMemoryView.Write(context, Fields.Flags, flags | AvFormat.AVFMT_FLAG_CUSTOM_IO | AvFormat.AVFMT_FLAG_BITEXACT);
        return new(io, context);
    }

    /// <summary>Adds a stream of what an encoder makes.</summary>
    /// <returns>Its number.</returns>
    public int AddStream(Encoder encoder)
    {
        nint stream = AvFormat.avformat_new_stream(context, 0);
        if (stream == 0)
        {
            throw new AvException(AvError.ENOMEM, "avformat_new_stream");
        }

        nint parameters = NativeMemoryView.Read<nint>(stream, LibAv.Layout.Stream.Codecpar);
        AvError.ThrowIfNegative(AvCodec.avcodec_parameters_from_context(parameters, encoder.Pointer), "avcodec_parameters_from_context");
        NativeMemoryView.Write(stream, LibAv.Layout.Stream.TimeBase, encoder.TimeBase);
        return NativeMemoryView.Read<int>(stream, LibAv.Layout.Stream.Index);
    }

    /// <summary>The time base the container chose for a stream: packets are to carry it. Known once the header is written.</summary>
    public AvRational TimeBase(int streamIndex)
    {
        nint streams = NativeMemoryView.Read<nint>(context, Fields.Streams);
        return NativeMemoryView.Read<AvRational>(
            NativeMemoryView.Read<nint>(streams, streamIndex * nint.Size), LibAv.Layout.Stream.TimeBase);
    }

    public void WriteHeader(IEnumerable<KeyValuePair<string, string>> options)
    {
        using var dictionary = AvOptions.Of(options);
        Check(AvFormat.avformat_write_header(context, ref dictionary.Dictionary), "avformat_write_header");
        dictionary.ThrowIfAnyLeft("muxer");
        io.Flush();
        io.ThrowIfFaulted();
    }

    /// <summary>Writes a packet, whose times are in the stream's <see cref="TimeBase"/>; its data are consumed.</summary>
    public void Write(AvPacket packet) =>
        Check(AvFormat.av_interleaved_write_frame(context, packet.Pointer), "av_interleaved_write_frame");

    public void WriteTrailer()
    {
        Check(AvFormat.av_write_trailer(context), "av_write_trailer");
        io.Flush();
        io.ThrowIfFaulted();
    }

    public void Dispose()
    {
        AvFormat.avformat_free_context(context);
        context = 0;
        io.Dispose();
    }

    private void Check(int result, string operation)
    {
        io.ThrowIfFaulted();
        AvError.ThrowIfNegative(result, operation);
    }
}
