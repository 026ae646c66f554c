using Transcode.Engine.Tuning.Devices;

namespace Transcode.Engine.Tuning.Kernels;

/// <summary>Copies rows: <c>copy.cl</c>. Not for two threads at once.</summary>
internal sealed class CopyKernel(DeviceContext context) : IDeviceWork
{
    /// <summary>Bytes that an item copies.</summary>
    private const int ItemBytes = 16;

    private readonly DeviceKernel kernel = context.NewKernel("copy", "copy_rows");

    /// <param name="queue">That runs it.</param>
    /// <param name="source">Rows of bytes.</param>
    /// <param name="target">As many, in another buffer.</param>
    /// <param name="waits">As of <see cref="DeviceQueue.Run"/>.</param>
    public DeviceEvent Rows(DeviceQueue queue, DevicePlane source, DevicePlane target, params ReadOnlySpan<DeviceEvent> waits) => queue.Run(
        kernel.With(
            source.Buffer, source.First, source.Pitch, target.Buffer, target.First, target.Pitch,
            source.Columns, source.Rows, source.IsAligned(ItemBytes) && target.IsAligned(ItemBytes) ? 1 : 0),
        Groups.For((source.Columns + ItemBytes - 1) / ItemBytes, source.Rows),
        Groups.Local,
        waits);

    /// <summary>Copies a picture to one of the same layout and size.</summary>
    public DeviceEvent Run(DeviceQueue queue, PicturePlanes source, ReadOnlySpan<PicturePlanes> targets, params ReadOnlySpan<DeviceEvent> waits)
    {
        DeviceEvent done = Rows(queue, source.Bytes(0), targets[0].Bytes(0), waits);
        for (int plane = 1; plane < source.Shape.Layout.Planes; plane++)
        {
            done.Dispose();
            done = Rows(queue, source.Bytes(plane), targets[0].Bytes(plane));
        }

        return done;
    }

    public void Dispose() => kernel.Dispose();
}
