using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.LibAv;

/// <summary>libswscale: swscale.h. Scaling itself is reached through libavfilter.</summary>
internal static partial class SwScale
{
    public const string Library = "swscale";

    [LibraryImport(Library)]
    public static partial uint swscale_version();
}
