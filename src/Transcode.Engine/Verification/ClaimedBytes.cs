using System.Security.Cryptography;
using Transcode.Engine.Media;

namespace Transcode.Engine.Verification;

/// <summary>All that a worker needs to verify a rendition, as one stretch of bytes: the source, then the rendition's initialization segment, then its
/// media segment. So nothing of it is opened outside a worker, and a worker still reads one thing only.</summary>
/// <param name="source">As whoever verifies has it.</param>
/// <param name="init">As the box gives it.</param>
/// <param name="media">As the box gives it.</param>
public sealed class ClaimedBytes(IByteSource source, ReadOnlyMemory<byte> init, ReadOnlyMemory<byte> media) : IByteSource
{
    /// <inheritdoc/>
    /// <remarks>SHA-256 of what identifies all three.</remarks>
    public string Fingerprint { get; } = Convert.ToHexStringLower(SHA256.HashData(
        [.. SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(source.Fingerprint)), .. SHA256.HashData(init.Span), .. SHA256.HashData(media.Span)]));

    /// <inheritdoc/>
    public long Length => source.Length + init.Length + media.Length;

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        int total = 0;
        while (total < buffer.Length && offset + total < Length)
        {
            int got = await ReadOneAsync(offset + total, buffer[total..], cancellationToken).ConfigureAwait(false);
            if (got == 0)
            {
                throw new IOException("The source has become shorter.");
            }

            total += got;
        }

        return total;
    }

    private async ValueTask<int> ReadOneAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (offset < source.Length)
        {
            return await source.ReadAsync(offset, buffer[..(int)Math.Min(buffer.Length, source.Length - offset)], cancellationToken).ConfigureAwait(false);
        }

        offset -= source.Length;
        (ReadOnlyMemory<byte> held, long start) = offset < init.Length ? (init, offset) : (media, offset - init.Length);
        int count = (int)Math.Min(buffer.Length, held.Length - start);
        held.Slice((int)start, count).CopyTo(buffer);
        return count;
    }
}
