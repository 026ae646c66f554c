using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Kernels;

namespace Transcode.Engine.Tuning.Stages;

/// <summary>What a <see cref="ShapeOrder"/> asks for, on a device.</summary>
internal sealed class ShapeWork : IDeviceWork
{
    private readonly ScaleWork? scale;
    private readonly ToneMapKernel? toneMap;
    private readonly PicturePlanes[] between = [];

    /// <param name="context">Of the device.</param>
    /// <param name="queue">That tables are sent by; it has sent them when this returns.</param>
    /// <param name="order">What to make.</param>
    /// <exception cref="NotSupportedException">The kernels are not for this.</exception>
    public ShapeWork(DeviceContext context, DeviceQueue queue, ShapeOrder order)
    {
        try
        {
            scale = order.Filter is null ? null : new ScaleWork(context, queue, [order.Plans()]);
            toneMap = order.ToneMap is null ? null : new ToneMapKernel(context, queue, order.ToneMap);
            if (scale is not null && toneMap is not null)
            {
                between = [new(DeviceBuffer.OfDevice(context, order.Scaled.Bytes), order.Scaled)];
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Prepare(DeviceQueue queue, int? peakNits) => toneMap?.Prepare(queue, peakNits);

    public DeviceEvent Run(DeviceQueue queue, PicturePlanes source, ReadOnlySpan<PicturePlanes> targets, params ReadOnlySpan<DeviceEvent> waits)
    {
        if (scale is null)
        {
            return toneMap!.Run(queue, source, targets, waits);
        }

        if (toneMap is null)
        {
            return scale.Run(queue, source, targets, waits);
        }

        scale.Run(queue, source, between, waits).Dispose();
        return toneMap.Run(queue, between[0], targets);
    }

    public void Dispose()
    {
        scale?.Dispose();
        toneMap?.Dispose();
        foreach (PicturePlanes picture in between)
        {
            picture.Buffer.Dispose();
        }
    }
}
