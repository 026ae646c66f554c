using Transcode.Engine.Tuning.Kernels;
using Transcode.Engine.Tuning.Layouts;

namespace Transcode.Engine.Tuning.Devices;

/// <summary>A picture on a device, and the way of its samples there and back. Not for two threads at once.</summary>
internal abstract class DevicePicture(DeviceBuffer buffer, PictureShape shape) : IDisposable
{
    public PictureShape Shape => shape;

    /// <summary>As kernels see it.</summary>
    public PicturePlanes Planes => new(buffer, shape);

    protected DeviceBuffer Buffer => buffer;

    /// <summary>In memory that the processor sees too, where it is shared; else in the device's own, with pinned memory beside it.</summary>
    /// <param name="context">Of the device.</param>
    /// <param name="queue">Outlives the picture.</param>
    /// <param name="shape">How it lies there.</param>
    /// <param name="shared">Whether memory is taken for shared; null for what the device says.</param>
    /// <exception cref="Interop.OpenCl.OpenClException">There is not so much memory.</exception>
    public static DevicePicture New(DeviceContext context, DeviceQueue queue, PictureShape shape, bool? shared = null) =>
        shared ?? context.Description.SharesMemory
            ? new SharedPicture(context, shape)
            : new StagedPicture(context, queue, shape);

    /// <summary>Gives it a picture's samples, which have been copied when this returns.</summary>
    /// <param name="queue">That sends them.</param>
    /// <param name="picture">Of its layout and size.</param>
    /// <returns>When kernels may read them.</returns>
    public abstract DeviceEvent Fill(DeviceQueue queue, PictureView picture);

    /// <summary>Has its samples brought back.</summary>
    /// <param name="queue">That brings them.</param>
    /// <param name="waits">Whoever writes to it, of queues that were flushed since.</param>
    /// <returns>When <see cref="Take"/> may be called.</returns>
    public abstract DeviceEvent Fetch(DeviceQueue queue, params ReadOnlySpan<DeviceEvent> waits);

    /// <summary>Copies what was fetched; after it kernels may write to the picture again.</summary>
    /// <param name="queue">That fetched.</param>
    /// <param name="to">Of its layout and size.</param>
    public abstract void Take(DeviceQueue queue, PictureView to);

    public virtual void Dispose() => buffer.Dispose();
}
