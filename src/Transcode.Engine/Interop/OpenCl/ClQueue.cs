using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.OpenCl;

/// <summary>Queues: commands to a device, one after the other.</summary>
internal static partial class ClQueue
{
    public const ulong CL_QUEUE_PROFILING_ENABLE = 1 << 1;

    [LibraryImport(OpenCl.Library)]
    public static partial ClQueueHandle clCreateCommandQueue(ClContextHandle context, nint device, ulong properties, out int error);

    [LibraryImport(OpenCl.Library)]
    public static partial int clFlush(ClQueueHandle queue);

    [LibraryImport(OpenCl.Library)]
    public static partial int clFinish(ClQueueHandle queue);

    [LibraryImport(OpenCl.Library)]
    public static partial int clReleaseCommandQueue(nint queue);
}
