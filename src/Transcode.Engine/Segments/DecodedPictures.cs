using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Segments.Decoding;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>The source's pictures as they decode, from the keyframe on that a wanted picture needs.</summary>
internal sealed class DecodedPictures : IPictureStream
{
    /// <summary>Earlier keyframes tried when decoding gave nothing at all.</summary>
    private const int MaxStepsBack = 8;

    private readonly SourceReader source;
    private readonly VideoTrack video;
    private readonly FilmDecoders decoders;
    private readonly int streamIndex;
    private readonly Rational pictureDuration;
    private readonly long limitTicks;
    private readonly bool withOneBefore;
    private readonly AvFrame first = new();

    /// <summary>What a device's pictures of this run were, in the order they were handed on.</summary>
    private readonly List<(long Ticks, ulong Sum)> handed = [];
    private PacketRun run;
    private PacketTape packets;
    private DeviceRun? device;
    private SoftwareRun? software;
    private GivenUp? givenUp;
    private DecoderNote? note;

    /// <summary>Of software's last picture of this run; null before the first.</summary>
    private (int Width, int Height, int Format)? shape;

    /// <summary>Whether software's pictures of this run change theirs.</summary>
    private bool isChanging;
    private bool hasFirst;
    private long firstTicks;
    private long lastTicks = long.MinValue;
    private long decodedPixels;
    private long toldPixels;

    /// <summary>Of this run, by software, of those that a device had handed on.</summary>
    private int passed;
    private (long Ticks, long Pixels) atStart;

    /// <param name="source">Opened.</param>
    /// <param name="description">As probed; it has video.</param>
    /// <param name="pictureDuration">Of a picture without a time, in seconds.</param>
    /// <param name="limit">Timeline position of the latest picture that is wanted first, in units of <paramref name="unit"/>.</param>
    /// <param name="unit">In seconds.</param>
    /// <param name="withOneBefore">Whether the picture before that one is wanted too.</param>
    /// <param name="decoders">Devices' that may be used; stay the caller's.</param>
    public DecodedPictures(
        SourceReader source, SourceDescription description, Rational pictureDuration, long limit, Rational unit, bool withOneBefore, FilmDecoders decoders)
    {
        this.source = source;
        this.decoders = decoders;
        video = description.Video!;
        this.pictureDuration = pictureDuration;
        this.withOneBefore = withOneBefore;
        streamIndex = description.Video!.StreamIndex;
        Clock = new(source.Container.Stream(streamIndex).TimeBase, description.OriginMicroseconds);
        limitTicks = Clock.TicksAt(limit, unit);
        (run, packets) = Start(limitTicks);
        try
        {
            Prime();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public StreamClock Clock { get; }

    public long DecodedPixels => toldPixels = Math.Max(toldPixels, decodedPixels);

    public bool IsDamaged { get; private set; }

    /// <summary>What is to be said of a device's decoder; null where none was thought of.</summary>
    public DecoderNote? Decoder => Judged is { } given ? note! with { Why = given.Why, Blame = given.Blame } : note;

    /// <summary>Pictures before this time are the way to the wanted ones, and may be gaps in it. Null where nobody knows.</summary>
    public long? WantedTicks => run.WantedTicks;

    /// <summary>Why the device gave up, now that software decodes the same. What it could not decode since the film is damaged is not its fault, nor where pictures change their shape amidst.</summary>
    private GivenUp? Judged => givenUp is not { Blame: DecoderBlame.Device } ? givenUp
        : isChanging ? GivenUp.Changes
        : IsDamaged ? givenUp with { Blame = DecoderBlame.Film }
        : givenUp;

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
        End();
        run.Dispose();
        first.Dispose();
    }

    private (PacketRun Run, PacketTape Packets) Start(long limit)
    {
        var found = PacketRun.Find(source, streamIndex, limit, withOneBefore);
        var tape = new PacketTape(found);
        try
        {
            atStart = (lastTicks, decodedPixels);
            device = decoders.Begin(source, video, tape, found, out DecoderNote? told);
            note = told ?? note;
            software = device is null ? SoftwareRun.Open(source.Container.Stream(streamIndex), tape, found.WantedTicks) : null;
            return (found, tape);
        }
        catch (AvException exception)
        {
            tape.Dispose();
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
            End();
            run.Dispose();
            (run, packets) = Start(start - 1);
            hasFirst = TryDecode(first, out firstTicks);
        }
    }

    /// <summary>Of a run.</summary>
    private void End()
    {
        if (givenUp is not null)
        {
            note = decoders.Tell(device!, Judged!);
            givenUp = null;
        }
        else if (handed.Count > 0)
        {
            device!.Stream.Succeed();
        }

        device?.Dispose();
        software?.Dispose();
        packets.Dispose();
        (device, software, passed, shape, isChanging) = (null, null, 0, null, false);
        handed.Clear();
    }

    private bool TryDecode(AvFrame into, out long ticks)
    {
        while (true)
        {
            bool isDevices = software is null;
            if (!(isDevices ? device!.TryNext(into, out ticks) : TrySoftware(into, out ticks)))
            {
                if (isDevices && device!.GivenUp is { } why)
                {
                    GoOnInSoftware(why);
                    continue;
                }

                IsDamaged |= software is { HasMetDamage: true };
                return passed == handed.Count || isDevices ? false : throw WrongPictures();
            }

            lastTicks = ticks;
            decodedPixels += (long)into.Width * into.Height;
            // A picture before the run's keyframe refers to what was not decoded: it is broken, and not wanted.
            if (run.StartTicks is { } start && ticks < start && ticks < limitTicks)
            {
                continue;
            }

            IsDamaged |= into.IsDamaged || software is { HasMetDamage: true };
            if (isDevices)
            {
                handed.Add((ticks, SumOf(into, ticks)));
                return true;
            }

            if (passed == handed.Count)
            {
                return true;
            }

            if (handed[passed++] != (ticks, SumOf(into, ticks)))
            {
                throw WrongPictures();
            }
        }
    }

    private bool TrySoftware(AvFrame into, out long ticks)
    {
        bool isThere = software!.TryNext(into);
        if (isThere)
        {
            var its = (into.Width, into.Height, into.Format);
            isChanging |= (shape ??= its) != its;
        }

        ticks = isThere ? TimeOf(into) : 0;
        return isThere;
    }

    /// <summary>Decodes the run anew from its first packet on, as if there had been no device. What that one handed on must come out the same, and is then passed by.</summary>
    private void GoOnInSoftware(GivenUp why)
    {
        givenUp = why;
        _ = DecodedPixels;
        (lastTicks, decodedPixels) = atStart;
        packets.Rewind(keeps: false);
        software = SoftwareRun.Open(source.Container.Stream(streamIndex), packets, run.WantedTicks);
    }

    /// <summary>Of a picture on the way to the wanted ones, nobody sees the samples.</summary>
    private ulong SumOf(AvFrame picture, long ticks) => ticks < run.WantedTicks ? 0 : SamplesSeen.SumOf(picture);

    private TranscodeException WrongPictures()
    {
        string why = $"{device!.Film.Name} gave pictures that software does not decode from the same bytes, and they were handed on";
        givenUp = new(why, DecoderBlame.WrongPictures);
        decoders.OnWrongPictures?.Invoke(why);
        return new(FailureStage.Decode, FailureCause.Internal, $"{why}.");
    }

    /// <summary>Pictures without a time follow the one before by a picture's duration.</summary>
    private long TimeOf(AvFrame picture)
    {
        long step = Math.Max(1, Clock.TicksAt(1, pictureDuration) - Clock.TicksAt(0, pictureDuration));
        long ticks = picture.BestEffortTimestamp
            ?? (lastTicks == long.MinValue ? Clock.TicksAt(0, pictureDuration) : lastTicks + step);
        return ticks;
    }
}
