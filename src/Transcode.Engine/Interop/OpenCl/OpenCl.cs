using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.OpenCl;

/// <summary>The system's OpenCL loader, through which every driver of the machine is reached. Nothing is loaded before somebody
/// asks, and a machine without it has a reason and no error.</summary>
internal static class OpenCl
{
    /// <summary>As every maker of drivers and every distribution names it.</summary>
    public const string Library = "libOpenCL.so.1";

    private static readonly Lazy<string?> Found = new(() => WhyMissing(Library));

    /// <summary>Why there is no OpenCL on this machine, for people; null where there is one.</summary>
    public static string? Missing => Found.Value;

    /// <param name="library">Its name, as the system's loader is asked for it. It stays loaded.</param>
    public static string? WhyMissing(string library) => NativeLibrary.TryLoad(library, out _)
        ? null
        : $"{library} cannot be loaded: there is no OpenCL here. On Debian, ocl-icd-libopencl1 brings it, and each maker's driver comes in a package of its own.";
}
