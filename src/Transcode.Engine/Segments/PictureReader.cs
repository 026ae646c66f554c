using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Gives the source's pictures at the grid's instants, from a given frame on: constant rate out of any timing in.
/// The picture of frame n is the last one whose time is at most (n + 2/5) / rate: near enough to the middle to swallow
/// the rounding of milliseconds and 90 kHz clocks, early enough that a doubled rate halves cleanly. Before the first
/// picture that one is shown, after the last one it stays.</summary>
internal sealed class PictureReader : IDisposable
{
    /// <summary>Fixed, so that damaged streams, too, decode alike on every box.</summary>
    private const int DecoderThreads = 2;

    /// <summary>libav's decoders that conceal damage from a neighbouring picture which another thread is still writing: what
    /// comes out would be a matter of luck.</summary>
    private static readonly string[] OneThreadCodecs = ["mpeg4"];

    /// <summary>Earlier keyframes tried when decoding gave nothing at all.</summary>
    private const int MaxStepsBack = 8;

    private readonly SourceReader source;
    private readonly SourceDescription description;
    private readonly int streamIndex;
    private readonly StreamClock clock;
    private readonly Rational fifthOfFrame;
    private readonly Rational frame;
    private readonly long firstFrame;
    private readonly AvPacket packet = new();
    private PacketRun run;
    private Decoder decoder;
    private AvFrame current = new();
    private AvFrame next = new();
    private bool hasCurrent;
    private bool hasNext;
    private bool packetPending;
    private bool draining;
    private long nextTicks;
    private long lastTicks = long.MinValue;

    /// <param name="source">Opened.</param>
    /// <param name="description">As probed; it has video.</param>
    /// <param name="firstFrame">Number of the first grid frame wanted.</param>
    public PictureReader(SourceReader source, SourceDescription description, long firstFrame)
    {
        this.source = source;
        this.description = description;
        this.firstFrame = firstFrame;
        streamIndex = description.Video!.StreamIndex;
        clock = new(source.Container.Stream(streamIndex).TimeBase, description.OriginMicroseconds);
        Rational rate = description.Grid.FrameRate;
        frame = new(rate.Denominator, rate.Numerator);
        fifthOfFrame = frame / new Rational(5, 1);
        (run, decoder) = Start(LimitTicks(firstFrame));
        Prime();
    }

    /// <summary>Pictures decoded so far, lead-in included.</summary>
    public long DecodedPixels { get; private set; }

    /// <summary>The picture of grid frame <paramref name="number"/>; numbers must not fall. The frame stays the reader's.</summary>
    /// <exception cref="TranscodeException">Nothing could be decoded.</exception>
    public AvFrame PictureAt(long number)
    {
        long limit = LimitTicks(number);
        while (hasNext && (nextTicks <= limit || !hasCurrent))
        {
            (current, next) = (next, current);
            hasCurrent = true;
            hasNext = TryDecode(next);
        }

        return hasCurrent
            ? current
            : throw new TranscodeException(FailureStage.Decode, FailureCause.NothingDecodes, "Not one picture could be decoded.");
    }

    public void Dispose()
    {
        run.Dispose();
        decoder.Dispose();
        current.Dispose();
        next.Dispose();
        packet.Dispose();
    }

    private long LimitTicks(long number) => clock.TicksAt((number * 5) + 2, fifthOfFrame);

    private (PacketRun Run, Decoder Decoder) Start(long limitTicks)
    {
        var found = PacketRun.Find(source, streamIndex, limitTicks);
        try
        {
            AvStream stream = source.Container.Stream(streamIndex);
            return (found, Decoder.Open(stream, OneThreadCodecs.Contains(stream.CodecName) ? 1 : DecoderThreads));
        }
        catch (AvException exception)
        {
            found.Dispose();
            throw new TranscodeException(
                FailureStage.Decode, FailureCause.UnsupportedCodec, $"The picture cannot be decoded ({exception.Message}).", exception);
        }
    }

    /// <summary>Decodes the first picture. Where a run holds nothing decodable, or nothing early enough, the picture shown is
    /// an earlier one: look for it at earlier keyframes. Streams that refresh a stripe at a time have "keyframes" from which
    /// the first whole picture comes only later.</summary>
    private void Prime()
    {
        hasNext = TryDecode(next);
        for (int step = 0; (!hasNext || nextTicks > LimitTicks(firstFrame)) && run.StartTicks is { } start && step < MaxStepsBack; step++)
        {
            run.Dispose();
            decoder.Dispose();
            (run, decoder) = Start(start - 1);
            (packetPending, draining) = (false, false);
            hasNext = TryDecode(next);
        }
    }

    private bool TryDecode(AvFrame into)
    {
        while (true)
        {
            switch (decoder.Receive(into))
            {
                case CodecAnswer.Delivered:
                    DecodedPixels += (long)into.Width * into.Height;
                    nextTicks = TimeOf(into);
                    // A picture before the run's keyframe refers to what was not decoded: it is broken, and not wanted.
                    if (run.StartTicks is { } start && nextTicks < start && nextTicks < LimitTicks(firstFrame))
                    {
                        continue;
                    }

                    return true;
                case CodecAnswer.Ended:
                    return false;
                case CodecAnswer.NeedsInput:
                    Feed();
                    break;
                default:
                    // Damaged: the decoder goes on with what follows.
                    break;
            }
        }
    }

    private void Feed()
    {
        if (!packetPending && !draining)
        {
            packetPending = run.TryTake(packet);
            draining = !packetPending;
        }

        // What nothing refers to and nobody wants to see need not be decoded on the way to the wanted picture.
        decoder.SkipsUnreferenced = packetPending && packet.Pts < run.WantedTicks;
        if (decoder.TrySend(packetPending ? packet : null))
        {
            packetPending = false;
        }
    }

    /// <summary>Pictures without a time follow the one before by a frame.</summary>
    private long TimeOf(AvFrame picture)
    {
        long step = Math.Max(1, clock.TicksAt(1, frame) - clock.TicksAt(0, frame));
        long ticks = picture.BestEffortTimestamp
            ?? (lastTicks == long.MinValue ? clock.TicksAt(0, frame) : lastTicks + step);
        return lastTicks = ticks;
    }
}
