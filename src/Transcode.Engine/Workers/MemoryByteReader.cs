using System.Security.Cryptography;
using Transcode.Engine.Media;

namespace Transcode.Engine.Workers;

/// <summary>A source that is in memory.</summary>
internal sealed class MemoryByteReader(byte[] bytes) : IByteReader
{
    public string Fingerprint { get; } = Convert.ToHexStringLower(SHA256.HashData(bytes));

    public long Length => bytes.Length;

    public int Read(long offset, Span<byte> buffer)
    {
        int count = (int)Math.Clamp(bytes.Length - offset, 0, buffer.Length);
        bytes.AsSpan((int)Math.Min(offset, bytes.Length), count).CopyTo(buffer);
        return count;
    }
}
