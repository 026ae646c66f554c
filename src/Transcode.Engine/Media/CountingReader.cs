namespace Transcode.Engine.Media;

/// <summary>Counts the bytes that were read.</summary>
internal sealed class CountingReader(IByteReader inner) : IByteReader
{
    public string Fingerprint => inner.Fingerprint;

    public long Length => inner.Length;

    public long Count { get; private set; }

    public int Read(long offset, Span<byte> buffer)
    {
        int got = inner.Read(offset, buffer);
        Count += got;
        return got;
    }
}
