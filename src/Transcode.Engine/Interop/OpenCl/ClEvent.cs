using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.OpenCl;

/// <summary>Events: commands that were given, and when they were done.</summary>
internal static partial class ClEvent
{
    public const uint CL_EVENT_COMMAND_EXECUTION_STATUS = 0x11D3;
    public const uint CL_PROFILING_COMMAND_END = 0x1283;

    [LibraryImport(OpenCl.Library)]
    public static partial int clWaitForEvents(uint count, ReadOnlySpan<nint> events);

    [LibraryImport(OpenCl.Library)]
    public static partial int clGetEventInfo(ClEventHandle happening, uint name, nuint size, out int value, out nuint sizeNeeded);

    [LibraryImport(OpenCl.Library)]
    public static partial int clGetEventProfilingInfo(ClEventHandle happening, uint name, nuint size, out ulong value, out nuint sizeNeeded);

    [LibraryImport(OpenCl.Library)]
    public static partial int clReleaseEvent(nint happening);
}
