using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;

namespace Transcode.Engine.Segments.Captions;

/// <summary>The captions of a stretch of the timeline, pair by pair in the order they are shown: of a track of their own, or of
/// the picture, whose packets come in the order they are decoded.</summary>
internal sealed class CaptionPackets
{
    /// <summary>A compressed picture is smaller.</summary>
    private const int MaxPacketBytes = 16 * 1024 * 1024;

    /// <summary>Packets held until it is sure that none comes that is shown before: decoders hold 16 pictures, or twice as many
    /// fields, at most.</summary>
    private const int Held = 48;

    private readonly SubtitlePackets packets;
    private readonly CaptionUnits? units;
    private readonly PriorityQueue<byte[], (long Time, int Order)> held = new();
    private readonly List<byte> triplets = [];

    public CaptionPackets(SourceReader source, SourceDescription description, int streamIndex)
    {
        packets = new(source, description, streamIndex, MaxPacketBytes);
        AvStream stream = source.Container.Stream(streamIndex);
        units = stream.MediaType == AvUtil.AVMEDIA_TYPE_VIDEO ? CaptionUnits.Of(stream) : null;
    }

    /// <param name="start">First millisecond.</param>
    /// <param name="end">First millisecond after the stretch.</param>
    /// <param name="take">Gets each triplet with its millisecond; false ends the reading.</param>
    /// <param name="cancellationToken">Looked at between packets.</param>
    public void Read(long start, long end, Func<byte[], long, bool> take, CancellationToken cancellationToken)
    {
        int order = 0;
        bool goesOn = true;
        held.Clear();
        bool Give()
        {
            held.TryDequeue(out byte[]? bytes, out (long Time, int Order) at);
            for (int i = 0; goesOn && i + 3 <= bytes!.Length; i += 3)
            {
                goesOn = take(bytes[i..(i + 3)], at.Time);
            }

            return goesOn;
        }

        packets.Read(
            start,
            end,
            (packet, time) =>
            {
                held.Enqueue(TripletsOf(packet), (time, order++));
                return held.Count <= Held || Give();
            },
            cancellationToken);
        while (goesOn && held.Count > 0)
        {
            Give();
        }
    }

    private byte[] TripletsOf(AvPacket packet)
    {
        if (units is null)
        {
            return packet.Data.ToArray();
        }

        triplets.Clear();
        units.Read(packet.Data, triplets);
        return [.. triplets];
    }
}
