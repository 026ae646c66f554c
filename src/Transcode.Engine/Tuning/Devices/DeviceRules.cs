using System.Globalization;

namespace Transcode.Engine.Tuning.Devices;

/// <summary>What a device must be for our kernels to run on it, and why one is refused.</summary>
internal static class DeviceRules
{
    /// <summary>Items of a group: every kernel here runs in groups of so many.</summary>
    public const int GroupItems = 256;

    /// <summary>OpenCL 1.2 promises so much (table 4.3, CL_DEVICE_LOCAL_MEM_SIZE), in bytes.</summary>
    public const int LocalBytes = 32 * 1024;

    /// <summary>For a few pictures of 3840×2160 in 4:2:0 of 16-bit words (25 MB each) and what is made of them.</summary>
    public const long MemoryBytes = 256 << 20;

    /// <summary>One such picture in one buffer.</summary>
    public const long BufferBytes = 32 << 20;

    /// <summary>Why a device is not used, for people; null where it is.</summary>
    /// <param name="device">What it says of itself.</param>
    /// <param name="takesProcessors">Whether the machine's own processor may be a device: in tests and measurements, because in
    /// earnest it is faster by its own vectors, without a driver between.</param>
    public static string? Refusal(DeviceDescription device, bool takesProcessors) =>
        !device.IsAvailable ? "its driver says that it is not available"
        : device.Profile != "FULL_PROFILE" ? "it has OpenCL's embedded profile, which may leave out what the kernels need"
        : !IsAtLeast12(device.Version) ? $"OpenCL 1.2 is needed, and it has {device.Version}"
        : !device.HasCompiler ? "it has no compiler for kernels"
        : !device.IsLittleEndian ? "its numbers begin with their highest byte"
        : device.LargestGroup < GroupItems ? $"its groups have {device.LargestGroup} items, and {GroupItems} are needed"
        : device.LocalMemoryBytes < LocalBytes ? $"its groups have {device.LocalMemoryBytes} bytes of memory, and {LocalBytes} are needed"
        : device.MemoryBytes < MemoryBytes ? $"it has {device.MemoryBytes >> 20} MiB of memory, and {MemoryBytes >> 20} are needed"
        : device.LargestBufferBytes < BufferBytes ? $"its buffers hold {device.LargestBufferBytes >> 20} MiB, and {BufferBytes >> 20} are needed"
        : device.IsProcessor && !takesProcessors ? "it is the machine's own processor, whose vectors are used without it"
        : null;

    /// <summary>Of <c>OpenCL MAJOR.MINOR …</c> (OpenCL 1.2, table 4.3, CL_DEVICE_VERSION).</summary>
    private static bool IsAtLeast12(string version)
    {
        string[] words = version.Split(' ');
        return words is ["OpenCL", var number, ..]
            && number.Split('.') is [var major, var minor]
            && int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out int high)
            && int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out int low)
            && (high, low).CompareTo((1, 2)) >= 0;
    }
}
