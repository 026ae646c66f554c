using System.IO.Pipelines;

namespace Appliance.Playback;

/// <summary>One client's way through an artifact, on disk or in the making. Disposing tells that the client is gone.</summary>
internal abstract class ArtifactReader : IDisposable
{
    /// <summary>Where the bytes come from, for the curious: <c>hit</c>, <c>joined</c> or <c>made</c>.</summary>
    public abstract string Origin { get; }

    /// <summary>In bytes, or null while it is being made.</summary>
    public abstract long? KnownLength { get; }

    /// <summary>Waits for the first bytes: what fails before can still be answered with an error.</summary>
    public abstract Task BeginAsync(CancellationToken cancellationToken);

    /// <summary>Waits for the end.</summary>
    /// <returns>The length in bytes.</returns>
    public abstract Task<long> CompleteAsync(CancellationToken cancellationToken);

    /// <summary>The bytes from <paramref name="offset"/>, at most <paramref name="count"/>; each piece is valid until the next.</summary>
    public abstract IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(long offset, long count, CancellationToken cancellationToken);

    /// <summary>Writes the bytes from <paramref name="offset"/>, at most <paramref name="count"/>, each piece as soon as it is there.</summary>
    public virtual async Task CopyToAsync(PipeWriter output, long offset, long count, CancellationToken cancellationToken)
    {
        await foreach (ReadOnlyMemory<byte> piece in ReadAsync(offset, count, cancellationToken))
        {
            await output.WriteAsync(piece, cancellationToken);
        }
    }

    /// <summary>Waits until nothing more is done about a complete artifact: the work is recorded, so that what is kept from
    /// now on has been metered.</summary>
    public abstract Task SettledAsync(CancellationToken cancellationToken);

    public abstract void Dispose();
}
