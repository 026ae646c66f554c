using System.Security.Cryptography;
using Transcode.Engine.Media;

namespace Transcode.Engine.Tests.Media;

/// <summary>A file's bytes in memory, as the worker would see them.</summary>
internal sealed class FileReader(byte[] bytes) : IByteReader
{
    public byte[] Bytes { get; } = bytes;

    public string Fingerprint { get; } = Convert.ToHexStringLower(SHA256.HashData(bytes));

    public long Length => Bytes.Length;

    /// <summary>Called before each read with its offset; may throw.</summary>
    public Action<long>? OnRead { get; init; }

    public int Read(long offset, Span<byte> buffer)
    {
        OnRead?.Invoke(offset);
        int count = (int)Math.Clamp(Bytes.Length - offset, 0, buffer.Length);
        Bytes.AsSpan((int)Math.Min(offset, Bytes.Length), count).CopyTo(buffer);
        return count;
    }
}
