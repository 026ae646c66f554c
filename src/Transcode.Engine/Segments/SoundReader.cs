using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Gives a stretch of the source's sound, by sample number on the timeline, at another rate and channel count:
/// silence where the source has none. The same sample number gives the same sample whatever stretch it is asked in, up to
/// the warm-up of decoder and filter, which lies outside the stretch.</summary>
internal sealed class SoundReader(SourceReader source, SourceDescription description, int streamIndex)
{
    private const int DecoderThreads = 1;

    /// <summary>Decoders need up to some packets of lead-in until they give what they would have given from the start:
    /// 1 for AAC, 80 ms for Opus, 9 frames of bit reservoir for MP3.</summary>
    private static readonly TimeSpan DecoderWarmUp = TimeSpan.FromSeconds(0.5);

    /// <summary>Input samples around the stretch for the resampling filter, which reaches 32 samples of the lower rate.</summary>
    private const int FilterMargin = 512;

    /// <summary>Looked up anew each time: starting over replaces the container.</summary>
    private AvStream Stream => source.Container.Stream(streamIndex);

    private StreamClock Clock => new(Stream.TimeBase, description.OriginMicroseconds);

    /// <summary>Reads <paramref name="count"/> samples from <paramref name="first"/> on.</summary>
    /// <param name="first">Sample number at <paramref name="rate"/>; may be negative, before the source begins.</param>
    /// <param name="count">Samples a channel.</param>
    /// <param name="rate">Output rate in hertz.</param>
    /// <param name="channels">Output channels.</param>
    /// <param name="cancellationToken">Looked at between packets.</param>
    /// <returns>One array a channel.</returns>
    /// <exception cref="TranscodeException">The sound has no decoder, or a format that cannot be converted.</exception>
    public float[][] Read(long first, int count, int rate, int channels, CancellationToken cancellationToken)
    {
        int inputRate = description.Audio.First(track => track.StreamIndex == streamIndex).SampleRate;
        // Start at an input sample that falls exactly on an output sample: then the resampler's phase is the same
        // wherever one starts.
        var ratio = new Rational(inputRate, rate);
        long aligned = FloorTo(ratio.FloorOf(first) - FilterMargin, ratio.Numerator);
        int lead = checked((int)(first - (aligned / ratio.Numerator * ratio.Denominator)));
        int inputCount = checked((int)(ratio.CeilingOf(first + count) + FilterMargin - aligned));
        try
        {
            using var layout = new AvFrame();
            float[][]? input = Collect(aligned, inputCount, inputRate, layout, cancellationToken);
            if (input is null)
            {
                return [.. Enumerable.Range(0, channels).Select(_ => new float[count])];
            }

            if (layout.IsAmbisonic)
            {
                // libav places no loudspeakers in a sound field. Its first component is what one omnidirectional microphone
                // would have heard (AmbiX channel order): all of it, from everywhere.
                input = [input[0]];
                layout.SetChannels(1);
            }

            float[][] output = Resampler.Convert(layout, input, inputRate, rate, channels, lead + count);
            return [.. output.Select(channel => channel[lead..])];
        }
        catch (AvException exception)
        {
            throw new TranscodeException(
                FailureStage.Decode, FailureCause.UnsupportedCodec, $"The sound cannot be decoded ({exception.Message}).", exception);
        }
    }

    private static long FloorTo(long value, long multiple)
    {
        long remainder = value % multiple;
        return value - (remainder < 0 ? remainder + multiple : remainder);
    }

    /// <summary>Decodes the stretch into one array a channel; null where there is no sound in it.</summary>
    private float[][]? Collect(long first, int count, int rate, AvFrame layout, CancellationToken cancellationToken)
    {
        using var packet = new AvPacket();
        using var decoder = Decoder.Open(Stream, DecoderThreads);
        using var frame = new AvFrame();
        using var placement = new SoundPlacement(first, count, rate, Clock, Stream, source.StartTime(streamIndex));
        long firstTicks = Clock.TicksAt(first - (long)(DecoderWarmUp.TotalSeconds * rate), new(1, rate));
        long endTicks = Clock.TicksAt(first + count, new(1, rate));
        bool hasPacket = SeekTo(firstTicks, packet);
        bool ended = false;
        while (!ended)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ended = !hasPacket || (packet.Pts ?? packet.Dts) > endTicks;
            while (!decoder.TrySend(ended ? null : packet))
            {
                Drain(decoder, frame, placement, layout);
            }

            Drain(decoder, frame, placement, layout);
            hasPacket = !ended && TryRead(packet);
        }

        return placement.Samples;
    }

    private static void Drain(Decoder decoder, AvFrame frame, SoundPlacement placement, AvFrame layout)
    {
        CodecAnswer answer;
        while ((answer = decoder.Receive(frame)) is CodecAnswer.Delivered or CodecAnswer.Damaged)
        {
            if (answer == CodecAnswer.Delivered && placement.TryPlace(frame) && layout.ChannelCount == 0)
            {
                layout.CopyChannels(frame);
            }
        }
    }

    /// <summary>Moves to the first packet at or after a time, the same one wherever a seek lands.</summary>
    private bool SeekTo(long ticks, AvPacket packet)
    {
        int guide = description.Video?.StreamIndex ?? streamIndex;
        long second = Math.Max(1, Clock.TicksAt(1, new(1, 1)) - Clock.TicksAt(0, new(1, 1)));
        long begin = Clock.TicksAt(0, new(1, 1));
        for (long back = second; ticks - back > begin; back *= 4)
        {
            // A seek reads the guide's packets to find its way: it must see them, and need not see others.
            source.Container.Select(guide);
            if (!source.TrySeek(guide, InTicksOf(guide, ticks - back)))
            {
                continue;
            }

            source.Container.Select(streamIndex);
            if (!TryRead(packet))
            {
                continue;
            }

            if ((packet.Pts ?? packet.Dts) <= ticks)
            {
                return SkipTo(ticks, packet);
            }
        }

        source.Reopen();
        source.Container.Select(streamIndex);
        return TryRead(packet) && SkipTo(ticks, packet);
    }

    private bool SkipTo(long ticks, AvPacket packet)
    {
        while ((packet.Pts ?? packet.Dts) is { } time && time < ticks)
        {
            if (!TryRead(packet))
            {
                return false;
            }
        }

        return true;
    }

    private long InTicksOf(int otherStream, long ticks)
    {
        AvRational other = source.Container.Stream(otherStream).TimeBase;
        AvRational own = Stream.TimeBase;
        return (new Rational(own.Num, own.Den) / new Rational(other.Num, other.Den)).FloorOf(ticks);
    }

    private bool TryRead(AvPacket packet)
    {
        while (source.Container.TryRead(packet))
        {
            if (packet.StreamIndex == streamIndex)
            {
                return true;
            }
        }

        return false;
    }
}
