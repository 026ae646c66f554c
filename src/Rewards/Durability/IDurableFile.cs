namespace Rewards.Durability;

/// <summary>Bytes at places.</summary>
internal interface IDurableFile : IDisposable
{
    /// <summary>Bytes it has, flushed or not.</summary>
    long Length { get; }

    /// <summary>Reads until <paramref name="bytes"/> is full or the file ends; returns how many were read.</summary>
    int Read(long offset, Span<byte> bytes);

    /// <summary>Writes, at the end or over what is there. Nothing is promised before <see cref="Flush"/>: after a crash any part of
    /// what was not flushed may be there, and any not, in any order.</summary>
    void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Cuts the file; durable at the next <see cref="Flush"/>.</summary>
    void Truncate(long length);

    /// <summary>Once it returns, all that was written and cut before outlives a power cut. When it throws, nothing is promised of
    /// that, and it must be written again: the system may hold pages for clean that never reached the disk.</summary>
    void Flush();
}
