using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tuning.Layouts;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments.Decoding;

/// <summary>A run's pictures by a device's decoder, as software gives them: those and no others, in their order, in memory, in software's layout, and said of them what software says. It gives
/// up where it cannot be certain of that.</summary>
internal sealed class DeviceRun : IDisposable
{
    /// <summary>Packets that a decoder takes before its first picture: more than any codec's reordering.</summary>
    private const int MostAhead = 64;

    /// <summary>Of AV1's description in containers, before its sequence header (AV1CodecConfigurationRecord).</summary>
    private const int ConfigurationBytes = 4;

    private readonly PacketTape packets;
    private readonly PacketRun run;
    private readonly string format;
    private readonly int lengthBytes;
    private readonly PixelLayout layout;
    private readonly AvPacket packet = new();
    private readonly AvFrame raw = new();
    private readonly AvFrame inMemory = new();
    private readonly SortedSet<long> expected = [];
    private readonly Decoder decoder;
    private readonly KeyPictures keys;
    private PicturePool? pool;
    private LayoutConverter? converter;
    private (int Width, int Height, int Range, int Matrix, int Location) told;
    private bool? grain;
    private bool isPending;
    private bool isDraining;
    private int taken;
    private int standAlone;

    /// <param name="film">The decoder; stays the caller's.</param>
    /// <param name="stream">Of the run.</param>
    /// <param name="packets">Its packets; stay the caller's.</param>
    /// <param name="run">What is known of them.</param>
    /// <exception cref="AvException">The decoder does not open.</exception>
    public DeviceRun(FilmDecoder film, AvStream stream, PacketTape packets, PacketRun run)
    {
        Film = film;
        this.packets = packets;
        this.run = run;
        format = film.Format;
        lengthBytes = NalUnits.LengthBytesOf(format, stream.Extradata);
        layout = PixelLayout.Named(film.BitDepth == 8 ? "yuv420p" : "yuv420p10le")!;
        grain = format == "av1" && stream.Extradata.Length > ConfigurationBytes ? BitstreamUnits.SayGrain(stream.Extradata[ConfigurationBytes..]) : null;
        decoder = Decoder.Open(stream, film.Codec, film.Device);
        try
        {
            keys = new(stream, layout);
        }
        catch
        {
            decoder.Dispose();
            throw;
        }
    }

    /// <summary>The decoder.</summary>
    public FilmDecoder Film { get; }

    /// <summary>What is known of the stream.</summary>
    public TriedStream Stream { get; init; } = new();

    /// <summary>Where the run begins, by the stream's clock; null for the film's beginning.</summary>
    public long? StartTicks => run.StartTicks;

    /// <summary>Why it does not go on; null while it does, and where it has come to the run's end.</summary>
    public GivenUp? GivenUp { get; private set; }

    /// <summary>Takes the next picture.</summary>
    /// <param name="into">Receives it.</param>
    /// <param name="ticks">When it is shown.</param>
    /// <returns>False after the last, and where it gives up.</returns>
    public bool TryNext(AvFrame into, out long ticks)
    {
        ticks = 0;
        try
        {
            while (GivenUp is null)
            {
                CodecAnswer answer = decoder.Receive(raw);
                if (decoder.HasMetDamage)
                {
                    return GiveUp("the decoder met damage", DecoderBlame.Device);
                }

                switch (answer)
                {
                    case CodecAnswer.Delivered:
                        return TryAccept(into, out ticks);
                    case CodecAnswer.Ended:
                        return expected.Count > 0 && GiveUp(string.Create(CultureInfo.InvariantCulture, $"{expected.Count} pictures did not come"), DecoderBlame.Device);
                    default:
                        Feed();
                        break;
                }
            }
        }
        catch (AvException exception)
        {
            return GiveUp(exception.Message, DecoderBlame.Device);
        }

        return false;
    }

    public void Dispose()
    {
        decoder.Dispose();
        keys.Dispose();
        pool?.Dispose();
        raw.Dispose();
        inMemory.Dispose();
        packet.Dispose();
    }

    private bool GiveUp(string why, DecoderBlame blame)
    {
        GivenUp ??= new(why, blame);
        return false;
    }

    private bool TryAccept(AvFrame into, out long ticks)
    {
        ticks = raw.Pts ?? long.MinValue;
        if (raw.BestEffortTimestamp != ticks || expected.Count == 0 || expected.Min != ticks)
        {
            return GiveUp("pictures did not come one for each packet in the order of their times", DecoderBlame.Device);
        }

        expected.Remove(ticks);
        if (raw.IsDamaged || raw.IsInterlaced || raw.IsRepeated)
        {
            return GiveUp(raw.IsDamaged ? "the decoder met damage" : "its pictures are fields", DecoderBlame.Film);
        }

        AvFrame found = raw;
        if (PixelLayout.Named(AvUtil.PixelFormatName(raw.Format)) is null)
        {
            HardwareFrames.Download(raw, inMemory);
            found = inMemory;
        }
        else if (Film.Device is not null)
        {
            return GiveUp("the device did not take it, and libav decoded it in software instead", DecoderBlame.Device);
        }

        if (!TryLayOut(found, keys.Describing(ticks), into))
        {
            return false;
        }

        into.Pts = ticks;
        return keys.IsRight(ticks, into) || GiveUp("its pictures are not those that software decodes from the same bytes", DecoderBlame.WrongPictures);
    }

    private bool TryLayOut(AvFrame found, AvFrame like, AvFrame into)
    {
        PixelLayout? its = PixelLayout.Named(AvUtil.PixelFormatName(found.Format));
        if (its is null || its.Bits != layout.Bits || !LayoutConverter.Knows(its, layout))
        {
            return GiveUp($"the device gives pictures as {AvUtil.PixelFormatName(found.Format)}", DecoderBlame.Device);
        }

        if ((found.Width, found.Height) != (like.Width, like.Height))
        {
            return GiveUp("the device gives pictures of another size than software", DecoderBlame.Device);
        }

        var tells = (found.Width, found.Height, found.ColorRange, found.ColorSpace, found.ChromaLocation);
        if (pool is null)
        {
            told = tells;
            pool = layout.NewPool(found.Width, found.Height);
            converter = its == layout ? null : LayoutConverter.For(its, layout, LayoutConverter.Widest);
        }

        if (tells != told)
        {
            return GiveUp(GivenUp.Changes.Why, DecoderBlame.Film);
        }

        pool.Take(into, like);
        PictureView from = new(found, its), to = new(into, layout);
        if (converter is null)
        {
            from.CopyTo(to);
        }
        else
        {
            converter.Convert(from, to);
        }

        return true;
    }

    private void Feed()
    {
        while (!isPending && !isDraining && GivenUp is null)
        {
            isDraining = !packets.TryTake(packet);
            isPending = !isDraining && IsForIt();
        }

        if (GivenUp is null && decoder.TrySend(isPending ? packet : null))
        {
            isPending = false;
        }
    }

    /// <summary>Looks at a packet before the device has it.</summary>
    /// <returns>False where software would not decode it, and where the run is given up.</returns>
    private bool IsForIt()
    {
        bool isFirst = taken++ == 0;
        var picture = CodedPicture.Of(format, lengthBytes, packet);
        if (packet.IsDamaged || picture.Why is not null)
        {
            return GiveUp(picture.Why ?? "the container says that a packet is damaged", DecoderBlame.Film);
        }

        if (packet.Pts is not { } pts)
        {
            return GiveUp("its pictures have no times", DecoderBlame.Film);
        }

        if (isFirst && !picture.StandsAlone)
        {
            return GiveUp("it does not begin with a picture that stands alone", DecoderBlame.Film);
        }

        standAlone += picture.StandsAlone ? 1 : 0;
        if ((picture.IsSkippedLeading && standAlone == 1) || (picture.IsUnreferenced && pts < run.WantedTicks))
        {
            return false;
        }

        if (pts < run.StartTicks)
        {
            return GiveUp("pictures are shown before the one that it begins with", DecoderBlame.Film);
        }

        if (packets.IsFull || !expected.Add(pts) || expected.Count > MostAhead)
        {
            return GiveUp(packets.IsFull ? "it is too long" : "its pictures' times are not in order", DecoderBlame.Film);
        }

        return !picture.StandsAlone || IsKeyRight();
    }

    private bool IsKeyRight()
    {
        if (format == "av1")
        {
            grain = BitstreamUnits.SayGrain(packet.Data) ?? grain;
        }

        string? why = format == "av1" && grain != false ? "grain is to be laid over its pictures, or may be" : keys.Add(packet);
        return why is null || GiveUp(why, DecoderBlame.Film);
    }
}
