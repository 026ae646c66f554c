using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Media;

/// <summary>Where a source's timeline begins and where its picture and sound really end, as seen in the packets
/// themselves: headers of truncated, growing or badly muxed files claim lengths that are not there.</summary>
/// <param name="OriginMicroseconds">The container's timestamp at the timeline's zero.</param>
/// <param name="Video">End of the picture on the timeline; zero where there is none.</param>
/// <param name="Audio">End of the sound on the timeline; zero where there is none.</param>
internal readonly record struct SourceEnd(long OriginMicroseconds, TimeSpan Video, TimeSpan Audio)
{
    /// <summary>How far before the claimed end the first look begins; doubled until packets are found.</summary>
    private const long FirstLookMicroseconds = 4_000_000;

    /// <summary>A source this small is simply read from the start, which is exact whatever the container knows.</summary>
    private const long WholeReadMicroseconds = 30_000_000;

    /// <exception cref="IOException">The source could not be read.</exception>
    public static SourceEnd Find(SourceReader source, int? video, int? audio, Rational frameRate)
    {
        long? start = source.Container.StartMicroseconds;
        var extent = new Extent(source, video, audio, frameRate);
        long? duration = (source.LastClusterMicroseconds - start) ?? source.Container.DurationMicroseconds;
        long? claimedEnd = start + duration;
        bool fromStart = claimedEnd is null || duration <= WholeReadMicroseconds;
        long back = FirstLookMicroseconds;
        while (!fromStart)
        {
            if (TryLook(source, extent, claimedEnd!.Value - back))
            {
                break;
            }

            back *= 4;
            fromStart = back > duration;
        }

        if (fromStart)
        {
            source.Reopen();
            extent = new Extent(source, video, audio, frameRate);
            extent.ReadToEnd();
        }

        long origin = start ?? extent.FirstMicroseconds ?? 0;
        return new(origin, extent.VideoEnd(origin), extent.AudioEnd(origin));
    }

    private static bool TryLook(SourceReader source, Extent extent, long fromMicroseconds)
    {
        if (!source.TrySeek(-1, fromMicroseconds))
        {
            return false;
        }

        extent.ReadToEnd();
        return extent.IsComplete;
    }

    /// <summary>The latest ends of packets seen.</summary>
    private sealed class Extent(SourceReader source, int? video, int? audio, Rational frameRate)
    {
        private long? videoEnd;
        private long? audioEnd;
        private long? decodeEnd;
        private bool hasUnstamped;
        private long videoPackets;

        public long? FirstMicroseconds { get; private set; }

        public bool IsComplete => (video is null || videoEnd is not null) && (audio is null || audioEnd is not null);

        public void ReadToEnd()
        {
            source.Container.SelectAll();
            using var packet = new AvPacket();
            while (source.Container.TryRead(packet))
            {
                if (packet.StreamIndex == video)
                {
                    videoPackets++;
                    AvStream stream = source.Container.Stream(packet.StreamIndex);
                    Extend(ref videoEnd, packet, FrameTicks(stream));
                    ExtendDecode(packet, stream);
                }
                else if (packet.StreamIndex == audio)
                {
                    Extend(ref audioEnd, packet, lastedWhenUnknown: 0);
                }
            }
        }

        /// <summary>A picture without any timestamp lasts as many frames as there were packets.</summary>
        public TimeSpan VideoEnd(long origin) =>
            video is null ? TimeSpan.Zero
            : videoEnd is { } end ? TimeSpan.FromMicroseconds((hasUnstamped ? Math.Max(end, decodeEnd ?? end) : end) - origin)
            : TimeSpan.FromSeconds(videoPackets / frameRate.ToDouble());

        public TimeSpan AudioEnd(long origin) =>
            audio is null || audioEnd is null ? TimeSpan.Zero : TimeSpan.FromMicroseconds(audioEnd.Value - origin);

        private void Extend(ref long? end, AvPacket packet, long lastedWhenUnknown)
        {
            if ((packet.Pts ?? packet.Dts) is not { } time)
            {
                return;
            }

            var clock = new StreamClock(source.Container.Stream(packet.StreamIndex).TimeBase, originMicroseconds: 0);
            long ended = clock.Microseconds(time + (packet.Duration > 0 ? packet.Duration : lastedWhenUnknown));
            end = Math.Max(end ?? long.MinValue, ended);
            FirstMicroseconds = Math.Min(FirstMicroseconds ?? long.MaxValue, clock.Microseconds(time));
        }

        /// <summary>Old containers give reordered pictures no presentation time. The last one shown is the last one decoded,
        /// later by the codec's reordering.</summary>
        private void ExtendDecode(AvPacket packet, AvStream stream)
        {
            hasUnstamped |= packet.Pts is null;
            if (packet.Dts is { } time)
            {
                var clock = new StreamClock(stream.TimeBase, originMicroseconds: 0);
                long ended = clock.Microseconds(time + (FrameTicks(stream) * (1 + stream.ReorderedPictures)));
                decodeEnd = Math.Max(decodeEnd ?? long.MinValue, ended);
            }
        }

        private long FrameTicks(AvStream stream) =>
            stream.TimeBase.IsKnown
                ? (new Rational(stream.TimeBase.Den, stream.TimeBase.Num) / frameRate).RoundOf(1)
                : 0;
    }
}
