namespace Appliance.Playback;

/// <summary>What the cache may take of the box.</summary>
internal sealed record CacheLimits
{
    /// <summary>Disk space, in bytes, in whole blocks of the file system.</summary>
    public required long DiskBytes { get; init; }

    /// <summary>Files on disk: what bounds the index in memory (about 300 bytes each).</summary>
    public int Entries { get; init; } = 500_000;

    /// <summary>Bytes of all segments being made or still being read from memory. The largest encoded one has 2.6 MB; of a source's own
    /// video it may have 24 MiB.</summary>
    public long MemoryBytes { get; init; } = 256L << 20;

    /// <summary>Segments being made at once, waiting ones included.</summary>
    public int Flights { get; init; } = 128;

    /// <summary>Segments being made ahead at once. The newest push out the oldest: where a player is now tells more about
    /// what it wants next than where it was.</summary>
    public int ReadAhead { get; init; } = 16;
}
