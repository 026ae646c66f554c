using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;

namespace Transcode.Engine.Segments;

/// <summary>Gives keyframes near the grid's instants, at the price of a seek and one picture each. Which keyframe a
/// container's seek finds may depend on what was read before; so the source is opened anew, and all that follows is a
/// function of the source and of the frames asked for, in their order.</summary>
internal sealed class KeyframeReader : IDisposable
{
    /// <summary>Packets looked at behind a seek for a keyframe: some seconds of one track.</summary>
    private const int MaxPackets = 1000;

    /// <summary>Bytes of packets looked at in all: where keyframes are not marked, a search must end.</summary>
    private const long MaxPacketBytes = 256L << 20;

    /// <summary>How much earlier the search begins again where a seek went past what was wanted.</summary>
    private static readonly int[] SecondsBack = [0, 2, 10];

    private readonly SourceReader source;
    private readonly Decoder decoder;
    private readonly int streamIndex;
    private readonly StreamClock clock;
    private readonly Rational fifthOfFrame;
    private readonly long ticksPerSecond;
    private readonly AvPacket packet = new();
    private readonly AvFrame picture = new();
    private long? shown;
    private long lookedAtBytes;

    /// <param name="source">Opened.</param>
    /// <param name="description">As probed; it has video.</param>
    public KeyframeReader(SourceReader source, SourceDescription description)
    {
        this.source = source;
        source.Reopen();
        streamIndex = description.Video!.StreamIndex;
        source.Container.Select(streamIndex);
        AvStream stream = source.Container.Stream(streamIndex);
        clock = new(stream.TimeBase, description.OriginMicroseconds);
        Rational rate = description.Grid.FrameRate;
        fifthOfFrame = new(rate.Denominator, rate.Numerator * 5);
        ticksPerSecond = clock.TicksAt(1, new(1, 1)) - clock.TicksAt(0, new(1, 1));
        decoder = Decoder.Open(stream, threads: 1);
    }

    /// <summary>Pictures decoded so far.</summary>
    public long DecodedPixels { get; private set; }

    /// <summary>The keyframe for grid frame <paramref name="frame"/>; the one before where there is none; null where not one
    /// was found yet. The frame stays the reader's.</summary>
    public AvFrame? PictureNear(long frame)
    {
        // The rule of every rendition: the last picture whose time is at most (n + 2/5) / rate.
        long wanted = clock.TicksAt((frame * 5) + 2, fifthOfFrame);
        foreach (int seconds in SecondsBack)
        {
            if (TrySeek(wanted - (seconds * ticksPerSecond))
                && NextKeyframe() is { } found
                && (found <= wanted || seconds == SecondsBack[^1]))
            {
                Show(found);
                break;
            }
        }

        // A source that cannot seek shows its first picture.
        if (shown is null && NextKeyframe() is { } next)
        {
            Show(next);
        }

        return shown is null ? null : picture;
    }

    public void Dispose()
    {
        decoder.Dispose();
        picture.Dispose();
        packet.Dispose();
    }

    private bool TrySeek(long ticks)
    {
        bool isThere = source.TrySeek(streamIndex, ticks);
        source.Container.Select(streamIndex);
        return isThere;
    }

    private long? NextKeyframe()
    {
        for (int i = 0; i < MaxPackets && lookedAtBytes < MaxPacketBytes && source.Container.TryRead(packet); i++)
        {
            lookedAtBytes += packet.Size;
            if (packet.StreamIndex == streamIndex && packet.IsKey && (packet.Pts ?? packet.Dts) is { } ticks)
            {
                return ticks;
            }
        }

        return null;
    }

    private void Show(long ticks)
    {
        if (shown == ticks)
        {
            return;
        }

        // The decoder has only this picture: told that it is the last, it gives it at once.
        decoder.TrySend(packet);
        decoder.TrySend(null);
        if (decoder.Receive(picture) == CodecAnswer.Delivered)
        {
            DecodedPixels += (long)picture.Width * picture.Height;
            shown = ticks;
        }
        else
        {
            shown = null;
        }

        decoder.Flush();
    }
}
