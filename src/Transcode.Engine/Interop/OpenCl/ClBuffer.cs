using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.OpenCl;

/// <summary>Buffers: memory that kernels see, and how it gets there and back.</summary>
internal static partial class ClBuffer
{
    public const ulong CL_MEM_READ_WRITE = 1 << 0;
    public const ulong CL_MEM_USE_HOST_PTR = 1 << 3;
    public const ulong CL_MEM_ALLOC_HOST_PTR = 1 << 4;

    public const ulong CL_MAP_READ = 1 << 0;
    public const ulong CL_MAP_WRITE = 1 << 1;

    [LibraryImport(OpenCl.Library)]
    public static partial ClBufferHandle clCreateBuffer(ClContextHandle context, ulong flags, nuint size, nint host, out int error);

    [LibraryImport(OpenCl.Library)]
    public static partial int clReleaseMemObject(nint memory);

    [LibraryImport(OpenCl.Library)]
    public static partial int clEnqueueFillBuffer(
        ClQueueHandle queue, ClBufferHandle buffer, in int pattern, nuint patternSize, nuint offset, nuint size, uint waits, ReadOnlySpan<nint> waitList, out ClEventHandle done);

    [LibraryImport(OpenCl.Library)]
    public static partial int clEnqueueReadBuffer(
        ClQueueHandle queue, ClBufferHandle buffer, uint blocking, nuint offset, nuint size, nint to, uint waits, ReadOnlySpan<nint> waitList, out ClEventHandle done);

    [LibraryImport(OpenCl.Library)]
    public static partial int clEnqueueWriteBuffer(
        ClQueueHandle queue, ClBufferHandle buffer, uint blocking, nuint offset, nuint size, nint from, uint waits, ReadOnlySpan<nint> waitList, out ClEventHandle done);

    [LibraryImport(OpenCl.Library)]
    public static partial nint clEnqueueMapBuffer(
        ClQueueHandle queue, ClBufferHandle buffer, uint blocking, ulong flags, nuint offset, nuint size, uint waits, ReadOnlySpan<nint> waitList, out ClEventHandle done, out int error);

    [LibraryImport(OpenCl.Library)]
    public static partial int clEnqueueUnmapMemObject(
        ClQueueHandle queue, ClBufferHandle buffer, nint mapped, uint waits, ReadOnlySpan<nint> waitList, out ClEventHandle done);
}
