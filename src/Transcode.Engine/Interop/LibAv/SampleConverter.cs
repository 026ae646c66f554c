namespace Transcode.Engine.Interop.LibAv;

/// <summary>Turns decoded sound of any sample format into planar float, sample for sample: no rate or channel changes,
/// hence no delay and no state.</summary>
internal sealed unsafe class SampleConverter : IDisposable
{
    private nint context;

    private SampleConverter(nint context, int format, int rate, int channels)
    {
        this.context = context;
        Format = format;
        Rate = rate;
        Channels = channels;
    }

    public int Format { get; }

    public int Rate { get; }

    public int Channels { get; }

    /// <summary>A converter for frames like <paramref name="example"/>.</summary>
    /// <exception cref="AvException">The format is not supported.</exception>
    public static SampleConverter For(AvFrame example)
    {
        if (example.ChannelCount is < 1 or > Resampler.MaxChannels)
        {
            throw new AvException(AvError.EINVAL, $"{example.ChannelCount} channels");
        }

        nint context = 0;
        try
        {
            AvError.ThrowIfNegative(
                SwResample.swr_alloc_set_opts2(
                    ref context,
                    example.ChannelLayout,
                    LibAv.Layout.SampleFormats.Fltp,
                    example.SampleRate,
                    example.ChannelLayout,
                    example.Format,
                    example.SampleRate,
                    0,
                    0),
                "swr_alloc_set_opts2");
            AvError.ThrowIfNegative(SwResample.swr_init(context), "swr_init");
            return new(context, example.Format, example.SampleRate, example.ChannelCount);
        }
        catch
        {
            SwResample.swr_free(ref context);
            throw;
        }
    }

    /// <summary>Whether a frame is of the kind this converter was made for.</summary>
    public bool Fits(AvFrame frame) =>
        frame.Format == Format && frame.SampleRate == Rate && frame.ChannelCount == Channels;

    /// <summary>Writes the frame's samples into <paramref name="channels"/>, one pinned array a channel, from index
    /// <paramref name="at"/> on. The arrays must have room.</summary>
    public void Convert(AvFrame frame, float[][] channels, int at)
    {
        int count = frame.SampleCount;
        byte** output = stackalloc byte*[Resampler.MaxChannels];
        for (int channel = 0; channel < Channels; channel++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(at + count, channels[channel].Length);
            output[channel] = (byte*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(channels[channel], at);
        }

        nint planes = NativeMemoryView.Read<nint>(frame.Pointer, LibAv.Layout.Frame.ExtendedData);
        AvError.ThrowIfNegative(SwResample.swr_convert(context, output, count, (byte**)planes, count), "swr_convert");
    }

    public void Dispose() => SwResample.swr_free(ref context);
}
