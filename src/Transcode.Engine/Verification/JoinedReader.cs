using Transcode.Engine.Media;

namespace Transcode.Engine.Verification;

/// <summary>An initialization segment and a media segment as one file.</summary>
internal sealed class JoinedReader(IByteReader first, IByteReader second) : IByteReader
{
    public string Fingerprint => $"{first.Fingerprint}+{second.Fingerprint}";

    public long Length => first.Length + second.Length;

    public int Read(long offset, Span<byte> buffer) => offset < first.Length
        ? first.Read(offset, buffer[..(int)Math.Min(buffer.Length, first.Length - offset)])
        : second.Read(offset - first.Length, buffer);
}
