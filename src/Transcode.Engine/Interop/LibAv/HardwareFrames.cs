namespace Transcode.Engine.Interop.LibAv;

/// <summary>An AVHWFramesContext we own: room on a device for pictures of one shape, as encoders want it that take nothing else.</summary>
internal sealed class HardwareFrames : IDisposable
{
    /// <summary>What an encoder without reordering holds, and those under way to it.</summary>
    private const int Pictures = 20;

    private nint reference;

    private HardwareFrames(nint reference, int pixelFormat)
    {
        this.reference = reference;
        PixelFormat = pixelFormat;
    }

    /// <summary>AVPixelFormat that stands for a picture there.</summary>
    public int PixelFormat { get; }

    /// <summary>AVBufferRef.</summary>
    internal nint Reference => reference;

    private static HwFramesContextLayout Fields => LibAv.Layout.HwFramesContext;

    /// <param name="device">Stays the caller's.</param>
    /// <param name="pixelFormat">libav's name of what stands for pictures there, as <c>vaapi</c>.</param>
    /// <param name="samples">libav's name of how samples lie there, as <c>nv12</c>.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <exception cref="AvException">The device takes no such pictures.</exception>
    public static HardwareFrames Allocate(HardwareDevice device, string pixelFormat, string samples, int width, int height)
    {
        nint reference = AvHardware.av_hwframe_ctx_alloc(device.Reference);
        if (reference == 0)
        {
            throw new AvException(AvError.ENOMEM, "av_hwframe_ctx_alloc");
        }

        try
        {
            int format = AvUtil.av_get_pix_fmt(pixelFormat);
            nint context = NativeMemoryView.Read<nint>(reference, LibAv.Layout.BufferRef.Data);
            NativeMemoryView.Write(context, Fields.Format, format);
            NativeMemoryView.Write(context, Fields.SwFormat, AvUtil.av_get_pix_fmt(samples));
            NativeMemoryView.Write(context, Fields.Width, width);
            NativeMemoryView.Write(context, Fields.Height, height);
            NativeMemoryView.Write(context, Fields.InitialPoolSize, Pictures);
            AvError.ThrowIfNegative(AvHardware.av_hwframe_ctx_init(reference), "av_hwframe_ctx_init");
            return new(reference, format);
        }
        catch
        {
            AvHardware.av_buffer_unref(ref reference);
            throw;
        }
    }

    /// <summary>Brings a picture onto the device.</summary>
    /// <param name="picture">In memory, of the samples' format.</param>
    /// <param name="output">Becomes a picture there.</param>
    public void Upload(AvFrame picture, AvFrame output)
    {
        output.Describe(picture);
        AvError.ThrowIfNegative(AvHardware.av_hwframe_get_buffer(reference, output.Pointer, 0), "av_hwframe_get_buffer");
        AvError.ThrowIfNegative(AvHardware.av_hwframe_transfer_data(output.Pointer, picture.Pointer, 0), "av_hwframe_transfer_data");
    }

    /// <summary>Brings a picture from a device into memory.</summary>
    /// <param name="picture">On a device.</param>
    /// <param name="output">Becomes a picture in memory, in the device's own layout of samples.</param>
    public static void Download(AvFrame picture, AvFrame output)
    {
        output.Describe(picture);
        output.Format = -1;
        AvError.ThrowIfNegative(AvHardware.av_hwframe_transfer_data(output.Pointer, picture.Pointer, 0), "av_hwframe_transfer_data");
    }

    public void Dispose() => AvHardware.av_buffer_unref(ref reference);
}
