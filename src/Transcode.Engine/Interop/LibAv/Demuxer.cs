namespace Transcode.Engine.Interop.LibAv;

/// <summary>An AVFormatContext we own, reading through a bridge: a container taken apart into packets.</summary>
internal sealed class Demuxer : IDisposable
{
    private readonly IoBridge io;
    private nint context;

    private Demuxer(IoBridge io, nint context)
    {
        this.io = io;
        this.context = context;
    }

    private static FormatContextLayout Fields => LibAv.Layout.FormatContext;

    /// <exception cref="ObjectDisposedException">The container was closed: starting over replaces it.</exception>
    internal nint Pointer => context != 0 ? context : throw new ObjectDisposedException(nameof(Demuxer));

    /// <summary>libav's name of the format, as <c>mov,mp4,m4a,3gp,3g2,mj2</c>.</summary>
    public string FormatName =>
        NativeMemoryView.Utf8(NativeMemoryView.Read<nint>(InputFormat, LibAv.Layout.InputFormat.Name)) ?? "";

    /// <summary>AVFMT_ flags of the format.</summary>
    public int FormatFlags => NativeMemoryView.Read<int>(InputFormat, LibAv.Layout.InputFormat.Flags);

    /// <summary>First presentation time of all streams in microseconds, or null.</summary>
    public long? StartMicroseconds => Known(NativeMemoryView.Read<long>(Pointer, Fields.StartTime));

    /// <summary>In microseconds, or null.</summary>
    public long? DurationMicroseconds => Known(NativeMemoryView.Read<long>(Pointer, Fields.Duration));

    public int StreamCount => NativeMemoryView.Read<int>(Pointer, Fields.NbStreams);

    public int ChapterCount => NativeMemoryView.Read<int>(Pointer, Fields.NbChapters);

    private nint InputFormat => NativeMemoryView.Read<nint>(Pointer, Fields.Iformat);

    /// <summary>Opens the container and finds its streams' parameters.</summary>
    /// <param name="read">Gives the bytes.</param>
    /// <param name="length">Of the source, in bytes.</param>
    /// <param name="options">Demuxer options by name.</param>
    /// <param name="format">libav's name of the format they are of; null lets libav find out.</param>
    /// <exception cref="AvException">The bytes are not of a container that libav, or the options, allow.</exception>
    /// <exception cref="IOException">The bytes could not be read.</exception>
    public static Demuxer Open(ReadAt read, long length, IEnumerable<KeyValuePair<string, string>> options, string? format = null)
    {
        LibAv.Load();
        nint known = format is null ? 0 : AvFormat.av_find_input_format(format);
        if (format is not null && known == 0)
        {
            throw new AvException(AvError.EINVAL, "av_find_input_format");
        }

        var io = IoBridge.ForReading(read, length);
        nint context = AvFormat.avformat_alloc_context();
        try
        {
            NativeMemoryView.Write(context, Fields.Pb, io.Pointer);
            int flags = NativeMemoryView.Read<int>(context, Fields.Flags);
            NativeMemoryView.Write(context, Fields.Flags, flags | AvFormat.AVFMT_FLAG_CUSTOM_IO);
            using var dictionary = AvOptions.Of(options);
            // On failure the context is freed and set to null by the callee.
            int opened = AvFormat.avformat_open_input(ref context, null, known, ref dictionary.Dictionary);
            io.ThrowIfFaulted();
            AvError.ThrowIfNegative(opened, "avformat_open_input");
            int found = AvFormat.avformat_find_stream_info(context, 0);
            io.ThrowIfFaulted();
            AvError.ThrowIfNegative(found, "avformat_find_stream_info");
            return new(io, context);
        }
        catch
        {
            AvFormat.avformat_close_input(ref context);
            io.Dispose();
            throw;
        }
    }

    public AvStream Stream(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)StreamCount);
        nint streams = NativeMemoryView.Read<nint>(Pointer, Fields.Streams);
        return new(this, NativeMemoryView.Read<nint>(streams, index * nint.Size));
    }

    public AvChapter Chapter(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)ChapterCount);
        nint chapters = NativeMemoryView.Read<nint>(Pointer, Fields.Chapters);
        return new(this, NativeMemoryView.Read<nint>(chapters, index * nint.Size));
    }

    /// <summary>The stream libav thinks best of a media type, or null.</summary>
    public unsafe int? BestStream(int mediaType) =>
        AvFormat.av_find_best_stream(Pointer, mediaType, -1, -1, null, 0) is var index && index >= 0 ? index : null;

    /// <summary>Has only the given streams' packets delivered.</summary>
    public void Select(params ReadOnlySpan<int> streamIndices)
    {
        for (int i = 0; i < StreamCount; i++)
        {
            Stream(i).Discard = streamIndices.Contains(i) ? AvCodec.AVDISCARD_DEFAULT : AvCodec.AVDISCARD_ALL;
        }
    }

    /// <summary>Has every stream's packets delivered.</summary>
    public void SelectAll()
    {
        for (int i = 0; i < StreamCount; i++)
        {
            Stream(i).Discard = AvCodec.AVDISCARD_DEFAULT;
        }
    }

    /// <summary>Moves to a place at or before a time, as near as the container's index allows.</summary>
    /// <returns>Whether the container could.</returns>
    public bool TrySeek(int streamIndex, long timestamp)
    {
        int result = AvFormat.av_seek_frame(Pointer, streamIndex, timestamp, AvFormat.AVSEEK_FLAG_BACKWARD);
        io.ThrowIfFaulted();
        return result >= 0;
    }

    /// <summary>Reads the next packet.</summary>
    /// <returns>False at the end, also where the bytes end early or in nonsense: what came before is all there is.</returns>
    public bool TryRead(AvPacket packet)
    {
        packet.Clear();
        int result;
        int stumbles = 0;
        do
        {
            result = AvFormat.av_read_frame(Pointer, packet.Pointer);
            io.ThrowIfFaulted();
        }
        while (result == AvError.EAGAIN && ++stumbles < 1000);
        return result >= 0;
    }

    public void Dispose()
    {
        AvFormat.avformat_close_input(ref context);
        io.Dispose();
    }

    private static long? Known(long time) => time == AvUtil.AV_NOPTS_VALUE ? null : time;
}
