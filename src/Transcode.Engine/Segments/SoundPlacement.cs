using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;

namespace Transcode.Engine.Segments;

/// <summary>Puts decoded blocks of sound where their timestamps say, to the sample. Containers round times to
/// milliseconds or 90 kHz ticks, so consecutive blocks are joined without a seam, and the first block of a stretch is put
/// on the codec's own frame raster: two stretches then place the same block at the same sample.</summary>
internal sealed class SoundPlacement(
    long first, int count, int rate, StreamClock clock, AvStream stream, long? startTicks) : IDisposable
{
    /// <summary>Timestamps this near to where the last block ended are the container's rounding, not a gap.</summary>
    private static readonly Rational Jitter = new(5, 1000);

    /// <summary>Vorbis blocks vary in length, and containers take one for the other: by up to a long block.</summary>
    private static readonly Rational VorbisJitter = new(30, 1000);

    private readonly Rational samplePeriod = new(1, rate);

    /// <summary>How far, in samples, a timestamp may lie from where its block was: the rounding of its own tick and of the
    /// stream's first. A clock that can tell every sample is taken at its word.</summary>
    private readonly long rounding = Rounding(stream.TimeBase, rate);

    private readonly bool blocksVary = IsVorbis(stream);
    private readonly long jitter = (IsVorbis(stream) ? VorbisJitter : Jitter).FloorOf(rate);
    private readonly int codecFrameSamples = stream.FrameSize;
    private readonly long streamBegin = BeginOf(stream, startTicks, clock, rate);
    private SampleConverter? converter;
    private float[][]? scratch;
    private long? expected;

    /// <summary>One array a channel, silence where nothing was placed; null while nothing was.</summary>
    public float[][]? Samples { get; private set; }

    /// <summary>Places a block, as far as it lies in the stretch. The first block decides rate and channels: blocks of
    /// another kind are left out.</summary>
    /// <returns>Whether it was of that kind.</returns>
    public bool TryPlace(AvFrame block)
    {
        if (block.SampleRate != rate || block.SampleCount <= 0)
        {
            return false;
        }

        converter ??= SampleConverter.For(block);
        if (converter.Channels != block.ChannelCount)
        {
            return false;
        }

        if (!converter.Fits(block))
        {
            converter.Dispose();
            converter = SampleConverter.For(block);
        }

        Samples ??= Pinned(converter.Channels, count);
        long at = PositionOf(block);
        expected = at + block.SampleCount;
        Copy(block, at - first);
        return true;
    }

    public void Dispose() => converter?.Dispose();

    private long PositionOf(AvFrame block)
    {
        if ((block.BestEffortTimestamp ?? block.Pts) is not { } ticks)
        {
            return expected ?? 0;
        }

        long stamped = clock.PositionOf(ticks, samplePeriod);
        // Before the stretch every timestamp is taken anew: the first ones after a seek are the least exact.
        if (expected is { } next && next + block.SampleCount > first && Math.Abs(stamped - next) <= jitter)
        {
            return next;
        }

        return blocksVary ? stamped : Snapped(stamped, block.SampleCount);
    }

    private long Snapped(long stamped, int blockSamples)
    {
        int raster = codecFrameSamples > 0 ? codecFrameSamples : blockSamples;
        // A block's end lies on the raster even where its beginning was trimmed.
        long end = new Rational(1, raster).RoundOf(stamped + blockSamples - streamBegin) * raster;
        long snapped = streamBegin + end - blockSamples;
        return Math.Abs(snapped - stamped) <= rounding ? snapped : stamped;
    }

    private static bool IsVorbis(AvStream stream) => stream.CodecName == "vorbis";

    /// <summary>The first sample of the codec's first frame. The codec's own lead-in tells it to the sample where the
    /// container's clock has rounded it.</summary>
    private static long BeginOf(AvStream stream, long? startTicks, StreamClock clock, int rate)
    {
        if (startTicks is not { } start)
        {
            return 0;
        }

        long stamped = clock.PositionOf(start, new(1, rate));
        long rounding = Rounding(stream.TimeBase, rate);
        long heardFrom = clock.PositionOf(0, new(1, rate));
        long told = heardFrom - stream.InitialPadding;

        // Some versions of libav count the lead-in to the stream, some do not.
        bool agrees = Math.Abs(told - stamped) <= rounding || Math.Abs(heardFrom - stamped) <= rounding;
        return stream.InitialPadding > 0 && agrees ? told : stamped;
    }

    private static long Rounding(AvRational timeBase, int rate)
    {
        if (!timeBase.IsKnown)
        {
            return 0;
        }

        var samplesPerTick = new Rational((long)timeBase.Num * rate, timeBase.Den);
        return samplesPerTick.Numerator == 1 ? 0 : samplesPerTick.CeilingOf(1);
    }

    private void Copy(AvFrame block, long at)
    {
        int skip = (int)Math.Clamp(-at, 0, block.SampleCount);
        int take = (int)Math.Clamp(count - at - skip, 0, block.SampleCount - skip);
        if (take == 0)
        {
            return;
        }

        if (scratch is null || scratch[0].Length < block.SampleCount)
        {
            scratch = Pinned(converter!.Channels, block.SampleCount);
        }

        converter!.Convert(block, scratch, 0);
        for (int channel = 0; channel < scratch.Length; channel++)
        {
            scratch[channel].AsSpan(skip, take).CopyTo(Samples![channel].AsSpan((int)(at + skip), take));
        }
    }

    private static float[][] Pinned(int channels, int length)
    {
        var arrays = new float[channels][];
        for (int channel = 0; channel < channels; channel++)
        {
            arrays[channel] = GC.AllocateArray<float>(length, pinned: true);
        }

        return arrays;
    }
}
