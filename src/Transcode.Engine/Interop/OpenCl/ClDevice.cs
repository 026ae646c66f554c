using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.OpenCl;

/// <summary>Devices and what they say of themselves.</summary>
internal static partial class ClDevice
{
    public const ulong CL_DEVICE_TYPE_CPU = 1 << 1;
    public const ulong CL_DEVICE_TYPE_GPU = 1 << 2;
    public const ulong CL_DEVICE_TYPE_ALL = 0xFFFFFFFF;

    public const ulong CL_FP_CORRECTLY_ROUNDED_DIVIDE_SQRT = 1 << 7;

    public const uint CL_DEVICE_TYPE = 0x1000;
    public const uint CL_DEVICE_MAX_COMPUTE_UNITS = 0x1002;
    public const uint CL_DEVICE_MAX_WORK_GROUP_SIZE = 0x1004;
    public const uint CL_DEVICE_MAX_MEM_ALLOC_SIZE = 0x1010;
    public const uint CL_DEVICE_SINGLE_FP_CONFIG = 0x101B;
    public const uint CL_DEVICE_GLOBAL_MEM_SIZE = 0x101F;
    public const uint CL_DEVICE_LOCAL_MEM_SIZE = 0x1023;
    public const uint CL_DEVICE_ENDIAN_LITTLE = 0x1026;
    public const uint CL_DEVICE_AVAILABLE = 0x1027;
    public const uint CL_DEVICE_COMPILER_AVAILABLE = 0x1028;
    public const uint CL_DEVICE_NAME = 0x102B;
    public const uint CL_DEVICE_VENDOR = 0x102C;
    public const uint CL_DRIVER_VERSION = 0x102D;
    public const uint CL_DEVICE_PROFILE = 0x102E;
    public const uint CL_DEVICE_VERSION = 0x102F;
    public const uint CL_DEVICE_HOST_UNIFIED_MEMORY = 0x1035;

    [LibraryImport(OpenCl.Library)]
    public static partial int clGetDeviceIDs(nint platform, ulong type, uint entries, Span<nint> devices, out uint count);

    [LibraryImport(OpenCl.Library)]
    public static partial int clGetDeviceInfo(nint device, uint name, nuint size, Span<byte> value, out nuint sizeNeeded);

    /// <summary>Of every type.</summary>
    /// <exception cref="OpenClException">The driver fails.</exception>
    public static nint[] All(nint platform)
    {
        int code = clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, 0, default, out uint count);
        if (code == ClError.CL_DEVICE_NOT_FOUND || (code == ClError.CL_SUCCESS && count == 0))
        {
            return [];
        }

        ClError.ThrowIfNegative(code, nameof(clGetDeviceIDs));
        var devices = new nint[count];
        ClError.ThrowIfNegative(clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, count, devices, out _), nameof(clGetDeviceIDs));
        return devices;
    }

    /// <exception cref="OpenClException">The driver fails.</exception>
    public static string Text(nint device, uint name)
    {
        ClError.ThrowIfNegative(clGetDeviceInfo(device, name, 0, default, out nuint size), nameof(clGetDeviceInfo));
        var bytes = new byte[size];
        ClError.ThrowIfNegative(clGetDeviceInfo(device, name, size, bytes, out _), nameof(clGetDeviceInfo));
        return ClText.Of(bytes);
    }

    /// <summary>A number of 4 or 8 bytes, whichever the name has.</summary>
    /// <exception cref="OpenClException">The driver fails.</exception>
    public static long Number(nint device, uint name)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        bytes.Clear();
        ClError.ThrowIfNegative(clGetDeviceInfo(device, name, (nuint)bytes.Length, bytes, out _), nameof(clGetDeviceInfo));
        return BitConverter.ToInt64(bytes);
    }
}
