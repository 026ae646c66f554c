namespace Transcode.Engine.Interop.LibAv;

/// <summary>Brings pictures into the layout, and where need be onto the device, that an encoder takes.</summary>
/// <param name="samples">libav's name of the layout.</param>
/// <param name="frames">On the device; null where the encoder takes pictures from memory. The inlet's from here on.</param>
internal sealed class PictureInlet(string samples, HardwareFrames? frames) : IDisposable
{
    private readonly AvFrame laid = new();
    private readonly AvFrame uploaded = new();
    private FilterGraph? layout;

    /// <summary>AVPixelFormat that the encoder is opened with.</summary>
    public int PixelFormat => frames?.PixelFormat ?? AvUtil.av_get_pix_fmt(samples);

    /// <summary>AVBufferRef of the device's pictures, or 0.</summary>
    internal nint Frames => frames?.Reference ?? 0;

    /// <returns>What the encoder is to be given; valid until the next call.</returns>
    public AvFrame Carry(AvFrame picture)
    {
        AvFrame inMemory = picture;
        if (picture.Format != AvUtil.av_get_pix_fmt(samples))
        {
            layout ??= FilterGraph.For(picture, [new("format", samples)]);
            layout.Apply(picture, laid);
            laid.Pts = picture.Pts;
            inMemory = laid;
        }

        if (frames is null)
        {
            return inMemory;
        }

        frames.Upload(inMemory, uploaded);
        uploaded.Pts = picture.Pts;
        return uploaded;
    }

    public void Dispose()
    {
        layout?.Dispose();
        laid.Dispose();
        uploaded.Dispose();
        frames?.Dispose();
    }
}
