using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

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
    /// <param name="encoder">Opened.</param>
    /// <param name="tag">The sample entry's four characters; null leaves them to the muxer.</param>
    /// <param name="display">Where known, written beside the codec's description; so is <paramref name="light"/>.</param>
    /// <param name="light">As <paramref name="display"/>.</param>
    /// <returns>Its number.</returns>
    public int AddStream(Encoder encoder, string? tag = null, AvMasteringDisplay? display = null, AvContentLight? light = null)
    {
        nint stream = NewStream(out nint parameters);
        AvError.ThrowIfNegative(AvCodec.avcodec_parameters_from_context(parameters, encoder.Pointer), "avcodec_parameters_from_context");
        NativeMemoryView.Write(stream, LibAv.Layout.Stream.TimeBase, encoder.TimeBase);
        return Describe(stream, parameters, tag, display, light);
    }

    /// <summary>Adds a stream of what a container holds.</summary>
    /// <param name="copied">Its codec's description is taken over, with the shape of its pixels.</param>
    /// <param name="tag">The sample entry's four characters.</param>
    /// <param name="display">As of the other overload; so is <paramref name="light"/>.</param>
    /// <param name="light">As <paramref name="display"/>.</param>
    /// <returns>Its number.</returns>
    public int AddStream(AvStream copied, string tag, AvMasteringDisplay? display, AvContentLight? light)
    {
        nint stream = NewStream(out nint parameters);
        AvError.ThrowIfNegative(AvCodec.avcodec_parameters_copy(parameters, copied.Parameters), "avcodec_parameters_copy");
        NativeMemoryView.Write(stream, LibAv.Layout.Stream.TimeBase, copied.TimeBase);
        NativeMemoryView.Write(parameters, LibAv.Layout.CodecParameters.SampleAspectRatio, copied.GuessedSampleAspectRatio);
        return Describe(stream, parameters, tag, display, light);
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

    private nint NewStream(out nint parameters)
    {
        nint stream = AvFormat.avformat_new_stream(context, 0);
        parameters = stream != 0
            ? NativeMemoryView.Read<nint>(stream, LibAv.Layout.Stream.Codecpar)
            : throw new AvException(AvError.ENOMEM, "avformat_new_stream");
        return stream;
    }

    private static int Describe(nint stream, nint parameters, string? tag, AvMasteringDisplay? display, AvContentLight? light)
    {
        if (tag is not null)
        {
            NativeMemoryView.Write(parameters, LibAv.Layout.CodecParameters.CodecTag, BinaryPrimitives.ReadInt32LittleEndian(Encoding.ASCII.GetBytes(tag)));
        }

        AddSideData(stream, AvCodec.AV_PKT_DATA_MASTERING_DISPLAY_METADATA, display);
        AddSideData(stream, AvCodec.AV_PKT_DATA_CONTENT_LIGHT_LEVEL, light);
        return NativeMemoryView.Read<int>(stream, LibAv.Layout.Stream.Index);
    }

    private static void AddSideData<T>(nint stream, int type, T? value)
        where T : unmanaged
    {
        if (value is not { } given)
        {
            return;
        }

        nuint size = (nuint)Unsafe.SizeOf<T>();
        nint data = AvUtil.av_malloc(size);
        NativeMemoryView.Write(data != 0 ? data : throw new AvException(AvError.ENOMEM, "av_malloc"), 0, given);
        CodecParametersLayout codec = LibAv.Layout.CodecParameters;
        nint parameters = NativeMemoryView.Read<nint>(stream, LibAv.Layout.Stream.Codecpar);
        bool added = codec.CodedSideData == LibAvLayout.Absent
            ? AvFormat.av_stream_add_side_data(stream, type, data, size) >= 0
            : AvCodec.av_packet_side_data_add(parameters + codec.CodedSideData, parameters + codec.NbCodedSideData, type, data, size, 0) != 0;
        if (!added)
        {
            AvUtil.av_freep(ref data);
            throw new AvException(AvError.ENOMEM, "adding side data");
        }
    }

    private void Check(int result, string operation)
    {
        io.ThrowIfFaulted();
        AvError.ThrowIfNegative(result, operation);
    }
}
