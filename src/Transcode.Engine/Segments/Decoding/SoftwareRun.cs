using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Segments.Decoding;

/// <summary>A run's pictures as libav's own decoder gives them.</summary>
/// <param name="decoder">This ends it.</param>
/// <param name="packets">Of the run; stay the caller's.</param>
/// <param name="wantedTicks">Time of the picture that is wanted first; null where nobody knows.</param>
internal sealed class SoftwareRun(Decoder decoder, PacketTape packets, long? wantedTicks) : IDisposable
{
    /// <summary>Where a stream is damaged, libav conceals it from pictures that its other threads are still writing: with more than one,
    /// what comes out is a matter of luck.</summary>
    private const int DecoderThreads = 1;

    private readonly AvPacket packet = new();
    private bool isPending;
    private bool isDraining;

    public bool HasMetDamage => decoder.HasMetDamage;

    /// <exception cref="AvException">No decoder opens.</exception>
    public static SoftwareRun Open(AvStream stream, PacketTape packets, long? wantedTicks) =>
        new(Decoder.Open(stream, DecoderThreads), packets, wantedTicks);

    /// <summary>Takes the next picture that decodes, in the order they are shown.</summary>
    /// <returns>False after the last.</returns>
    public bool TryNext(AvFrame into)
    {
        while (true)
        {
            switch (decoder.Receive(into))
            {
                case CodecAnswer.Delivered:
                    return true;
                case CodecAnswer.Ended:
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

    public void Dispose()
    {
        decoder.Dispose();
        packet.Dispose();
    }

    private void Feed()
    {
        if (!isPending && !isDraining)
        {
            isPending = packets.TryTake(packet);
            isDraining = !isPending;
        }

        // What nothing refers to and nobody wants to see need not be decoded on the way to the wanted picture.
        decoder.SkipsUnreferenced = isPending && packet.Pts < wantedTicks;
        if (decoder.TrySend(isPending ? packet : null))
        {
            isPending = false;
        }
    }
}
