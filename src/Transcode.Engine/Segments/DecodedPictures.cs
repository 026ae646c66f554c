using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>The source's pictures as they decode, from the keyframe on that a wanted picture needs.</summary>
internal sealed class DecodedPictures : IPictureStream
{
    /// <summary>Where a stream is damaged, libav conceals it from pictures that its other threads are still writing: with more than one,
    /// what comes out is a matter of luck.</summary>
    private const int DecoderThreads = 1;

    /// <summary>Earlier keyframes tried when decoding gave nothing at all.</summary>
    private const int MaxStepsBack = 8;

    private readonly SourceReader source;
    private readonly int streamIndex;
    private readonly Rational pictureDuration;
    private readonly long limitTicks;
    private readonly bool withOneBefore;
    private readonly AvPacket packet = new();
    private readonly AvFrame first = new();
    private PacketRun run;
    private Decoder decoder;
    private bool hasFirst;
    private bool packetPending;
    private bool draining;
    private long firstTicks;
    private long lastTicks = long.MinValue;

    /// <param name="source">Opened.</param>
    /// <param name="description">As probed; it has video.</param>
    /// <param name="pictureDuration">Of a picture without a time, in seconds.</param>
    /// <param name="limit">Timeline position of the latest picture that is wanted first, in units of <paramref name="unit"/>.</param>
    /// <param name="unit">In seconds.</param>
    /// <param name="withOneBefore">Whether the picture before that one is wanted too.</param>
    public DecodedPictures(
        SourceReader source, SourceDescription description, Rational pictureDuration, long limit, Rational unit, bool withOneBefore)
    {
        this.source = source;
        this.pictureDuration = pictureDuration;
        this.withOneBefore = withOneBefore;
        streamIndex = description.Video!.StreamIndex;
        Clock = new(source.Container.Stream(streamIndex).TimeBase, description.OriginMicroseconds);
        limitTicks = Clock.TicksAt(limit, unit);
        (run, decoder) = Start(limitTicks);
        Prime();
    }

    public StreamClock Clock { get; }

    public long DecodedPixels { get; private set; }

    public bool IsDamaged { get; private set; }

    /// <summary>Pictures before this time are the way to the wanted ones, and may be gaps in it. Null where nobody knows.</summary>
    public long? WantedTicks => run.WantedTicks;

    public bool TryNext(AvFrame into, out long ticks)
    {
        if (hasFirst)
        {
            hasFirst = false;
            ticks = firstTicks;
            into.Reference(first);
            first.Clear();
            return true;
        }

        return TryDecode(into, out ticks);
    }

    public void Dispose()
    {
        run.Dispose();
        decoder.Dispose();
        first.Dispose();
        packet.Dispose();
    }

    private (PacketRun Run, Decoder Decoder) Start(long limit)
    {
        var found = PacketRun.Find(source, streamIndex, limit, withOneBefore);
        try
        {
            AvStream stream = source.Container.Stream(streamIndex);
            return (found, Decoder.Open(stream, DecoderThreads));
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
        hasFirst = TryDecode(first, out firstTicks);
        for (int step = 0; (!hasFirst || firstTicks > limitTicks) && run.StartTicks is { } start && step < MaxStepsBack; step++)
        {
            run.Dispose();
            decoder.Dispose();
            (run, decoder) = Start(start - 1);
            (packetPending, draining) = (false, false);
            hasFirst = TryDecode(first, out firstTicks);
        }
    }

    private bool TryDecode(AvFrame into, out long ticks)
    {
        while (true)
        {
            switch (decoder.Receive(into))
            {
                case CodecAnswer.Delivered:
                    DecodedPixels += (long)into.Width * into.Height;
                    ticks = TimeOf(into);
                    // A picture before the run's keyframe refers to what was not decoded: it is broken, and not wanted.
                    if (run.StartTicks is { } start && ticks < start && ticks < limitTicks)
                    {
                        continue;
                    }

                    IsDamaged |= into.IsDamaged || decoder.HasMetDamage;
                    return true;
                case CodecAnswer.Ended:
                    IsDamaged |= decoder.HasMetDamage;
                    ticks = 0;
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

    /// <summary>Pictures without a time follow the one before by a picture's duration.</summary>
    private long TimeOf(AvFrame picture)
    {
        long step = Math.Max(1, Clock.TicksAt(1, pictureDuration) - Clock.TicksAt(0, pictureDuration));
        long ticks = picture.BestEffortTimestamp
            ?? (lastTicks == long.MinValue ? Clock.TicksAt(0, pictureDuration) : lastTicks + step);
        return lastTicks = ticks;
    }
}
