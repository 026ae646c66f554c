using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Segments.Decoding;

/// <summary>A run's packets, kept from its first on while that is wanted: what a device was given can be given to software, without asking the source again.</summary>
/// <param name="run">Read from here on by nobody else.</param>
internal sealed class PacketTape(PacketRun run) : IDisposable
{
    /// <summary>Kept of one run, but for the last packet.</summary>
    public const long MostBytes = 64L << 20;

    private const int MostPackets = 4096;

    private readonly List<AvPacket> kept = [];
    private long keptBytes;
    private int position;
    private bool isKeeping;

    /// <summary>Packets after which the run seems to be over; null for its own end.</summary>
    public int? End { get; set; }

    /// <summary>Whether no more are kept: the run is longer than there is room.</summary>
    public bool IsFull => kept.Count >= MostPackets || keptBytes >= MostBytes;

    /// <summary>Keeps them from here on. To be asked before the first is taken.</summary>
    public void Keep() => isKeeping = true;

    /// <summary>Begins anew.</summary>
    /// <param name="keeps">Whether they are still kept.</param>
    public void Rewind(bool keeps)
    {
        position = 0;
        isKeeping = keeps;
    }

    /// <summary>The next packet, in decode order; false at the end.</summary>
    public bool TryTake(AvPacket packet)
    {
        if (position < kept.Count)
        {
            using AvPacket shared = kept[position].Share();
            packet.Take(shared);
            if (!isKeeping)
            {
                keptBytes -= kept[position].Size;
                kept[position].Clear();
            }

            position++;
            return true;
        }

        if (position >= End || !run.TryTake(packet))
        {
            return false;
        }

        if (isKeeping)
        {
            kept.Add(packet.Share());
            keptBytes += packet.Size;
            position++;
        }

        return true;
    }

    public void Dispose()
    {
        kept.ForEach(packet => packet.Dispose());
        kept.Clear();
    }
}
