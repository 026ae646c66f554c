using Transcode.Engine.Interop.OpenCl;

namespace Transcode.Engine.Tuning.Devices;

/// <summary>Commands to a device: each begins when the one before it is done, and with it those of other queues that it waits for.
/// Queues run beside one another. For one thread at a time.</summary>
internal sealed class DeviceQueue : IDisposable
{
    private readonly ClQueueHandle handle;

    internal DeviceQueue(ClQueueHandle handle) => this.handle = handle;

    /// <summary>Runs a kernel with the arguments it has now.</summary>
    /// <param name="kernel">With all of its arguments.</param>
    /// <param name="groups">Across and down.</param>
    /// <param name="local">Items of a group across and down: <see cref="DeviceRules.GroupItems"/> in all.</param>
    /// <param name="waits">Of other queues that were flushed since.</param>
    /// <exception cref="OpenClException">The driver does not take it.</exception>
    public DeviceEvent Run(DeviceKernel kernel, (int Across, int Down) groups, (int Across, int Down) local, params ReadOnlySpan<DeviceEvent> waits)
    {
        Span<nint> list = stackalloc nint[waits.Length];
        int code = ClKernel.clEnqueueNDRangeKernel(
            handle,
            kernel.Handle,
            2,
            default,
            [(nuint)(groups.Across * local.Across), (nuint)(groups.Down * local.Down)],
            [(nuint)local.Across, (nuint)local.Down],
            (uint)waits.Length,
            List(waits, list),
            out ClEventHandle done);
        return Given(code, nameof(ClKernel.clEnqueueNDRangeKernel), waits, done);
    }

    /// <summary>Copies to a buffer's beginning.</summary>
    /// <param name="buffer">Of any kind.</param>
    /// <param name="from">Kept and not changed until the command is done.</param>
    /// <param name="bytes">From the buffer's beginning on.</param>
    /// <param name="waits">Of other queues that were flushed since.</param>
    /// <exception cref="OpenClException">The driver does not take it.</exception>
    public DeviceEvent Write(DeviceBuffer buffer, nint from, long bytes, params ReadOnlySpan<DeviceEvent> waits)
    {
        Span<nint> list = stackalloc nint[waits.Length];
        int code = ClBuffer.clEnqueueWriteBuffer(handle, buffer.Handle, 0, 0, (nuint)bytes, from, (uint)waits.Length, List(waits, list), out ClEventHandle done);
        return Given(code, nameof(ClBuffer.clEnqueueWriteBuffer), waits, done);
    }

    /// <summary>Copies from a buffer's beginning.</summary>
    /// <param name="buffer">Of any kind.</param>
    /// <param name="to">Kept and not looked at until the command is done.</param>
    /// <param name="bytes">From the buffer's beginning on.</param>
    /// <param name="waits">Of other queues that were flushed since.</param>
    /// <exception cref="OpenClException">The driver does not take it.</exception>
    public DeviceEvent Read(DeviceBuffer buffer, nint to, long bytes, params ReadOnlySpan<DeviceEvent> waits)
    {
        Span<nint> list = stackalloc nint[waits.Length];
        int code = ClBuffer.clEnqueueReadBuffer(handle, buffer.Handle, 0, 0, (nuint)bytes, to, (uint)waits.Length, List(waits, list), out ClEventHandle done);
        return Given(code, nameof(ClBuffer.clEnqueueReadBuffer), waits, done);
    }

    /// <summary>Sets all of a buffer to 0.</summary>
    /// <param name="buffer">Of a multiple of four bytes.</param>
    /// <exception cref="OpenClException">The driver does not take it.</exception>
    public DeviceEvent Clear(DeviceBuffer buffer)
    {
        int code = ClBuffer.clEnqueueFillBuffer(handle, buffer.Handle, 0, sizeof(int), 0, (nuint)buffer.Bytes, 0, default, out ClEventHandle done);
        return Given(code, nameof(ClBuffer.clEnqueueFillBuffer), default, done);
    }

    /// <summary>Copies small data to a buffer's beginning, and returns when it is there.</summary>
    /// <exception cref="OpenClException">The driver fails.</exception>
    public unsafe void WriteNow<T>(DeviceBuffer buffer, ReadOnlySpan<T> data)
        where T : unmanaged
    {
        fixed (T* from = data)
        {
            using DeviceEvent written = Write(buffer, (nint)from, (long)data.Length * sizeof(T));
            written.Wait();
        }
    }

    /// <summary>Small data from a buffer's beginning, when all that was given before is done.</summary>
    /// <exception cref="OpenClException">The driver fails.</exception>
    public unsafe T[] ReadNow<T>(DeviceBuffer buffer, int count)
        where T : unmanaged
    {
        var data = new T[count];
        fixed (T* to = data)
        {
            using DeviceEvent read = Read(buffer, (nint)to, (long)count * sizeof(T));
            read.Wait();
        }

        return data;
    }

    /// <summary>Lets the processor see a buffer, or where memory is not shared, a copy of it.</summary>
    /// <param name="buffer">No kernel uses it until it is unmapped.</param>
    /// <param name="writes">Whether all of it will be written; else it is read.</param>
    /// <param name="mapped">When it may be touched.</param>
    /// <param name="waits">Of other queues that were flushed since.</param>
    /// <returns>Where it lies.</returns>
    /// <exception cref="OpenClException">The driver does not take it.</exception>
    public nint Map(DeviceBuffer buffer, bool writes, out DeviceEvent mapped, params ReadOnlySpan<DeviceEvent> waits)
    {
        Span<nint> list = stackalloc nint[waits.Length];
        nint start = ClBuffer.clEnqueueMapBuffer(
            handle, buffer.Handle, 0, writes ? ClBuffer.CL_MAP_WRITE : ClBuffer.CL_MAP_READ, 0, (nuint)buffer.Bytes, (uint)waits.Length, List(waits, list), out ClEventHandle done, out int code);
        mapped = Given(code, nameof(ClBuffer.clEnqueueMapBuffer), waits, done);
        return start;
    }

    /// <summary>Gives a mapped buffer back to the device.</summary>
    /// <exception cref="OpenClException">The driver does not take it.</exception>
    public DeviceEvent Unmap(DeviceBuffer buffer, nint mapped)
    {
        int code = ClBuffer.clEnqueueUnmapMemObject(handle, buffer.Handle, mapped, 0, default, out ClEventHandle done);
        return Given(code, nameof(ClBuffer.clEnqueueUnmapMemObject), default, done);
    }

    /// <summary>Hands over what was given so far, so that other queues may wait for it.</summary>
    /// <exception cref="OpenClException">The driver fails.</exception>
    public void Flush() => ClError.ThrowIfNegative(ClQueue.clFlush(handle), nameof(ClQueue.clFlush));

    /// <summary>Returns when all that was given is done.</summary>
    /// <exception cref="OpenClException">The driver fails.</exception>
    public void Finish() => ClError.ThrowIfNegative(ClQueue.clFinish(handle), nameof(ClQueue.clFinish));

    public void Dispose() => handle.Dispose();

    /// <summary>An empty list must be none at all.</summary>
    private static ReadOnlySpan<nint> List(ReadOnlySpan<DeviceEvent> waits, Span<nint> list)
    {
        for (int i = 0; i < waits.Length; i++)
        {
            list[i] = waits[i].Handle.Pointer;
        }

        return list.IsEmpty ? default : list;
    }

    private static DeviceEvent Given(int code, string call, ReadOnlySpan<DeviceEvent> waits, ClEventHandle done)
    {
        foreach (DeviceEvent wait in waits)
        {
            GC.KeepAlive(wait);
        }

        ClError.ThrowIfNegative(code, call);
        return new(done);
    }
}
