using Transcode.Engine.Media;

namespace Transcode.Engine.Workers;

/// <summary>A source that lies in memory.</summary>
internal sealed class HeldBytes(byte[] held, string fingerprint) : IByteSource
{
    public string Fingerprint => fingerprint;

    public long Length => held.Length;

    public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        int count = (int)Math.Clamp(held.Length - offset, 0, buffer.Length);
        held.AsMemory((int)Math.Min(offset, held.Length), count).CopyTo(buffer);
        return ValueTask.FromResult(count);
    }
}
