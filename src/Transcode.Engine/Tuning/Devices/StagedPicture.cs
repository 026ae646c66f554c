using Transcode.Engine.Tuning.Layouts;

namespace Transcode.Engine.Tuning.Devices;

/// <summary>In the device's own memory, with pinned memory of the processor's beside it that samples go through.</summary>
internal sealed class StagedPicture : DevicePicture
{
    private readonly PinnedMemory staging;

    public StagedPicture(DeviceContext context, DeviceQueue queue, PictureShape shape)
        : base(DeviceBuffer.OfDevice(context, shape.Bytes), shape)
    {
        try
        {
            staging = new(context, queue, shape.Bytes);
        }
        catch
        {
            base.Dispose();
            throw;
        }
    }

    public override DeviceEvent Fill(DeviceQueue queue, PictureView picture)
    {
        picture.CopyTo(new PictureView(staging.Span, Shape));
        return queue.Write(Buffer, staging.Pointer, Shape.Bytes);
    }

    public override DeviceEvent Fetch(DeviceQueue queue, params ReadOnlySpan<DeviceEvent> waits) =>
        queue.Read(Buffer, staging.Pointer, Shape.Bytes, waits);

    public override void Take(DeviceQueue queue, PictureView to) => new PictureView(staging.Span, Shape).CopyTo(to);

    public override void Dispose()
    {
        staging.Dispose();
        base.Dispose();
    }
}
