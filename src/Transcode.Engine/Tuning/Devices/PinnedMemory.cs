using Transcode.Engine.Interop.OpenCl;

namespace Transcode.Engine.Tuning.Devices;

/// <summary>The processor's memory that a driver copies from and to at full speed, without a copy of its own between.</summary>
internal sealed unsafe class PinnedMemory : IDisposable
{
    private readonly DeviceBuffer buffer;
    private readonly DeviceQueue queue;

    /// <param name="context">Of the device that copies.</param>
    /// <param name="queue">Outlives it.</param>
    /// <param name="bytes">Less than 2^31.</param>
    /// <exception cref="OpenClException">There is not so much.</exception>
    public PinnedMemory(DeviceContext context, DeviceQueue queue, int bytes)
    {
        (this.queue, Bytes) = (queue, bytes);
        buffer = DeviceBuffer.Visible(context, bytes);
        try
        {
            Pointer = queue.Map(buffer, writes: true, out DeviceEvent mapped);
            using (mapped)
            {
                mapped.Wait();
            }
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    public int Bytes { get; }

    public nint Pointer { get; }

    public Span<byte> Span => new((void*)Pointer, Bytes);

    public void Dispose()
    {
        try
        {
            queue.Unmap(buffer, Pointer).Dispose();
        }
        catch (OpenClException)
        {
            // A device that is lost takes its memory with it.
        }

        buffer.Dispose();
    }
}
