namespace Transcode.Engine.Interop.LibAv;

/// <summary>An AVHWDeviceContext we own: a device that codecs may use.</summary>
internal sealed class HardwareDevice : IDisposable
{
    private nint reference;

    private HardwareDevice(nint reference) => this.reference = reference;

    /// <summary>AVBufferRef.</summary>
    internal nint Reference => reference;

    /// <param name="type">libav's name of the kind of device, as <c>vaapi</c>.</param>
    /// <param name="name">Which: a node, a number, or null for libav's choice.</param>
    /// <exception cref="AvException">There is none, or it does not open.</exception>
    public static HardwareDevice Open(string type, string? name)
    {
        LibAv.Load();
        int number = AvHardware.av_hwdevice_find_type_by_name(type);
        if (number == 0)
        {
            throw new AvException(AvError.EINVAL, $"av_hwdevice_find_type_by_name({type})");
        }

        AvError.ThrowIfNegative(AvHardware.av_hwdevice_ctx_create(out nint reference, number, name, 0, 0), $"av_hwdevice_ctx_create({type})");
        return new(reference);
    }

    public void Dispose() => AvHardware.av_buffer_unref(ref reference);
}
