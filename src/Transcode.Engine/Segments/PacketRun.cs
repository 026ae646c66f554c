using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>The compressed pictures from the last keyframe at or before a wanted picture. Which keyframe that is depends on
/// the source alone, never on where a container's seek happened to land or what was read before: that is what makes a
/// segment the same bytes whenever it is asked for.</summary>
internal sealed class PacketRun : IDisposable
{
    /// <summary>Packets held while looking for the last keyframe: a group of pictures of some minutes, or a hostile file.</summary>
    private const int MaxHeldPackets = 20_000;

    private const int MaxHeldBytes = 256 * 1024 * 1024;

    private readonly Queue<AvPacket> held = new();
    private readonly Demuxer container;
    private readonly int streamIndex;
    private bool ended;

    private PacketRun(Demuxer container, int streamIndex)
    {
        this.container = container;
        this.streamIndex = streamIndex;
    }

    /// <summary>Presentation time of the keyframe the run starts with; null where it starts at the source's beginning.</summary>
    public long? StartTicks { get; private set; }

    /// <summary>Presentation time of the wanted picture as far as the container's packets tell: pictures before it need
    /// not be kept. Null where packets carry no presentation times.</summary>
    public long? WantedTicks { get; private set; }

    /// <summary>Presentation time of the picture before the wanted one, where this run holds it.</summary>
    private long? BeforeWantedTicks { get; set; }

    /// <summary>Finds the run for the picture shown at <paramref name="limitTicks"/>.</summary>
    /// <param name="source">The source.</param>
    /// <param name="streamIndex">Its picture's stream.</param>
    /// <param name="limitTicks">Time, in the stream's ticks, of the latest picture wanted.</param>
    /// <param name="withOneBefore">Whether the picture before that one is wanted too: a deinterlacer looks at it.</param>
    public static PacketRun Find(SourceReader source, int streamIndex, long limitTicks, bool withOneBefore)
    {
        PacketRun run = Find(source, streamIndex, limitTicks);
        if (!withOneBefore || run.StartTicks is not { } start)
        {
            return run;
        }

        if (run.BeforeWantedTicks is { } before)
        {
            run.WantedTicks = before;
            return run;
        }

        if (start <= source.StartTime(streamIndex))
        {
            return run;
        }

        // The run begins with the wanted picture: the one before it is the last of the run before.
        run.Dispose();
        return Find(source, streamIndex, start - 1);
    }

    private static PacketRun Find(SourceReader source, int streamIndex, long limitTicks)
    {
        long second = TicksPerSecond(source.Container.Stream(streamIndex));
        long first = source.StartTime(streamIndex) ?? 0;
        // Each step goes further back, so that a source without an index is searched in a few steps; the last one is
        // the beginning.
        for (long back = 0; limitTicks - back > first; back = back == 0 ? 2 * second : back * 4)
        {
            // A seek reads the stream's packets to find its way: it must see them, and need not see others.
            source.Container.Select(streamIndex);
            if (!source.TrySeek(streamIndex, limitTicks - back))
            {
                continue;
            }

            source.Container.Select(streamIndex);
            var run = new PacketRun(source.Container, streamIndex);
            if (run.TryCollect(limitTicks))
            {
                return run;
            }

            run.Dispose();
        }

        return FromBeginning(source, streamIndex, limitTicks);
    }

    /// <summary>The next packet, in decode order; false at the end.</summary>
    public bool TryTake(AvPacket packet)
    {
        if (held.TryDequeue(out AvPacket? first))
        {
            using (first)
            {
                packet.Take(first);
            }

            return true;
        }

        return !ended && TryReadNext(packet);
    }

    public void Dispose()
    {
        while (held.TryDequeue(out AvPacket? packet))
        {
            packet.Dispose();
        }
    }

    private static PacketRun FromBeginning(SourceReader source, int streamIndex, long limitTicks)
    {
        source.Reopen();
        source.Container.Select(streamIndex);
        var run = new PacketRun(source.Container, streamIndex);
        if (!run.TryCollect(limitTicks))
        {
            // No keyframe is marked before the wanted picture: decode whatever there is from the first byte on.
            run.Dispose();
            source.Reopen();
            source.Container.Select(streamIndex);
            run = new(source.Container, streamIndex);
        }

        return run;
    }

    /// <summary>Reads on until past the limit, holding what follows the last keyframe at or before it.</summary>
    private bool TryCollect(long limitTicks)
    {
        using var packet = new AvPacket();
        long heldBytes = 0;
        while (TryReadNext(packet))
        {
            if (packet.IsKey && (packet.Pts ?? packet.Dts) is { } keyTicks)
            {
                if (keyTicks > limitTicks && StartTicks is null)
                {
                    return false;
                }

                if (keyTicks <= limitTicks)
                {
                    Dispose();
                    heldBytes = 0;
                    (WantedTicks, BeforeWantedTicks) = (null, null);
                    StartTicks = keyTicks;
                }
            }

            if (StartTicks is null)
            {
                continue;
            }

            heldBytes += packet.Size;
            if (packet.Pts is { } pts && pts <= limitTicks)
            {
                See(pts);
            }

            // Decode times never exceed presentation times: from here on no keyframe can be early enough.
            bool past = (packet.Dts ?? packet.Pts) > limitTicks;
            held.Enqueue(packet.Share());
            if (past || held.Count >= MaxHeldPackets || heldBytes >= MaxHeldBytes)
            {
                return true;
            }
        }

        return StartTicks is not null;
    }

    /// <summary>Keeps the two latest times. Pictures shown before the keyframe are not of this run.</summary>
    private void See(long pts)
    {
        if (WantedTicks is not { } wanted || pts > wanted)
        {
            BeforeWantedTicks = WantedTicks;
            WantedTicks = pts;
        }
        else if (pts < wanted && pts >= StartTicks)
        {
            BeforeWantedTicks = Math.Max(BeforeWantedTicks ?? pts, pts);
        }
    }

    private bool TryReadNext(AvPacket packet)
    {
        while (container.TryRead(packet))
        {
            if (packet.StreamIndex == streamIndex)
            {
                return true;
            }
        }

        ended = true;
        return false;
    }

    private static long TicksPerSecond(AvStream stream) =>
        stream.TimeBase.IsKnown ? Math.Max(1, stream.TimeBase.Den / stream.TimeBase.Num) : AvUtil.AV_TIME_BASE;
}
