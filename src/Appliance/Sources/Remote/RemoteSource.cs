namespace Appliance.Sources.Remote;

/// <summary>A film on another machine, read in blocks through the cache of this one.</summary>
internal sealed class RemoteSource(OriginUrl url, OriginFace face, string fingerprint, RemoteBlocks blocks) : IServedBytes
{
    public OriginUrl Url => url;

    public OriginFace Face => face;

    public string Fingerprint => fingerprint;

    public long Length => face.Length;

    public string Place => url.Shown;

    public bool IsFar => true;

    public void CheckUnchanged()
    {
        if (blocks.Gone is { } reason)
        {
            throw new SourceGoneException(reason);
        }
    }

    public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken) => ReadAsync(blocks, face, offset, buffer, cancellationToken);

    /// <summary>Reads across blocks, as an <see cref="Transcode.Engine.Media.IByteSource"/> does.</summary>
    public static async ValueTask<int> ReadAsync(RemoteBlocks blocks, OriginFace face, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        int wanted = (int)Math.Clamp(face.Length - offset, 0, buffer.Length);
        int filled = 0;
        while (filled < wanted)
        {
            (long number, long inside) = Math.DivRem(offset + filled, OriginCache.BlockBytes);
            ReadOnlyMemory<byte> rest = (await blocks.GetAsync(number, cancellationToken)).AsMemory((int)inside);
            int count = Math.Min(rest.Length, wanted - filled);
            rest[..count].CopyTo(buffer[filled..]);
            filled += count;
        }

        return filled;
    }
}
