using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.LibAv;

/// <summary>libavcodec: avcodec.h, codec.h, codec_par.h, packet.h.</summary>
internal static partial class AvCodec
{
    public const string Library = "avcodec";

    public const int AV_CODEC_FLAG_GLOBAL_HEADER = 1 << 22;
    public const int AV_CODEC_FLAG_BITEXACT = 1 << 23;
    public const int AV_CODEC_CAP_EXPERIMENTAL = 1 << 9;
    public const int AV_CODEC_CAP_HARDWARE = 1 << 18;
    public const int AV_CODEC_CAP_HYBRID = 1 << 19;
    public const int AV_CODEC_HW_CONFIG_METHOD_HW_DEVICE_CTX = 1;
    public const int AV_PKT_FLAG_KEY = 1;
    public const int AV_PKT_FLAG_CORRUPT = 2;
    public const int AVDISCARD_DEFAULT = 0;
    public const int AVDISCARD_NONREF = 8;
    public const int AVDISCARD_ALL = 48;
    public const int AV_PKT_DATA_DISPLAYMATRIX = 5;
    public const int AV_PKT_DATA_MASTERING_DISPLAY_METADATA = 20;
    public const int AV_PKT_DATA_CONTENT_LIGHT_LEVEL = 22;

    [LibraryImport(Library)]
    public static partial uint avcodec_version();

    [LibraryImport(Library)]
    public static partial nint avcodec_find_decoder(int id);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint avcodec_find_encoder_by_name(string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint avcodec_find_decoder_by_name(string name);

    /// <summary>Codec after codec; 0 after the last.</summary>
    [LibraryImport(Library)]
    public static partial nint av_codec_iterate(ref nint place);

    [LibraryImport(Library)]
    public static partial int av_codec_is_encoder(nint codec);

    /// <summary>An AVCodecHWConfig of a codec, which lives as long as it; 0 after the last.</summary>
    [LibraryImport(Library)]
    public static partial nint avcodec_get_hw_config(nint codec, int index);

    [LibraryImport(Library)]
    public static partial nint avcodec_get_name(int id);

    [LibraryImport(Library)]
    public static partial nint avcodec_alloc_context3(nint codec);

    [LibraryImport(Library)]
    public static partial void avcodec_free_context(ref nint context);

    [LibraryImport(Library)]
    public static partial int avcodec_open2(nint context, nint codec, ref nint options);

    [LibraryImport(Library)]
    public static partial int avcodec_send_packet(nint context, nint packet);

    [LibraryImport(Library)]
    public static partial int avcodec_receive_frame(nint context, nint frame);

    [LibraryImport(Library)]
    public static partial int avcodec_send_frame(nint context, nint frame);

    [LibraryImport(Library)]
    public static partial int avcodec_receive_packet(nint context, nint packet);

    [LibraryImport(Library)]
    public static partial int avcodec_decode_subtitle2(nint context, nint subtitle, out int given, nint packet);

    [LibraryImport(Library)]
    public static partial void avsubtitle_free(nint subtitle);

    [LibraryImport(Library)]
    public static partial void avcodec_flush_buffers(nint context);

    [LibraryImport(Library)]
    public static partial int avcodec_parameters_to_context(nint context, nint parameters);

    [LibraryImport(Library)]
    public static partial int avcodec_parameters_from_context(nint parameters, nint context);

    [LibraryImport(Library)]
    public static partial int avcodec_parameters_copy(nint destination, nint source);

    [LibraryImport(Library)]
    public static partial nint av_packet_alloc();

    [LibraryImport(Library)]
    public static partial int av_new_packet(nint packet, int size);

    [LibraryImport(Library)]
    public static partial void av_packet_free(ref nint packet);

    [LibraryImport(Library)]
    public static partial void av_packet_unref(nint packet);

    [LibraryImport(Library)]
    public static partial void av_packet_move_ref(nint destination, nint source);

    [LibraryImport(Library)]
    public static partial int av_packet_ref(nint destination, nint source);

    /// <summary>From 7.x on; 5.x keeps side data with the stream (<see cref="AvFormat.av_stream_get_side_data"/>).</summary>
    [LibraryImport(Library)]
    public static partial nint av_packet_side_data_get(nint sideData, int count, int type);

    /// <summary>From 7.x on; takes over the data, which av_malloc gave.</summary>
    [LibraryImport(Library)]
    public static partial nint av_packet_side_data_add(nint sideData, nint count, int type, nint data, nuint size, int flags);
}
