using System.Reflection;
using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.LibAv;

/// <summary>The system's libav*, loaded as one family: six libraries whose majors belong together, never library by
/// library, because two families in one process would read each other's structs wrongly.</summary>
internal static class LibAv
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, nint> Handles = [];
    private static LibAvLayout? layout;

    /// <summary>The layout of the family in use.</summary>
    /// <exception cref="LibAvNotFoundException">No known family is installed.</exception>
    public static LibAvLayout Layout => layout ?? Load();

    /// <summary>Versions of the libraries in use, as <c>libavcodec 59.37.100, libavformat 59.27.100, …</c>.</summary>
    public static string Versions => string.Join(", ",
        Named("libavutil", AvUtil.avutil_version()),
        Named("libavcodec", AvCodec.avcodec_version()),
        Named("libavformat", AvFormat.avformat_version()),
        Named("libavfilter", AvFilter.avfilter_version()),
        Named("libswscale", SwScale.swscale_version()),
        Named("libswresample", SwResample.swresample_version()));

    /// <summary>Finds the newest family of which all six libraries load, and checks that they are what they claim.</summary>
    /// <exception cref="LibAvNotFoundException">No known family is installed, or it does not behave as its table says.</exception>
    public static LibAvLayout Load()
    {
        lock (Gate)
        {
            if (layout is not null)
            {
                return layout;
            }

            LibAvLayout found = LibAvLayout.All.FirstOrDefault(TryLoadFamily) ?? throw NotFound();
            NativeLibrary.SetDllImportResolver(typeof(LibAv).Assembly, Resolve);
            RequireVersions(found);
            RequireLayout(found);
            return layout = found;
        }
    }

    private static bool TryLoadFamily(LibAvLayout family)
    {
        Handles.Clear();
        foreach ((string name, int major) in Libraries(family))
        {
            if (!NativeLibrary.TryLoad(SoName(name, major), out nint handle))
            {
                return false;
            }

            Handles[name] = handle;
        }

        return true;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) =>
        Handles.GetValueOrDefault(name);

    private static void RequireVersions(LibAvLayout family)
    {
        (string Name, int Expected, uint Actual)[] checks =
        [
            ("libavutil", family.AvUtil, AvUtil.avutil_version()),
            ("libavcodec", family.AvCodec, AvCodec.avcodec_version()),
            ("libavformat", family.AvFormat, AvFormat.avformat_version()),
            ("libavfilter", family.AvFilter, AvFilter.avfilter_version()),
            ("libswscale", family.SwScale, SwScale.swscale_version()),
            ("libswresample", family.SwResample, SwResample.swresample_version()),
        ];
        foreach ((string name, int expected, uint actual) in checks)
        {
            if (actual >> 16 != expected)
            {
                throw new LibAvNotFoundException($"{name}.so.{expected} says it is version {actual >> 16}: the libraries of this system do not belong together.");
            }
        }
    }

    /// <summary>A fresh frame's documented defaults, read through the table: a wrong table shows here, not as a crash.</summary>
    private static void RequireLayout(LibAvLayout family)
    {
        nint frame = AvUtil.av_frame_alloc();
        bool right = frame != 0
            && NativeMemoryView.Read<long>(frame, family.Frame.Pts) == AvUtil.AV_NOPTS_VALUE
            && NativeMemoryView.Read<int>(frame, family.Frame.Format) == -1
            && NativeMemoryView.Read<nint>(frame, family.Frame.ExtendedData) == frame + family.Frame.Data;
        AvUtil.av_frame_free(ref frame);
        if (!right)
        {
            throw new LibAvNotFoundException($"libav {family.Name} is installed, but its structs are not laid out as its headers say.");
        }
    }

    internal static LibAvNotFoundException NotFound() => new(
        "No FFmpeg libraries of a known family were found. Looked for "
        + string.Join("; ", LibAvLayout.All.Select(f => $"{f.Name}: {string.Join(' ', Libraries(f).Select(l => SoName(l.Name, l.Major)))}"))
        + ". On Debian and Ubuntu, installing the package ffmpeg brings them.");

    private static (string Name, int Major)[] Libraries(LibAvLayout family) =>
    [
        // Dependencies first, so that the loader finds each already there.
        (AvUtil.Library, family.AvUtil),
        (SwResample.Library, family.SwResample),
        (SwScale.Library, family.SwScale),
        (AvCodec.Library, family.AvCodec),
        (AvFormat.Library, family.AvFormat),
        (AvFilter.Library, family.AvFilter),
    ];

    private static string SoName(string name, int major) => $"lib{name}.so.{major}";

    private static string Named(string name, uint version) =>
        $"{name} {version >> 16}.{(version >> 8) & 0xFF}.{version & 0xFF}";
}
