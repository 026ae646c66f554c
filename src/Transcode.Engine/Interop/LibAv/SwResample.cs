using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.LibAv;

/// <summary>libswresample: swresample.h.</summary>
internal static partial class SwResample
{
    public const string Library = "swresample";

    [LibraryImport(Library)]
    public static partial uint swresample_version();

    [LibraryImport(Library)]
    public static partial int swr_alloc_set_opts2(
        ref nint context,
        nint outLayout,
        int outFormat,
        int outRate,
        nint inLayout,
        int inFormat,
        int inRate,
        int logOffset,
        nint logContext);

    [LibraryImport(Library)]
    public static partial int swr_init(nint context);

    [LibraryImport(Library)]
    public static partial void swr_free(ref nint context);

    [LibraryImport(Library)]
    public static partial long swr_get_delay(nint context, long timeBase);

    [LibraryImport(Library)]
    public static unsafe partial int swr_convert(nint context, byte** output, int outCount, byte** input, int inCount);
}
