namespace Transcode.Engine.Media;

/// <summary>A source's bytes as the worker sees them: synchronous, because libav asks from inside a native call.</summary>
internal interface IByteReader
{
    /// <summary>The source's fingerprint.</summary>
    string Fingerprint { get; }

    /// <summary>In bytes.</summary>
    long Length { get; }

    /// <summary>Fills <paramref name="buffer"/> from <paramref name="offset"/> as far as the source reaches.</summary>
    /// <returns>The bytes read; 0 only at or past the end.</returns>
    /// <exception cref="IOException">The parent could not read the source.</exception>
    int Read(long offset, Span<byte> buffer);
}
