using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tuning.Layouts;

namespace Transcode.Engine.Segments.Decoding;

/// <summary>Decodes by software, each by itself, those pictures with which decoding may begin: what a device makes of them must be the same, and what is said of them holds up to the next.</summary>
internal sealed class KeyPictures : IDisposable
{
    /// <summary>Pictures held at once: those that a device has not given back, and <see cref="Last"/>.</summary>
    public const int MostHeld = MostOpen + 1;

    /// <summary>Key pictures that a device has been given and not given back.</summary>
    private const int MostOpen = 4;

    private readonly Decoder decoder;
    private readonly PixelLayout layout;
    private readonly SortedDictionary<long, AvFrame> open = [];
    private AvFrame last = new();

    /// <param name="stream">Of the run.</param>
    /// <param name="layout">That software gives pictures in.</param>
    /// <exception cref="AvException">No decoder opens.</exception>
    public KeyPictures(AvStream stream, PixelLayout layout)
    {
        this.layout = layout;
        decoder = Decoder.Open(stream, threads: 1);
    }

    /// <summary>The latest that a device's was the same as: what it says of itself is said of those after it.</summary>
    public AvFrame Last => last;

    /// <summary>Whether one was looked at.</summary>
    public bool HasLast { get; private set; }

    /// <summary>Decodes one.</summary>
    /// <returns>Why the run is none for a device; null where it may be.</returns>
    public string? Add(AvPacket packet)
    {
        if (open.Count == MostOpen)
        {
            return "it holds back pictures";
        }

        var picture = new AvFrame();
        bool isKept = false;
        try
        {
            string? why = Decode(packet, picture) ?? WhyNot(picture);
            isKept = why is null && open.TryAdd(packet.Pts!.Value, picture);
            return why;
        }
        finally
        {
            if (!isKept)
            {
                picture.Dispose();
            }
        }
    }

    /// <summary>Looks at a device's picture beside software's, where there is one of that time.</summary>
    /// <param name="ticks">Its time.</param>
    /// <param name="picture">In memory, of the layout.</param>
    /// <returns>False where they differ.</returns>
    public bool IsRight(long ticks, AvFrame picture)
    {
        if (!open.Remove(ticks, out AvFrame? expected))
        {
            return true;
        }

        last.Dispose();
        (last, HasLast) = (expected, true);
        return SamplesSeen.AreSame(new(picture, layout), new(expected, layout));
    }

    /// <summary>What is said of the picture of a time: of itself, or of the last before it.</summary>
    public AvFrame Describing(long ticks) => open.GetValueOrDefault(ticks) ?? last;

    public void Dispose()
    {
        decoder.Dispose();
        last.Dispose();
        foreach (AvFrame picture in open.Values)
        {
            picture.Dispose();
        }
    }

    private string? Decode(AvPacket packet, AvFrame picture)
    {
        const string apart = "one of its key pictures cannot be decoded by itself";
        decoder.Flush();
        if (!decoder.TrySend(packet) || !decoder.TrySend(null))
        {
            return apart;
        }

        using var further = new AvFrame();
        bool isOne = decoder.Receive(picture) == CodecAnswer.Delivered && decoder.Receive(further) == CodecAnswer.Ended;
        return decoder.HasMetDamage || picture.IsDamaged ? "the film is damaged"
            : isOne && picture.BestEffortTimestamp == packet.Pts ? null
            : apart;
    }

    private string? WhyNot(AvFrame picture) =>
        picture.IsInterlaced || picture.IsRepeated ? "its pictures are fields"
        : AvUtil.PixelFormatName(picture.Format) != layout.Name ? $"software gives its pictures as {AvUtil.PixelFormatName(picture.Format)}"
        : HasLast && !IsLike(last, picture) ? GivenUp.Changes.Why
        : null;

    private static bool IsLike(AvFrame one, AvFrame other) =>
        (one.Width, one.Height, one.Format, one.ColorRange, one.ColorSpace, one.ChromaLocation) == (other.Width, other.Height, other.Format, other.ColorRange, other.ColorSpace, other.ChromaLocation)
        && one.SampleAspectRatio == other.SampleAspectRatio;
}
