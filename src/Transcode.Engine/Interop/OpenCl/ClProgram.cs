using System.Runtime.InteropServices;
using System.Text;

namespace Transcode.Engine.Interop.OpenCl;

/// <summary>Programs: kernels compiled for a device, from text or from what its driver made of that before.</summary>
internal static partial class ClProgram
{
    public const uint CL_PROGRAM_BINARY_SIZES = 0x1165;
    public const uint CL_PROGRAM_BINARIES = 0x1166;
    public const uint CL_PROGRAM_BUILD_LOG = 0x1183;

    [LibraryImport(OpenCl.Library)]
    public static partial ClProgramHandle clCreateProgramWithSource(
        ClContextHandle context, uint count, ReadOnlySpan<nint> texts, ReadOnlySpan<nuint> lengths, out int error);

    [LibraryImport(OpenCl.Library)]
    public static partial ClProgramHandle clCreateProgramWithBinary(
        ClContextHandle context, uint count, ReadOnlySpan<nint> devices, ReadOnlySpan<nuint> lengths, ReadOnlySpan<nint> binaries, Span<int> statuses, out int error);

    [LibraryImport(OpenCl.Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int clBuildProgram(ClProgramHandle program, uint count, ReadOnlySpan<nint> devices, string options, nint notify, nint state);

    [LibraryImport(OpenCl.Library)]
    public static partial int clGetProgramInfo(ClProgramHandle program, uint name, nuint size, Span<nint> value, out nuint sizeNeeded);

    [LibraryImport(OpenCl.Library)]
    public static partial int clGetProgramBuildInfo(ClProgramHandle program, nint device, uint name, nuint size, Span<byte> value, out nuint sizeNeeded);

    [LibraryImport(OpenCl.Library)]
    public static partial int clReleaseProgram(nint program);

    /// <summary>A program of text, not built yet.</summary>
    /// <exception cref="OpenClException">The driver does not take it.</exception>
    public static unsafe ClProgramHandle OfSource(ClContextHandle context, string source)
    {
        byte[] text = Encoding.UTF8.GetBytes(source);
        fixed (byte* start = text)
        {
            ClProgramHandle program = clCreateProgramWithSource(context, 1, [(nint)start], [(nuint)text.Length], out int error);
            ClError.ThrowIfNegative(error, nameof(clCreateProgramWithSource));
            return program;
        }
    }

    /// <summary>A program of what a driver made before, not built yet.</summary>
    /// <exception cref="OpenClException">The driver does not take it.</exception>
    public static unsafe ClProgramHandle OfBinary(ClContextHandle context, nint device, ReadOnlySpan<byte> binary)
    {
        Span<int> status = stackalloc int[1];
        status.Clear();
        fixed (byte* start = binary)
        {
            ClProgramHandle program = clCreateProgramWithBinary(context, 1, [device], [(nuint)binary.Length], [(nint)start], status, out int error);
            ClError.ThrowIfNegative(error < 0 ? error : status[0], nameof(clCreateProgramWithBinary));
            return program;
        }
    }

    /// <summary>What the driver made of a program that was built for one device.</summary>
    /// <exception cref="OpenClException">It does not say.</exception>
    public static unsafe byte[] Binary(ClProgramHandle program)
    {
        Span<nint> size = stackalloc nint[1];
        ClError.ThrowIfNegative(clGetProgramInfo(program, CL_PROGRAM_BINARY_SIZES, (nuint)sizeof(nint), size, out _), nameof(clGetProgramInfo));
        var binary = new byte[size[0]];
        fixed (byte* start = binary)
        {
            Span<nint> to = [(nint)start];
            ClError.ThrowIfNegative(clGetProgramInfo(program, CL_PROGRAM_BINARIES, (nuint)sizeof(nint), to, out _), nameof(clGetProgramInfo));
        }

        return binary;
    }

    /// <summary>What the compiler said; nothing where that cannot be had.</summary>
    public static string Log(ClProgramHandle program, nint device)
    {
        if (clGetProgramBuildInfo(program, device, CL_PROGRAM_BUILD_LOG, 0, default, out nuint size) < 0 || size == 0)
        {
            return "";
        }

        var bytes = new byte[size];
        return clGetProgramBuildInfo(program, device, CL_PROGRAM_BUILD_LOG, size, bytes, out _) < 0 ? "" : ClText.Of(bytes);
    }
}
