namespace Rewards.Log;

/// <summary>Entries of one kind, numbered 1, 2, 3 …, which are brought into a log that has others too.</summary>
internal interface ILogSource
{
    /// <summary>What it is, behind <c>entry n</c>, as <c>of the books</c>.</summary>
    string Of { get; }

    /// <summary>Number of a log's entry of this kind; null where it is of another.</summary>
    /// <exception cref="FormatException">It begins like one of this kind, and is none.</exception>
    long? NumberOf(ReadOnlyMemory<byte> text);

    /// <summary>The last that has its place in the log, and that place; 0 and −1 where none has.</summary>
    Task<(long Number, long Index)> LastLoggedAsync(CancellationToken cancellationToken);

    /// <summary>The log's entries that follow a number, in order, at most <paramref name="limit"/>: always the same bytes for a number.</summary>
    Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>Notes where the next stands.</summary>
    Task MarkLoggedAsync(long number, long index);
}
