using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.LibAv;

/// <summary>libavutil: avutil.h, frame.h, buffer.h, dict.h, opt.h, mem.h, log.h, pixdesc.h, samplefmt.h, channel_layout.h, display.h.</summary>
internal static partial class AvUtil
{
    public const string Library = "avutil";

    public const long AV_NOPTS_VALUE = long.MinValue;
    public const int AV_TIME_BASE = 1_000_000;

    public const int AVMEDIA_TYPE_VIDEO = 0;
    public const int AVMEDIA_TYPE_AUDIO = 1;
    public const int AVMEDIA_TYPE_SUBTITLE = 3;

    public const int AVCOL_RANGE_MPEG = 1;
    public const int AVCOL_RANGE_JPEG = 2;
    public const int AVCOL_SPC_RGB = 0;
    public const int AVCOL_SPC_BT709 = 1;
    public const int AVCOL_SPC_UNSPECIFIED = 2;
    public const int AVCOL_SPC_BT470BG = 5;
    public const int AVCOL_SPC_SMPTE170M = 6;
    public const int AVCOL_SPC_BT2020_NCL = 9;
    public const int AVCOL_SPC_BT2020_CL = 10;

    public const int AVCHROMA_LOC_LEFT = 1;
    public const int AVCHROMA_LOC_CENTER = 2;
    public const int AVCHROMA_LOC_TOPLEFT = 3;
    public const int AVCHROMA_LOC_TOP = 4;
    public const int AVCHROMA_LOC_BOTTOMLEFT = 5;
    public const int AVCHROMA_LOC_BOTTOM = 6;

    public const int AV_CHANNEL_ORDER_AMBISONIC = 3;
    // AVFrameSideDataType; 5.1 to 9.0 only appended to its values.
    public const int AV_FRAME_DATA_A53_CC = 1;
    public const int AV_FRAME_DATA_MASTERING_DISPLAY_METADATA = 11;
    public const int AV_FRAME_DATA_CONTENT_LIGHT_LEVEL = 14;
    public const int AV_FRAME_DATA_REGIONS_OF_INTEREST = 18;

    public const int AV_LOG_WARNING = 24;
    public const int AV_LOG_ERROR = 16;
    public const int AV_LOG_FATAL = 8;

    [LibraryImport(Library)]
    public static partial uint avutil_version();

    [LibraryImport(Library)]
    public static partial nint av_frame_alloc();

    [LibraryImport(Library)]
    public static partial void av_frame_free(ref nint frame);

    [LibraryImport(Library)]
    public static partial void av_frame_unref(nint frame);

    [LibraryImport(Library)]
    public static partial int av_frame_ref(nint destination, nint source);

    [LibraryImport(Library)]
    public static partial int av_frame_copy_props(nint destination, nint source);

    [LibraryImport(Library)]
    public static partial int av_frame_get_buffer(nint frame, int align);

    [LibraryImport(Library)]
    public static partial int av_frame_make_writable(nint frame);

    [LibraryImport(Library)]
    public static partial nint av_buffer_pool_init(nuint size, nint allocate);

    [LibraryImport(Library)]
    public static partial nint av_buffer_pool_get(nint pool);

    [LibraryImport(Library)]
    public static partial void av_buffer_pool_uninit(ref nint pool);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_get_pix_fmt(string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_dict_set(ref nint dictionary, string key, string? value, int flags);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint av_dict_get(nint dictionary, string key, nint previous, int flags);

    [LibraryImport(Library)]
    public static partial void av_dict_free(ref nint dictionary);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_opt_set(nint target, string name, string value, int searchFlags);

    [LibraryImport(Library)]
    public static partial nint av_malloc(nuint size);

    [LibraryImport(Library)]
    public static partial void av_freep(ref nint pointer);

    [LibraryImport(Library)]
    public static partial void av_log_set_level(int level);

    [LibraryImport(Library)]
    public static partial int av_strerror(int error, Span<byte> text, nuint size);

    [LibraryImport(Library)]
    public static partial nint av_get_pix_fmt_name(int format);

    [LibraryImport(Library)]
    public static partial nint av_pix_fmt_desc_get(int format);

    [LibraryImport(Library)]
    public static partial nint av_get_sample_fmt_name(int format);

    [LibraryImport(Library)]
    public static partial nint av_color_transfer_name(int transfer);

    [LibraryImport(Library)]
    public static partial nint av_color_space_name(int space);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_color_space_from_name(string name);

    [LibraryImport(Library)]
    public static partial nint av_color_primaries_name(int primaries);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_color_primaries_from_name(string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int av_color_transfer_from_name(string name);

    [LibraryImport(Library)]
    public static partial nint av_frame_get_side_data(nint frame, int type);

    [LibraryImport(Library)]
    public static partial nint av_frame_new_side_data(nint frame, int type, nuint size);

    [LibraryImport(Library)]
    public static partial void av_channel_layout_default(nint layout, int channels);

    [LibraryImport(Library)]
    public static partial int av_channel_layout_copy(nint destination, nint source);

    [LibraryImport(Library)]
    public static partial void av_channel_layout_uninit(nint layout);

    [LibraryImport(Library)]
    public static partial double av_display_rotation_get(nint matrix);

    /// <summary>av_get_pix_fmt_name as text.</summary>
    public static string PixelFormatName(int format) => NativeMemoryView.Utf8(av_get_pix_fmt_name(format)) ?? "none";
}
