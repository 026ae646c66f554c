using Transcode.Engine.Tuning.Devices;

namespace Transcode.Engine.Tuning.Kernels;

/// <summary>Numbers that a kernel looks up, on the device as long as this is there.</summary>
/// <param name="context">Of the device.</param>
/// <param name="queue">That sends them.</param>
internal sealed class KernelTables(DeviceContext context, DeviceQueue queue) : IDisposable
{
    private readonly List<DeviceBuffer> tables = [];

    /// <summary>Has been sent when this returns.</summary>
    /// <exception cref="Interop.OpenCl.OpenClException">The device fails, or has not so much memory.</exception>
    public DeviceBuffer Table<T>(params ReadOnlySpan<T> values)
        where T : unmanaged
    {
        DeviceBuffer table = Room<T>(values.Length);
        queue.WriteNow(table, values);
        return table;
    }

    /// <summary>Memory for so many numbers, which kernels write.</summary>
    /// <exception cref="Interop.OpenCl.OpenClException">The device has not so much memory.</exception>
    public unsafe DeviceBuffer Room<T>(int count)
        where T : unmanaged
    {
        DeviceBuffer room = DeviceBuffer.OfDevice(context, (long)count * sizeof(T));
        tables.Add(room);
        return room;
    }

    public void Dispose() => tables.ForEach(table => table.Dispose());
}
