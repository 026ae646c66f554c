using Transcode.Engine.Interop.OpenCl;

namespace Transcode.Engine.Tuning.Devices;

/// <summary>Memory that kernels see.</summary>
internal sealed class DeviceBuffer : IDisposable
{
    /// <summary>Where memory of somebody else must begin, in bytes, for drivers to let a device that shares it use it as it lies.</summary>
    public const int HostAlignment = 4096;

    private DeviceBuffer(DeviceContext context, long bytes, ulong flags, nint host)
    {
        Bytes = bytes;
        Handle = ClBuffer.clCreateBuffer(context.Handle, flags, (nuint)bytes, host, out int error);
        if (error < 0)
        {
            throw new OpenClException(error, nameof(ClBuffer.clCreateBuffer), $"{bytes} bytes");
        }
    }

    public long Bytes { get; }

    internal ClBufferHandle Handle { get; }

    /// <summary>The device's own memory, where it has such.</summary>
    /// <exception cref="OpenClException">There is not so much; many drivers say so only when it is first used.</exception>
    public static DeviceBuffer OfDevice(DeviceContext context, long bytes) =>
        new(context, bytes, ClBuffer.CL_MEM_READ_WRITE, 0);

    /// <summary>Memory that the processor sees too: where memory is shared, without a copy; else pinned, for copying at full speed.</summary>
    /// <exception cref="OpenClException">There is not so much.</exception>
    public static DeviceBuffer Visible(DeviceContext context, long bytes) =>
        new(context, bytes, ClBuffer.CL_MEM_READ_WRITE | ClBuffer.CL_MEM_ALLOC_HOST_PTR, 0);

    /// <summary>Somebody else's memory as a buffer, for devices that share it. Whose it is touches it only while it is mapped, and keeps it
    /// as long as the buffer.</summary>
    /// <param name="context">Of a device that shares the machine's memory.</param>
    /// <param name="host">At a multiple of <see cref="HostAlignment"/>.</param>
    /// <param name="bytes">A multiple of 64.</param>
    /// <exception cref="ArgumentException">The memory does not lie so that a driver could use it without copying.</exception>
    /// <exception cref="OpenClException">The driver does not take it.</exception>
    public static DeviceBuffer Over(DeviceContext context, nint host, long bytes) =>
        host % HostAlignment == 0 && bytes % 64 == 0
            ? new(context, bytes, ClBuffer.CL_MEM_READ_WRITE | ClBuffer.CL_MEM_USE_HOST_PTR, host)
            : throw new ArgumentException($"Memory at a multiple of {HostAlignment} and of a multiple of 64 bytes is needed.", nameof(host));

    public void Dispose() => Handle.Dispose();
}
