using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.OpenCl;

/// <summary>Kernels: a program's functions, their arguments, and running them.</summary>
internal static partial class ClKernel
{
    public const uint CL_KERNEL_WORK_GROUP_SIZE = 0x11B0;

    [LibraryImport(OpenCl.Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial ClKernelHandle clCreateKernel(ClProgramHandle program, string name, out int error);

    /// <param name="kernel">Not for two threads at once.</param>
    /// <param name="index">Of the argument.</param>
    /// <param name="size">Of the value in bytes, or of local memory that a group is to have.</param>
    /// <param name="value">Nothing for local memory.</param>
    [LibraryImport(OpenCl.Library)]
    public static partial int clSetKernelArg(ClKernelHandle kernel, uint index, nuint size, ReadOnlySpan<byte> value);

    [LibraryImport(OpenCl.Library)]
    public static partial int clGetKernelWorkGroupInfo(ClKernelHandle kernel, nint device, uint name, nuint size, out nuint value, out nuint sizeNeeded);

    [LibraryImport(OpenCl.Library)]
    public static partial int clEnqueueNDRangeKernel(
        ClQueueHandle queue, ClKernelHandle kernel, uint dimensions, ReadOnlySpan<nuint> offset, ReadOnlySpan<nuint> global, ReadOnlySpan<nuint> local, uint waits, ReadOnlySpan<nint> waitList, out ClEventHandle done);

    [LibraryImport(OpenCl.Library)]
    public static partial int clReleaseKernel(nint kernel);
}
