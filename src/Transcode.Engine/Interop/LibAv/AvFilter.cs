using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.LibAv;

/// <summary>libavfilter: avfilter.h, buffersrc.h, buffersink.h.</summary>
internal static partial class AvFilter
{
    public const string Library = "avfilter";

    /// <summary>The graph takes its own reference; the caller keeps its frame.</summary>
    public const int AV_BUFFERSRC_FLAG_KEEP_REF = 8;

    [LibraryImport(Library)]
    public static partial uint avfilter_version();

    [LibraryImport(Library)]
    public static partial nint avfilter_graph_alloc();

    [LibraryImport(Library)]
    public static partial void avfilter_graph_free(ref nint graph);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint avfilter_get_by_name(string name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int avfilter_graph_create_filter(out nint filter, nint definition, string name, string? args, nint opaque, nint graph);

    [LibraryImport(Library)]
    public static partial int avfilter_link(nint source, uint sourcePad, nint destination, uint destinationPad);

    [LibraryImport(Library)]
    public static partial int avfilter_graph_config(nint graph, nint logContext);

    [LibraryImport(Library)]
    public static partial int av_buffersrc_add_frame_flags(nint source, nint frame, int flags);

    [LibraryImport(Library)]
    public static partial int av_buffersink_get_frame(nint sink, nint frame);
}
