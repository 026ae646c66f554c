namespace Transcode.Engine.Interop.LibAv;

/// <summary>Converts planar float sound between rates and channel counts, in one go.</summary>
internal static unsafe class Resampler
{
    /// <summary>libav mixes up to this many channels.</summary>
    public const int MaxChannels = 64;

    /// <summary>Resamples and mixes a whole stretch. The first sample out is the instant of the first sample in; the
    /// filter's delay is taken off.</summary>
    /// <param name="layout">Channel layout of the input, as a frame that has it.</param>
    /// <param name="input">One array a channel, all of one length.</param>
    /// <param name="inputRate">In hertz.</param>
    /// <param name="outputRate">In hertz.</param>
    /// <param name="outputChannels">Channels out, in their default layout.</param>
    /// <param name="outputLength">Samples a channel out; what the input does not cover is silence.</param>
    /// <exception cref="AvException">The conversion is not supported.</exception>
    public static float[][] Convert(
        AvFrame layout, float[][] input, int inputRate, int outputRate, int outputChannels, int outputLength)
    {
        using var outLayout = new AvFrame();
        outLayout.SetChannels(outputChannels);
        int format = LibAv.Layout.SampleFormats.Fltp;
        nint context = 0;
        try
        {
            AvError.ThrowIfNegative(
                SwResample.swr_alloc_set_opts2(
                    ref context, outLayout.ChannelLayout, format, outputRate, layout.ChannelLayout, format, inputRate, 0, 0),
                "swr_alloc_set_opts2");
            AvError.ThrowIfNegative(SwResample.swr_init(context), "swr_init");
            return Run(context, input, outputChannels, outputLength);
        }
        finally
        {
            SwResample.swr_free(ref context);
        }
    }

    private static float[][] Run(nint context, float[][] input, int outputChannels, int outputLength)
    {
        var output = new float[outputChannels][];
        for (int channel = 0; channel < outputChannels; channel++)
        {
            output[channel] = GC.AllocateArray<float>(outputLength, pinned: true);
        }

        byte** inputPlanes = stackalloc byte*[MaxChannels];
        byte** outputPlanes = stackalloc byte*[MaxChannels];
        for (int channel = 0; channel < input.Length; channel++)
        {
            inputPlanes[channel] = (byte*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(input[channel], 0);
        }

        SetPlanes(outputPlanes, output, 0);
        int done = AvError.ThrowIfNegative(
            SwResample.swr_convert(context, outputPlanes, outputLength, inputPlanes, input[0].Length), "swr_convert");
        while (done < outputLength)
        {
            SetPlanes(outputPlanes, output, done);
            int flushed = AvError.ThrowIfNegative(
                SwResample.swr_convert(context, outputPlanes, outputLength - done, null, 0), "swr_convert");
            if (flushed == 0)
            {
                break;
            }

            done += flushed;
        }

        return output;
    }

    private static void SetPlanes(byte** planes, float[][] pinned, int offset)
    {
        for (int channel = 0; channel < pinned.Length; channel++)
        {
            planes[channel] = (byte*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(pinned[channel], offset);
        }
    }
}
