using System.Security.Cryptography;
using Transcode.Engine.Media;

namespace Appliance.Fuzz.Targets;

/// <summary>A source in memory.</summary>
internal sealed class MemorySource(byte[] bytes) : IByteSource
{
    public string Fingerprint { get; } = Convert.ToHexStringLower(SHA256.HashData(bytes));

    public long Length => bytes.Length;

    public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        int count = (int)Math.Clamp(bytes.Length - offset, 0, buffer.Length);
        bytes.AsSpan((int)Math.Min(offset, bytes.Length), count).CopyTo(buffer.Span);
        return ValueTask.FromResult(count);
    }
}
