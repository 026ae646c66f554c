/*
 * Prints, as a C# source file, where the fields lie in the libav* structs of the headers it is compiled against.
 * The script "generate" beside this file compiles it once per family; with an argument it prints the family's number.
 *
 * C cannot ask whether a struct has a field, so the HAS_ switches below say it from the major versions. One that
 * claims a field too many does not compile; a table for a new family wants a look at every -1 in it.
 */
#include <stddef.h>
#include <stdio.h>

#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavformat/avformat.h>
#include <libavutil/ffversion.h>
#include <libavutil/hwcontext.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>

/* 57 is 5.x, 58 is 6.x and so on: every release with a new major number also raises libavutil's. */
#define FAMILY (LIBAVUTIL_VERSION_MAJOR - 52)

#define HAS_FRAME_BOOLEANS (LIBAVUTIL_VERSION_MAJOR < 60)
#define HAS_FRAME_DURATION (LIBAVUTIL_VERSION_MAJOR >= 58)
/* 6.x has these from 6.1 on only, and a table must fit every release of its family. */
#define HAS_CODECPAR_SIDE_DATA (LIBAVCODEC_VERSION_MAJOR >= 61)
#define HAS_STREAM_SIDE_DATA (LIBAVFORMAT_VERSION_MAJOR < 62)
#define HAS_CODEC_FORMAT_LISTS (LIBAVCODEC_VERSION_MAJOR < 63)

/* These came as flags while the older booleans still stood beside them. */
#ifndef AV_FRAME_FLAG_KEY
#define AV_FRAME_FLAG_KEY 0
#endif
#ifndef AV_FRAME_FLAG_INTERLACED
#define AV_FRAME_FLAG_INTERLACED 0
#endif
#ifndef AV_FRAME_FLAG_TOP_FIELD_FIRST
#define AV_FRAME_FLAG_TOP_FIELD_FIRST 0
#endif

_Static_assert(sizeof(void *) == 8 && sizeof(int) == 4, "the tables are for 64-bit systems");

static void begin(const char *property)
{
    printf("        %s = new()\n        {\n", property);
}

static void value(const char *property, long long number)
{
    printf("            %s = %lld,\n", property, number);
}

static void end(void)
{
    printf("        },\n");
}

static void major(const char *property, int number)
{
    printf("        %s = %d,\n", property, number);
}

#define OFFSET(type, field, property) value(property, (long long)offsetof(type, field))
#define ABSENT(property) value(property, -1)

static void print_frame(void)
{
    begin("Frame");
    OFFSET(AVFrame, data, "Data");
    OFFSET(AVFrame, linesize, "Linesize");
    OFFSET(AVFrame, extended_data, "ExtendedData");
    OFFSET(AVFrame, width, "Width");
    OFFSET(AVFrame, height, "Height");
    OFFSET(AVFrame, nb_samples, "NbSamples");
    OFFSET(AVFrame, format, "Format");
#if HAS_FRAME_BOOLEANS
    OFFSET(AVFrame, key_frame, "KeyFrame");
#else
    ABSENT("KeyFrame");
#endif
    OFFSET(AVFrame, flags, "Flags");
    OFFSET(AVFrame, pict_type, "PictType");
    OFFSET(AVFrame, sample_aspect_ratio, "SampleAspectRatio");
    OFFSET(AVFrame, pts, "Pts");
    OFFSET(AVFrame, pkt_dts, "PktDts");
    OFFSET(AVFrame, time_base, "TimeBase");
    OFFSET(AVFrame, best_effort_timestamp, "BestEffortTimestamp");
#if HAS_FRAME_DURATION
    OFFSET(AVFrame, duration, "Duration");
#else
    ABSENT("Duration");
#endif
#if !HAS_FRAME_DURATION
    OFFSET(AVFrame, pkt_duration, "PktDuration");
#else
    ABSENT("PktDuration");
#endif
    OFFSET(AVFrame, sample_rate, "SampleRate");
    OFFSET(AVFrame, ch_layout, "ChLayout");
    OFFSET(AVFrame, color_range, "ColorRange");
    OFFSET(AVFrame, color_primaries, "ColorPrimaries");
    OFFSET(AVFrame, color_trc, "ColorTrc");
    OFFSET(AVFrame, colorspace, "Colorspace");
    OFFSET(AVFrame, chroma_location, "ChromaLocation");
    OFFSET(AVFrame, repeat_pict, "RepeatPict");
#if HAS_FRAME_BOOLEANS
    OFFSET(AVFrame, interlaced_frame, "InterlacedFrame");
    OFFSET(AVFrame, top_field_first, "TopFieldFirst");
#else
    ABSENT("InterlacedFrame");
    ABSENT("TopFieldFirst");
#endif
    OFFSET(AVFrame, decode_error_flags, "DecodeErrorFlags");
    OFFSET(AVFrame, metadata, "Metadata");
    OFFSET(AVFrame, nb_side_data, "NbSideData");
    OFFSET(AVFrame, side_data, "SideData");
    OFFSET(AVFrame, crop_top, "CropTop");
    OFFSET(AVFrame, crop_bottom, "CropBottom");
    OFFSET(AVFrame, crop_left, "CropLeft");
    OFFSET(AVFrame, crop_right, "CropRight");
    OFFSET(AVFrame, buf, "Buf");
    value("FlagKey", AV_FRAME_FLAG_KEY);
    value("FlagCorrupt", AV_FRAME_FLAG_CORRUPT);
    value("FlagInterlaced", AV_FRAME_FLAG_INTERLACED);
    value("FlagTopFieldFirst", AV_FRAME_FLAG_TOP_FIELD_FIRST);
    end();
}

static void print_packet(void)
{
    begin("Packet");
    OFFSET(AVPacket, buf, "Buf");
    OFFSET(AVPacket, pts, "Pts");
    OFFSET(AVPacket, dts, "Dts");
    OFFSET(AVPacket, data, "Data");
    OFFSET(AVPacket, size, "Size");
    OFFSET(AVPacket, stream_index, "StreamIndex");
    OFFSET(AVPacket, flags, "Flags");
    OFFSET(AVPacket, duration, "Duration");
    OFFSET(AVPacket, pos, "Pos");
    OFFSET(AVPacket, side_data, "SideData");
    OFFSET(AVPacket, side_data_elems, "SideDataElems");
    OFFSET(AVPacket, time_base, "TimeBase");
    value("SizeOf", sizeof(AVPacket));
    end();
}

static void print_stream(void)
{
    begin("Stream");
    OFFSET(AVStream, index, "Index");
    OFFSET(AVStream, id, "Id");
    OFFSET(AVStream, codecpar, "Codecpar");
    OFFSET(AVStream, time_base, "TimeBase");
    OFFSET(AVStream, start_time, "StartTime");
    OFFSET(AVStream, duration, "Duration");
    OFFSET(AVStream, nb_frames, "NbFrames");
    OFFSET(AVStream, disposition, "Disposition");
    OFFSET(AVStream, discard, "Discard");
    OFFSET(AVStream, sample_aspect_ratio, "SampleAspectRatio");
    OFFSET(AVStream, metadata, "Metadata");
    OFFSET(AVStream, avg_frame_rate, "AvgFrameRate");
    OFFSET(AVStream, r_frame_rate, "RFrameRate");
    OFFSET(AVStream, attached_pic, "AttachedPic");
#if HAS_STREAM_SIDE_DATA
    OFFSET(AVStream, side_data, "SideData");
    OFFSET(AVStream, nb_side_data, "NbSideData");
#else
    ABSENT("SideData");
    ABSENT("NbSideData");
#endif
    end();
}

static void print_codecparameters(void)
{
    begin("CodecParameters");
    OFFSET(AVCodecParameters, codec_type, "CodecType");
    OFFSET(AVCodecParameters, codec_id, "CodecId");
    OFFSET(AVCodecParameters, codec_tag, "CodecTag");
    OFFSET(AVCodecParameters, extradata, "Extradata");
    OFFSET(AVCodecParameters, extradata_size, "ExtradataSize");
    OFFSET(AVCodecParameters, format, "Format");
    OFFSET(AVCodecParameters, bit_rate, "BitRate");
    OFFSET(AVCodecParameters, bits_per_coded_sample, "BitsPerCodedSample");
    OFFSET(AVCodecParameters, bits_per_raw_sample, "BitsPerRawSample");
    OFFSET(AVCodecParameters, profile, "Profile");
    OFFSET(AVCodecParameters, level, "Level");
    OFFSET(AVCodecParameters, width, "Width");
    OFFSET(AVCodecParameters, height, "Height");
    OFFSET(AVCodecParameters, sample_aspect_ratio, "SampleAspectRatio");
    OFFSET(AVCodecParameters, field_order, "FieldOrder");
    OFFSET(AVCodecParameters, color_range, "ColorRange");
    OFFSET(AVCodecParameters, color_primaries, "ColorPrimaries");
    OFFSET(AVCodecParameters, color_trc, "ColorTrc");
    OFFSET(AVCodecParameters, color_space, "ColorSpace");
    OFFSET(AVCodecParameters, chroma_location, "ChromaLocation");
    OFFSET(AVCodecParameters, video_delay, "VideoDelay");
    OFFSET(AVCodecParameters, ch_layout, "ChLayout");
    OFFSET(AVCodecParameters, sample_rate, "SampleRate");
    OFFSET(AVCodecParameters, frame_size, "FrameSize");
    OFFSET(AVCodecParameters, initial_padding, "InitialPadding");
#if HAS_CODECPAR_SIDE_DATA
    OFFSET(AVCodecParameters, framerate, "Framerate");
    OFFSET(AVCodecParameters, coded_side_data, "CodedSideData");
    OFFSET(AVCodecParameters, nb_coded_side_data, "NbCodedSideData");
#else
    ABSENT("Framerate");
    ABSENT("CodedSideData");
    ABSENT("NbCodedSideData");
#endif
    end();
}

static void print_codeccontext(void)
{
    begin("CodecContext");
    OFFSET(AVCodecContext, codec_type, "CodecType");
    OFFSET(AVCodecContext, codec, "Codec");
    OFFSET(AVCodecContext, codec_id, "CodecId");
    OFFSET(AVCodecContext, priv_data, "PrivData");
    OFFSET(AVCodecContext, bit_rate, "BitRate");
    OFFSET(AVCodecContext, flags, "Flags");
    OFFSET(AVCodecContext, flags2, "Flags2");
    OFFSET(AVCodecContext, extradata, "Extradata");
    OFFSET(AVCodecContext, extradata_size, "ExtradataSize");
    OFFSET(AVCodecContext, time_base, "TimeBase");
    OFFSET(AVCodecContext, framerate, "Framerate");
    OFFSET(AVCodecContext, pkt_timebase, "PktTimebase");
    OFFSET(AVCodecContext, width, "Width");
    OFFSET(AVCodecContext, height, "Height");
    OFFSET(AVCodecContext, coded_width, "CodedWidth");
    OFFSET(AVCodecContext, coded_height, "CodedHeight");
    OFFSET(AVCodecContext, gop_size, "GopSize");
    OFFSET(AVCodecContext, max_b_frames, "MaxBFrames");
    OFFSET(AVCodecContext, has_b_frames, "HasBFrames");
    OFFSET(AVCodecContext, pix_fmt, "PixFmt");
    OFFSET(AVCodecContext, sw_pix_fmt, "SwPixFmt");
    OFFSET(AVCodecContext, sample_aspect_ratio, "SampleAspectRatio");
    OFFSET(AVCodecContext, color_primaries, "ColorPrimaries");
    OFFSET(AVCodecContext, color_trc, "ColorTrc");
    OFFSET(AVCodecContext, colorspace, "Colorspace");
    OFFSET(AVCodecContext, color_range, "ColorRange");
    OFFSET(AVCodecContext, chroma_sample_location, "ChromaSampleLocation");
    OFFSET(AVCodecContext, sample_rate, "SampleRate");
    OFFSET(AVCodecContext, sample_fmt, "SampleFmt");
    OFFSET(AVCodecContext, ch_layout, "ChLayout");
    OFFSET(AVCodecContext, frame_size, "FrameSize");
    OFFSET(AVCodecContext, initial_padding, "InitialPadding");
    OFFSET(AVCodecContext, delay, "Delay");
    OFFSET(AVCodecContext, rc_max_rate, "RcMaxRate");
    OFFSET(AVCodecContext, rc_buffer_size, "RcBufferSize");
    OFFSET(AVCodecContext, rc_initial_buffer_occupancy, "RcInitialBufferOccupancy");
    OFFSET(AVCodecContext, thread_count, "ThreadCount");
    OFFSET(AVCodecContext, thread_type, "ThreadType");
    OFFSET(AVCodecContext, active_thread_type, "ActiveThreadType");
    OFFSET(AVCodecContext, skip_frame, "SkipFrame");
    OFFSET(AVCodecContext, skip_loop_filter, "SkipLoopFilter");
    OFFSET(AVCodecContext, err_recognition, "ErrRecognition");
    OFFSET(AVCodecContext, strict_std_compliance, "StrictStdCompliance");
    OFFSET(AVCodecContext, profile, "Profile");
    OFFSET(AVCodecContext, level, "Level");
    OFFSET(AVCodecContext, keyint_min, "KeyintMin");
    OFFSET(AVCodecContext, get_format, "GetFormat");
    OFFSET(AVCodecContext, hw_device_ctx, "HwDeviceCtx");
    OFFSET(AVCodecContext, hw_frames_ctx, "HwFramesCtx");
    OFFSET(AVCodecContext, opaque, "Opaque");
    end();
}

static void print_codec(void)
{
    begin("Codec");
    OFFSET(AVCodec, name, "Name");
    OFFSET(AVCodec, long_name, "LongName");
    OFFSET(AVCodec, type, "Type");
    OFFSET(AVCodec, id, "Id");
    OFFSET(AVCodec, capabilities, "Capabilities");
#if HAS_CODEC_FORMAT_LISTS
    OFFSET(AVCodec, pix_fmts, "PixFmts");
    OFFSET(AVCodec, sample_fmts, "SampleFmts");
#else
    ABSENT("PixFmts");
    ABSENT("SampleFmts");
#endif
    end();
}

static void print_formatcontext(void)
{
    begin("FormatContext");
    OFFSET(AVFormatContext, av_class, "AvClass");
    OFFSET(AVFormatContext, iformat, "Iformat");
    OFFSET(AVFormatContext, oformat, "Oformat");
    OFFSET(AVFormatContext, priv_data, "PrivData");
    OFFSET(AVFormatContext, pb, "Pb");
    OFFSET(AVFormatContext, nb_streams, "NbStreams");
    OFFSET(AVFormatContext, streams, "Streams");
    OFFSET(AVFormatContext, url, "Url");
    OFFSET(AVFormatContext, start_time, "StartTime");
    OFFSET(AVFormatContext, duration, "Duration");
    OFFSET(AVFormatContext, bit_rate, "BitRate");
    OFFSET(AVFormatContext, flags, "Flags");
    OFFSET(AVFormatContext, probesize, "Probesize");
    OFFSET(AVFormatContext, max_analyze_duration, "MaxAnalyzeDuration");
    OFFSET(AVFormatContext, metadata, "Metadata");
    OFFSET(AVFormatContext, interrupt_callback.callback, "InterruptCallbackCallback");
    OFFSET(AVFormatContext, interrupt_callback.opaque, "InterruptCallbackOpaque");
    OFFSET(AVFormatContext, nb_chapters, "NbChapters");
    OFFSET(AVFormatContext, chapters, "Chapters");
    OFFSET(AVFormatContext, max_streams, "MaxStreams");
    OFFSET(AVFormatContext, opaque, "Opaque");
    OFFSET(AVFormatContext, nb_programs, "NbPrograms");
    OFFSET(AVFormatContext, event_flags, "EventFlags");
    end();
}

static void print_inputformat(void)
{
    begin("InputFormat");
    OFFSET(AVInputFormat, name, "Name");
    OFFSET(AVInputFormat, long_name, "LongName");
    OFFSET(AVInputFormat, flags, "Flags");
    OFFSET(AVInputFormat, extensions, "Extensions");
    end();
}

static void print_outputformat(void)
{
    begin("OutputFormat");
    OFFSET(AVOutputFormat, name, "Name");
    OFFSET(AVOutputFormat, flags, "Flags");
    end();
}

static void print_chapter(void)
{
    begin("Chapter");
    OFFSET(AVChapter, id, "Id");
    OFFSET(AVChapter, time_base, "TimeBase");
    OFFSET(AVChapter, start, "Start");
    OFFSET(AVChapter, end, "End");
    OFFSET(AVChapter, metadata, "Metadata");
    end();
}

static void print_iocontext(void)
{
    begin("IoContext");
    OFFSET(AVIOContext, buffer, "Buffer");
    OFFSET(AVIOContext, buffer_size, "BufferSize");
    OFFSET(AVIOContext, opaque, "Opaque");
    OFFSET(AVIOContext, pos, "Pos");
    OFFSET(AVIOContext, eof_reached, "EofReached");
    OFFSET(AVIOContext, error, "Error");
    OFFSET(AVIOContext, seekable, "Seekable");
    OFFSET(AVIOContext, direct, "Direct");
    end();
}

static void print_channellayout(void)
{
    begin("ChannelLayout");
    OFFSET(AVChannelLayout, order, "Order");
    OFFSET(AVChannelLayout, nb_channels, "NbChannels");
    OFFSET(AVChannelLayout, u.mask, "Mask");
    value("SizeOf", sizeof(AVChannelLayout));
    end();
}

static void print_rational(void)
{
    begin("Rational");
    OFFSET(AVRational, num, "Num");
    OFFSET(AVRational, den, "Den");
    value("SizeOf", sizeof(AVRational));
    end();
}

static void print_dictionaryentry(void)
{
    begin("DictionaryEntry");
    OFFSET(AVDictionaryEntry, key, "Key");
    OFFSET(AVDictionaryEntry, value, "Value");
    end();
}

static void print_bufferref(void)
{
    begin("BufferRef");
    OFFSET(AVBufferRef, data, "Data");
    OFFSET(AVBufferRef, size, "Size");
    end();
}

static void print_hwframescontext(void)
{
    begin("HwFramesContext");
    OFFSET(AVHWFramesContext, initial_pool_size, "InitialPoolSize");
    OFFSET(AVHWFramesContext, format, "Format");
    OFFSET(AVHWFramesContext, sw_format, "SwFormat");
    OFFSET(AVHWFramesContext, width, "Width");
    OFFSET(AVHWFramesContext, height, "Height");
    end();
}

static void print_framesidedata(void)
{
    begin("FrameSideData");
    OFFSET(AVFrameSideData, type, "Type");
    OFFSET(AVFrameSideData, data, "Data");
    OFFSET(AVFrameSideData, size, "Size");
    end();
}

static void print_packetsidedata(void)
{
    begin("PacketSideData");
    OFFSET(AVPacketSideData, data, "Data");
    OFFSET(AVPacketSideData, size, "Size");
    OFFSET(AVPacketSideData, type, "Type");
    value("SizeOf", sizeof(AVPacketSideData));
    end();
}

static void print_subtitle(void)
{
    begin("Subtitle");
    OFFSET(AVSubtitle, format, "Format");
    OFFSET(AVSubtitle, start_display_time, "StartDisplayTime");
    OFFSET(AVSubtitle, end_display_time, "EndDisplayTime");
    OFFSET(AVSubtitle, num_rects, "NumRects");
    OFFSET(AVSubtitle, rects, "Rects");
    OFFSET(AVSubtitle, pts, "Pts");
    value("SizeOf", sizeof(AVSubtitle));
    end();
}

static void print_subtitlerect(void)
{
    begin("SubtitleRect");
    OFFSET(AVSubtitleRect, x, "X");
    OFFSET(AVSubtitleRect, y, "Y");
    OFFSET(AVSubtitleRect, w, "W");
    OFFSET(AVSubtitleRect, h, "H");
    OFFSET(AVSubtitleRect, nb_colors, "NbColors");
    OFFSET(AVSubtitleRect, data, "Data");
    OFFSET(AVSubtitleRect, linesize, "Linesize");
    OFFSET(AVSubtitleRect, text, "Text");
    OFFSET(AVSubtitleRect, ass, "Ass");
    OFFSET(AVSubtitleRect, type, "Type");
    end();
}

static void print_codecids(void)
{
    begin("CodecIds");
    value("H264", AV_CODEC_ID_H264);
    value("Hevc", AV_CODEC_ID_HEVC);
    value("Av1", AV_CODEC_ID_AV1);
    value("Vp8", AV_CODEC_ID_VP8);
    value("Vp9", AV_CODEC_ID_VP9);
    value("Mpeg2Video", AV_CODEC_ID_MPEG2VIDEO);
    value("Mpeg4", AV_CODEC_ID_MPEG4);
    value("Mjpeg", AV_CODEC_ID_MJPEG);
    value("Png", AV_CODEC_ID_PNG);
    value("Aac", AV_CODEC_ID_AAC);
    value("Ac3", AV_CODEC_ID_AC3);
    value("Eac3", AV_CODEC_ID_EAC3);
    value("Mp3", AV_CODEC_ID_MP3);
    value("Opus", AV_CODEC_ID_OPUS);
    value("Vorbis", AV_CODEC_ID_VORBIS);
    value("Flac", AV_CODEC_ID_FLAC);
    value("Subrip", AV_CODEC_ID_SUBRIP);
    value("Ass", AV_CODEC_ID_ASS);
    value("WebVtt", AV_CODEC_ID_WEBVTT);
    value("MovText", AV_CODEC_ID_MOV_TEXT);
    value("Ttml", AV_CODEC_ID_TTML);
    value("Eia608", AV_CODEC_ID_EIA_608);
    value("HdmvPgsSubtitle", AV_CODEC_ID_HDMV_PGS_SUBTITLE);
    value("DvdSubtitle", AV_CODEC_ID_DVD_SUBTITLE);
    value("DvbSubtitle", AV_CODEC_ID_DVB_SUBTITLE);
    end();
}

static void print_pixelformats(void)
{
    begin("PixelFormats");
    value("Yuv420P", AV_PIX_FMT_YUV420P);
    value("Yuv420P10Le", AV_PIX_FMT_YUV420P10LE);
    value("Nv12", AV_PIX_FMT_NV12);
    value("P010Le", AV_PIX_FMT_P010LE);
    value("YuvJ420P", AV_PIX_FMT_YUVJ420P);
    value("Gray8", AV_PIX_FMT_GRAY8);
    value("Rgb24", AV_PIX_FMT_RGB24);
    value("Rgba", AV_PIX_FMT_RGBA);
    end();
}

static void print_sampleformats(void)
{
    begin("SampleFormats");
    value("Fltp", AV_SAMPLE_FMT_FLTP);
    value("Flt", AV_SAMPLE_FMT_FLT);
    value("S16", AV_SAMPLE_FMT_S16);
    end();
}

static void print_versions(void)
{
    printf("// FFmpeg %s: libavutil %d.%d.%d, libavcodec %d.%d.%d, libavformat %d.%d.%d,\n", FFMPEG_VERSION,
           LIBAVUTIL_VERSION_MAJOR, LIBAVUTIL_VERSION_MINOR, LIBAVUTIL_VERSION_MICRO, LIBAVCODEC_VERSION_MAJOR,
           LIBAVCODEC_VERSION_MINOR, LIBAVCODEC_VERSION_MICRO, LIBAVFORMAT_VERSION_MAJOR, LIBAVFORMAT_VERSION_MINOR,
           LIBAVFORMAT_VERSION_MICRO);
    printf("// FFmpeg's libavfilter %d.%d.%d, libswscale %d.%d.%d, libswresample %d.%d.%d.\n",
           LIBAVFILTER_VERSION_MAJOR, LIBAVFILTER_VERSION_MINOR, LIBAVFILTER_VERSION_MICRO, LIBSWSCALE_VERSION_MAJOR,
           LIBSWSCALE_VERSION_MINOR, LIBSWSCALE_VERSION_MICRO, LIBSWRESAMPLE_VERSION_MAJOR,
           LIBSWRESAMPLE_VERSION_MINOR, LIBSWRESAMPLE_VERSION_MICRO);
}

int main(int argc, char **argv)
{
    (void)argv;
    if (argc > 1) {
        printf("%d\n", FAMILY);
        return 0;
    }

    printf("// <auto-generated>\n");
    printf("// Written by ./generate from ./layout.c and the headers of the release below. Do not edit.\n");
    print_versions();
    printf("// </auto-generated>\n#nullable enable\n\n");
    printf("namespace Transcode.Engine.Interop.LibAv;\n\n");
    printf("internal sealed partial record LibAvLayout\n{\n");
    printf("    private static LibAvLayout CreateFamily%d() => new()\n    {\n", FAMILY);
    printf("        Name = \"%d.x\",\n", FAMILY);
    major("AvUtil", LIBAVUTIL_VERSION_MAJOR);
    major("AvCodec", LIBAVCODEC_VERSION_MAJOR);
    major("AvFormat", LIBAVFORMAT_VERSION_MAJOR);
    major("AvFilter", LIBAVFILTER_VERSION_MAJOR);
    major("SwScale", LIBSWSCALE_VERSION_MAJOR);
    major("SwResample", LIBSWRESAMPLE_VERSION_MAJOR);
    print_frame();
    print_packet();
    print_stream();
    print_codecparameters();
    print_codeccontext();
    print_codec();
    print_formatcontext();
    print_inputformat();
    print_outputformat();
    print_chapter();
    print_iocontext();
    print_channellayout();
    print_rational();
    print_dictionaryentry();
    print_bufferref();
    print_hwframescontext();
    print_framesidedata();
    print_packetsidedata();
    print_subtitle();
    print_subtitlerect();
    print_codecids();
    print_pixelformats();
    print_sampleformats();
    printf("    };\n}\n");
    return 0;
}
