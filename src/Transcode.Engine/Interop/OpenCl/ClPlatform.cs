using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.OpenCl;

/// <summary>Platforms: the drivers that are installed.</summary>
internal static partial class ClPlatform
{
    public const uint CL_PLATFORM_VERSION = 0x0901;
    public const uint CL_PLATFORM_NAME = 0x0902;

    [LibraryImport(OpenCl.Library)]
    public static partial int clGetPlatformIDs(uint entries, Span<nint> platforms, out uint count);

    [LibraryImport(OpenCl.Library)]
    public static partial int clGetPlatformInfo(nint platform, uint name, nuint size, Span<byte> value, out nuint sizeNeeded);

    /// <summary>All of them; none where no driver is installed.</summary>
    /// <exception cref="OpenClException">The loader fails.</exception>
    public static nint[] All()
    {
        int code = clGetPlatformIDs(0, default, out uint count);
        if (code == ClError.CL_PLATFORM_NOT_FOUND_KHR || (code == ClError.CL_SUCCESS && count == 0))
        {
            return [];
        }

        ClError.ThrowIfNegative(code, nameof(clGetPlatformIDs));
        var platforms = new nint[count];
        ClError.ThrowIfNegative(clGetPlatformIDs(count, platforms, out _), nameof(clGetPlatformIDs));
        return platforms;
    }

    /// <exception cref="OpenClException">The driver fails.</exception>
    public static string Text(nint platform, uint name)
    {
        ClError.ThrowIfNegative(clGetPlatformInfo(platform, name, 0, default, out nuint size), nameof(clGetPlatformInfo));
        var bytes = new byte[size];
        ClError.ThrowIfNegative(clGetPlatformInfo(platform, name, size, bytes, out _), nameof(clGetPlatformInfo));
        return ClText.Of(bytes);
    }
}
