using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.LibAv;

/// <summary>libavutil: hwcontext.h, and what of log.h it takes to hear why a device is refused.</summary>
internal static partial class AvHardware
{
    private const string Library = AvUtil.Library;

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_hwdevice_find_type_by_name(string name);

    [LibraryImport(Library)]
    public static partial nint av_hwdevice_get_type_name(int type);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_hwdevice_ctx_create(out nint device, int type, string? name, nint options, int flags);

    [LibraryImport(Library)]
    public static partial nint av_hwframe_ctx_alloc(nint device);

    [LibraryImport(Library)]
    public static partial int av_hwframe_ctx_init(nint frames);

    [LibraryImport(Library)]
    public static partial int av_hwframe_get_buffer(nint frames, nint frame, int flags);

    [LibraryImport(Library)]
    public static partial int av_hwframe_transfer_data(nint destination, nint source, int flags);

    [LibraryImport(Library)]
    public static partial nint av_buffer_ref(nint buffer);

    [LibraryImport(Library)]
    public static partial void av_buffer_unref(ref nint buffer);

    /// <param name="callback">void (*)(void *, int, const char *, va_list).</param>
    [LibraryImport(Library)]
    public static partial void av_log_set_callback(nint callback);

    /// <summary>A line of libav's log. A va_list goes by reference on x86-64 (System V) and on AArch64 (AAPCS64) alike, so it is handed on as it came.</summary>
    [LibraryImport(Library)]
    public static partial int av_log_format_line2(nint context, int level, nint format, nint arguments, Span<byte> line, int lineSize, ref int printPrefix);
}
