using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments.Decoding;

/// <summary>The devices' decoders that a worker has beside software: opened before its lock closed, each for one codec and depth. One thread's.</summary>
internal sealed class FilmDecoders : IDisposable
{
    /// <summary>Packets of a stream that both decode before the device has it.</summary>
    private const int TriedPackets = 12;

    /// <summary>Streams of which something is remembered; the next begins anew with all.</summary>
    private const int MostStreams = 64;

    /// <summary>After an error of the device.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    private readonly TimeProvider time;
    private readonly List<Way> ways;
    private readonly Dictionary<(string Fingerprint, int Stream), TriedStream> streams = [];

    /// <param name="found">Opened, one of each codec and depth; this ends them.</param>
    /// <param name="notes">As <see cref="Notes"/>.</param>
    /// <param name="time">What rests are measured by.</param>
    public FilmDecoders(IEnumerable<FilmDecoder> found, IReadOnlyList<DecoderNote> notes, TimeProvider time)
    {
        this.time = time;
        ways = [.. found.Select(decoder => new Way(decoder))];
        Notes = notes;
    }

    /// <summary>None.</summary>
    public static FilmDecoders None { get; } = new([], [], TimeProvider.System);

    /// <summary>What became of each that was asked for.</summary>
    public IReadOnlyList<DecoderNote> Notes { get; }

    /// <summary>Called where pictures that were handed on turn out to be wrong, before that is thrown: what was made of them must go.</summary>
    public Action<string>? OnWrongPictures { get; set; }

    /// <summary>Begins a run on a device.</summary>
    /// <param name="source">Opened.</param>
    /// <param name="video">As probed.</param>
    /// <param name="packets">Of the run, none of them taken; kept from here on.</param>
    /// <param name="run">What is known of them.</param>
    /// <param name="note">What is to be said of it; null where no device was thought of.</param>
    /// <returns>Null where it is software's.</returns>
    public DeviceRun? Begin(SourceReader source, VideoTrack video, PacketTape packets, PacketRun run, out DecoderNote? note)
    {
        note = null;
        AvStream stream = source.Container.Stream(video.StreamIndex);
        if (video.Interlaced || Find(stream, video) is not { } way)
        {
            return null;
        }

        TriedStream tried = Remembered((source.Fingerprint, video.StreamIndex));
        if (tried.WhyNot(run.StartTicks) is { } why)
        {
            note = new(way.Decoder.Name, way.Decoder.BitDepth, why, DecoderBlame.Film);
            return null;
        }

        packets.Keep();
        try
        {
            GivenUp? given = tried.IsRight ? null : Try(way, stream, packets, run);
            if (given is null)
            {
                tried.IsRight = true;
                note = new(way.Decoder.Name, way.Decoder.BitDepth);
                return new(way.Decoder, stream, packets, run) { Stream = tried };
            }

            note = Tell(way, tried, run.StartTicks, given);
        }
        catch (AvException exception)
        {
            note = Tell(way, tried, run.StartTicks, new(exception.Message, DecoderBlame.Device));
        }

        packets.Rewind(keeps: false);
        return null;
    }

    /// <summary>Hears why a run was given up.</summary>
    /// <param name="run">That.</param>
    /// <param name="given">Why.</param>
    public DecoderNote Tell(DeviceRun run, GivenUp given) => Tell(ways.First(way => way.Decoder == run.Film), run.Stream, run.StartTicks, given);

    public void Dispose()
    {
        ways.ForEach(way => way.Decoder.Device?.Dispose());
        ways.Clear();
    }

    private Way? Find(AvStream stream, VideoTrack video)
    {
        string name = AvUtil.PixelFormatName(stream.Format);
        int? depth = name switch
        {
            "yuv420p" => 8,
            "yuv420p10le" => 10,
            _ => null,
        };
        return ways.Find(way => way.Decoder.Format == video.Codec && way.Decoder.BitDepth == depth && !way.IsShut && time.GetUtcNow() >= way.RestsUntil);
    }

    /// <summary>Has both decode how a run begins.</summary>
    private static GivenUp? Try(Way way, AvStream stream, PacketTape packets, PacketRun run)
    {
        packets.End = TriedPackets;
        try
        {
            using var picture = new AvFrame();
            var sums = new Queue<(long? Ticks, ulong Sum)>();
            (int Width, int Height, int Format)? shape = null;
            using (var software = SoftwareRun.Open(stream, packets, run.WantedTicks))
            {
                while (software.TryNext(picture))
                {
                    var its = (picture.Width, picture.Height, picture.Format);
                    if ((shape ??= its) != its)
                    {
                        return GivenUp.Changes;
                    }

                    sums.Enqueue((picture.BestEffortTimestamp, SamplesSeen.SumOf(picture)));
                }

                if (software.HasMetDamage)
                {
                    return new("the film is damaged", DecoderBlame.Film);
                }
            }

            packets.Rewind(keeps: true);
            using var tried = new DeviceRun(way.Decoder, stream, packets, run);
            while (tried.TryNext(picture, out long ticks))
            {
                if (!sums.TryDequeue(out (long? Ticks, ulong Sum) expected) || expected.Ticks != ticks)
                {
                    return new("it gives pictures of other times than software", DecoderBlame.Film);
                }

                if (expected.Sum != SamplesSeen.SumOf(picture))
                {
                    return new("its pictures are not those that software decodes from the same bytes", DecoderBlame.WrongPictures);
                }
            }

            return tried.GivenUp ?? (sums.Count > 0 ? new("it gives fewer pictures than software", DecoderBlame.Film) : null);
        }
        finally
        {
            packets.End = null;
            packets.Rewind(keeps: true);
        }
    }

    private DecoderNote Tell(Way way, TriedStream stream, long? place, GivenUp given)
    {
        if (given.Blame == DecoderBlame.Film)
        {
            stream.GiveUp(place, given.Why);
        }

        way.RestsUntil = given.Blame == DecoderBlame.Device ? time.GetUtcNow() + Rest : way.RestsUntil;
        way.IsShut |= given.Blame == DecoderBlame.WrongPictures;
        return new(way.Decoder.Name, way.Decoder.BitDepth, given.Why, given.Blame);
    }

    private TriedStream Remembered((string Fingerprint, int Stream) stream)
    {
        if (streams.TryGetValue(stream, out TriedStream? tried))
        {
            return tried;
        }

        if (streams.Count == MostStreams)
        {
            streams.Clear();
        }

        return streams[stream] = new();
    }

    private sealed class Way(FilmDecoder decoder)
    {
        public FilmDecoder Decoder => decoder;

        public bool IsShut { get; set; }

        public DateTimeOffset RestsUntil { get; set; } = DateTimeOffset.MinValue;
    }
}
