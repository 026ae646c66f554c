namespace Transcode.Engine.Media;

/// <summary>Random-access bytes with a fingerprint: all that the engine ever knows of a file, an upload or a URL.
/// The bytes must not change while the object lives; a changed file is another source.</summary>
public interface IByteSource
{
    /// <summary>Identifies the bytes, whatever they are called and wherever they lie: lower-case hexadecimal.</summary>
    string Fingerprint { get; }

    /// <summary>In bytes.</summary>
    long Length { get; }

    /// <summary>Whether the bytes may have to come from another machine first: a worker then waits more than it works, and must keep nobody else waiting.</summary>
    bool IsFar => false;

    /// <summary>Reads at <paramref name="offset"/> into the whole of <paramref name="buffer"/> where that many bytes are
    /// left, else what is left.</summary>
    /// <returns>The bytes read; 0 only at or past the end.</returns>
    /// <exception cref="IOException">The bytes cannot be had.</exception>
    ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken);
}
