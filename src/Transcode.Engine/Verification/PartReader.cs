using Transcode.Engine.Media;

namespace Transcode.Engine.Verification;

/// <summary>A stretch of a longer stretch of bytes, as if it were all there is.</summary>
/// <param name="whole">What it lies in.</param>
/// <param name="start">Where, in bytes.</param>
/// <param name="length">In bytes.</param>
/// <param name="name">Tells its bytes from those of other parts.</param>
internal sealed class PartReader(IByteReader whole, long start, long length, string name) : IByteReader
{
    public string Fingerprint => $"{whole.Fingerprint}/{name}";

    public long Length => length;

    public int Read(long offset, Span<byte> buffer)
    {
        int count = (int)Math.Clamp(length - offset, 0, buffer.Length);
        return count == 0 ? 0 : whole.Read(start + offset, buffer[..count]);
    }
}
