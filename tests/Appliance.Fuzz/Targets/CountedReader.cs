using Transcode.Engine.Media;

namespace Appliance.Fuzz.Targets;

/// <summary>Bytes in memory, and how often they were asked for: a search that reads for ever must not pass for one that is slow.</summary>
internal sealed class CountedReader(byte[] bytes) : IByteReader
{
    public int Reads { get; private set; }

    public string Fingerprint => "";

    public long Length => bytes.Length;

    public int Read(long offset, Span<byte> buffer)
    {
        Reads++;
        int count = (int)Math.Clamp(bytes.Length - offset, 0, buffer.Length);
        bytes.AsSpan((int)Math.Clamp(offset, 0, bytes.Length), count).CopyTo(buffer);
        return count;
    }
}
