namespace Rewards.Durability;

/// <summary>A folder of few files that must outlive a crash. What each call promises is what its caller's order of durability
/// is built on. One writer; reading may happen beside it.</summary>
internal interface IDurableFolder
{
    /// <summary>All of a small file; null where there is none.</summary>
    /// <param name="name">Without a path.</param>
    /// <param name="limit">Bytes it may have.</param>
    /// <exception cref="IOException">It is longer, or cannot be read.</exception>
    byte[]? Read(string name, int limit);

    /// <summary>Puts content in place of a file's, or makes the file. Once it returns, the new content outlives a power cut. When
    /// it throws, and after a crash on the way, the file has the old content or the new, and never a mixture.</summary>
    /// <exception cref="IOException">It failed, or it succeeded and nobody can say so.</exception>
    void Replace(string name, ReadOnlySpan<byte> content);

    /// <summary>Opens a file to read and write, and makes it where there is none. Once it returns, its name outlives a power cut.</summary>
    /// <exception cref="IOException">It cannot be.</exception>
    IDurableFile Open(string name);
}
