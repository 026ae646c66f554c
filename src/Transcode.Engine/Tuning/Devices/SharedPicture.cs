using Transcode.Engine.Tuning.Layouts;

namespace Transcode.Engine.Tuning.Devices;

/// <summary>In memory that device and processor share: its samples are written where kernels read them, and read where kernels wrote
/// them.</summary>
internal sealed unsafe class SharedPicture(DeviceContext context, PictureShape shape)
    : DevicePicture(DeviceBuffer.Visible(context, shape.Bytes), shape)
{
    /// <summary>Where it lies while it is fetched.</summary>
    private nint fetched;

    public override DeviceEvent Fill(DeviceQueue queue, PictureView picture)
    {
        nint start = queue.Map(Buffer, writes: true, out DeviceEvent mapped);
        using (mapped)
        {
            mapped.Wait();
        }

        picture.CopyTo(new PictureView(new((void*)start, Shape.Bytes), Shape));
        return queue.Unmap(Buffer, start);
    }

    public override DeviceEvent Fetch(DeviceQueue queue, params ReadOnlySpan<DeviceEvent> waits)
    {
        fetched = queue.Map(Buffer, writes: false, out DeviceEvent mapped, waits);
        return mapped;
    }

    public override void Take(DeviceQueue queue, PictureView to)
    {
        new PictureView(new((void*)fetched, Shape.Bytes), Shape).CopyTo(to);
        using DeviceEvent given = queue.Unmap(Buffer, fetched);
        given.Wait();
    }
}
