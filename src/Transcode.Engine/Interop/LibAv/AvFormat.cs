using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.LibAv;

/// <summary>libavformat: avformat.h, avio.h.</summary>
internal static unsafe partial class AvFormat
{
    public const string Library = "avformat";

    public const int AVSEEK_FLAG_BACKWARD = 1;
    public const int AVSEEK_SIZE = 0x10000;
    public const int AVFMT_TS_DISCONT = 0x0200;
    public const int AVFMT_FLAG_CUSTOM_IO = 0x0080;
    public const int AVFMT_FLAG_BITEXACT = 0x0400;
    public const int AV_DISPOSITION_DEFAULT = 0x0001;
    public const int AV_DISPOSITION_COMMENT = 0x0008;
    public const int AV_DISPOSITION_FORCED = 0x0040;
    public const int AV_DISPOSITION_HEARING_IMPAIRED = 0x0080;
    public const int AV_DISPOSITION_VISUAL_IMPAIRED = 0x0100;
    public const int AV_DISPOSITION_ATTACHED_PIC = 0x0400;
    public const int AV_DISPOSITION_CAPTIONS = 0x10000;
    public const int AV_DISPOSITION_DESCRIPTIONS = 0x20000;

    [LibraryImport(Library)]
    public static partial uint avformat_version();

    [LibraryImport(Library)]
    public static partial nint avformat_alloc_context();

    [LibraryImport(Library)]
    public static partial void avformat_free_context(nint context);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int avformat_open_input(ref nint context, string? url, nint format, ref nint options);

    [LibraryImport(Library)]
    public static partial int avformat_find_stream_info(nint context, nint options);

    [LibraryImport(Library)]
    public static partial void avformat_close_input(ref nint context);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint av_find_input_format(string name);

    [LibraryImport(Library)]
    public static partial int av_read_frame(nint context, nint packet);

    [LibraryImport(Library)]
    public static partial int av_seek_frame(nint context, int streamIndex, long timestamp, int flags);

    [LibraryImport(Library)]
    public static partial int av_find_best_stream(nint context, int type, int wanted, int related, nint* decoder, int flags);

    [LibraryImport(Library)]
    public static partial int avformat_index_get_entries_count(nint stream);

    [LibraryImport(Library)]
    public static partial AvRational av_guess_frame_rate(nint context, nint stream, nint frame);

    [LibraryImport(Library)]
    public static partial AvRational av_guess_sample_aspect_ratio(nint context, nint stream, nint frame);

    /// <summary>Up to 7.x only.</summary>
    [LibraryImport(Library)]
    public static partial nint av_stream_get_side_data(nint stream, int type, nuint* size);

    /// <summary>Up to 7.x only; takes over the data, which av_malloc gave.</summary>
    [LibraryImport(Library)]
    public static partial int av_stream_add_side_data(nint stream, int type, nint data, nuint size);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int avformat_alloc_output_context2(out nint context, nint format, string formatName, string? fileName);

    [LibraryImport(Library)]
    public static partial nint avformat_new_stream(nint context, nint codec);

    [LibraryImport(Library)]
    public static partial int avformat_write_header(nint context, ref nint options);

    [LibraryImport(Library)]
    public static partial int av_interleaved_write_frame(nint context, nint packet);

    [LibraryImport(Library)]
    public static partial int av_write_trailer(nint context);

    [LibraryImport(Library)]
    public static partial nint avio_alloc_context(
        nint buffer,
        int bufferSize,
        int writable,
        nint opaque,
        delegate* unmanaged[Cdecl]<nint, byte*, int, int> read,
        delegate* unmanaged[Cdecl]<nint, byte*, int, int> write,
        delegate* unmanaged[Cdecl]<nint, long, int, long> seek);

    [LibraryImport(Library)]
    public static partial void avio_context_free(ref nint context);

    [LibraryImport(Library)]
    public static partial void avio_flush(nint context);
}
