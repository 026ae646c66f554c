using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.OpenCl;

/// <summary>Contexts: what lives on a device together.</summary>
internal static partial class ClContext
{
    [LibraryImport(OpenCl.Library)]
    public static partial ClContextHandle clCreateContext(
        nint properties, uint count, ReadOnlySpan<nint> devices, nint notify, nint state, out int error);

    [LibraryImport(OpenCl.Library)]
    public static partial int clReleaseContext(nint context);
}
