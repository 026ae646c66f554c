using System.Threading.Channels;
using Transcode.Engine.Media;

namespace Transcode.Engine.Tests.Workers;

/// <summary>Bytes in memory; a read that reaches the gate says so and waits until the gate is open.</summary>
internal sealed class GatedSource(byte[] bytes, string fingerprint, long gateAt = long.MaxValue) : IByteSource
{
    private readonly TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<long> arrivals = Channel.CreateUnbounded<long>();

    public string Fingerprint => fingerprint;

    public long Length => bytes.Length;

    /// <summary>The offsets of reads that came to the gate.</summary>
    public ChannelReader<long> Arrivals => arrivals.Reader;

    public void Open() => gate.TrySetResult();

    public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (offset + buffer.Length > gateAt)
        {
            arrivals.Writer.TryWrite(offset);
            await gate.Task.WaitAsync(cancellationToken);
        }

        int count = (int)Math.Min(buffer.Length, bytes.Length - offset);
        bytes.AsMemory((int)offset, count).CopyTo(buffer);
        return count;
    }
}
