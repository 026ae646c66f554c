using System.Text;
using Transcode.Engine.Media;

namespace Transcode.Engine.Workers;

/// <summary>A source read over the pipe, in blocks. Blocks are kept from one order to the next on the same source, and the
/// next one is asked for while this one is decoded. The order's thread reads; the pipe's thread delivers.</summary>
internal sealed class PipeByteReader(WorkerPipe pipe) : IByteReader, IDisposable
{
    /// <summary>16 MiB: several seconds of most films, so that the lead-in of the next segment is often at hand.</summary>
    private const int CachedBlocks = 64;

    private const int SilenceMilliseconds = 1000;

    private readonly Lock gate = new();
    private readonly BlockCache cache = new(CachedBlocks);
    private readonly Dictionary<int, long> pending = [];
    private readonly AutoResetEvent delivered = new(initialState: false);
    private CancellationToken cancellation;
    private int lastRequest;
    private long lastBlock = -2;
    private long failedBlock = -1;
    private string failure = "";

    public string Fingerprint { get; private set; } = "";

    public long Length { get; private set; }

    /// <summary>Source bytes that the work in hand has used, from the pipe or from blocks held.</summary>
    public long BytesConsumed { get; private set; }

    /// <summary>Turns to the source of the orders in hand.</summary>
    public void Begin(in OrderMessage message, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (message.Fingerprint != Fingerprint || message.Length != Length)
            {
                cache.Clear();
                lastBlock = -2;
            }

            // What is still under way belongs to an order that is over; its answers will not be waited for.
            pending.Clear();
            failedBlock = -1;
            Fingerprint = message.Fingerprint;
            Length = message.Length;
            BytesConsumed = 0;
            cancellation = cancellationToken;
        }
    }

    /// <summary>Lets a waiting read look at its cancellation.</summary>
    public void Wake() => delivered.Set();

    public void Dispose() => delivered.Dispose();

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">The order was cancelled.</exception>
    public int Read(long offset, Span<byte> buffer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        int total = 0;
        while (total < buffer.Length && offset + total < Length)
        {
            (long number, long inside) = Math.DivRem(offset + total, MessageLimits.BlockBytes);
            ReadOnlySpan<byte> rest = Block(number).AsSpan((int)inside);
            int count = Math.Min(rest.Length, buffer.Length - total);
            rest[..count].CopyTo(buffer[total..]);
            total += count;
        }

        BytesConsumed += total;
        if (total > 0 && Environment.TickCount64 - pipe.LastSentAt > SilenceMilliseconds)
        {
            // Decoding long from blocks held is work too: the parent would otherwise take the silence for a hang.
            pipe.Send(Frames.Progress(BytesConsumed));
        }

        return total;
    }

    /// <summary>The parent answered a read.</summary>
    /// <exception cref="ProtocolException">The answer does not fit its request.</exception>
    public void Deliver(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        int request = reader.Int32();
        bool failed = reader.Byte() != 0;
        ReadOnlySpan<byte> rest = reader.Rest();
        lock (gate)
        {
            if (!pending.Remove(request, out long number))
            {
                return;
            }

            if (failed)
            {
                (failedBlock, failure) = (number, Encoding.UTF8.GetString(rest));
            }
            else if (rest.Length == BlockLength(number))
            {
                cache.Add(number, rest.ToArray());
            }
            else
            {
                throw new ProtocolException($"A block of {rest.Length} bytes came where {BlockLength(number)} were asked for.");
            }
        }

        delivered.Set();
    }

    private byte[] Block(long number)
    {
        bool asked = false;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            lock (gate)
            {
                if (cache.Get(number) is { } bytes)
                {
                    AskAhead(number);
                    return bytes;
                }

                if (asked && failedBlock == number)
                {
                    failedBlock = -1;
                    throw new IOException(failure);
                }

                if (!asked || !pending.ContainsValue(number))
                {
                    failedBlock = -1;
                    asked = Ask(number);
                    AskAhead(number);
                }
            }

            delivered.WaitOne();
        }
    }

    /// <summary>The next block, where reading goes forward.</summary>
    private void AskAhead(long number)
    {
        bool forward = number == lastBlock || number == lastBlock + 1;
        lastBlock = number;
        if (forward && BlockLength(number + 1) > 0 && !cache.Contains(number + 1))
        {
            Ask(number + 1);
        }
    }

    /// <summary>Asks for a block unless it is on its way.</summary>
    /// <returns>False where too much is on its way already.</returns>
    private bool Ask(long number)
    {
        if (pending.ContainsValue(number))
        {
            return true;
        }

        if (pending.Count == MessageLimits.OutstandingReads)
        {
            return false;
        }

        int request = ++lastRequest;
        pending.Add(request, number);
        pipe.Send(Frames.Read(new ReadMessage(request, number * MessageLimits.BlockBytes, BlockLength(number))));
        return true;
    }

    private int BlockLength(long number) =>
        (int)Math.Clamp(Length - (number * MessageLimits.BlockBytes), 0, MessageLimits.BlockBytes);
}
