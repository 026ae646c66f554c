using Microsoft.Data.Sqlite;

namespace Rewards.Receipts;

/// <summary>Limits of a <see cref="ReceiptStore"/>.</summary>
public sealed record ReceiptStoreOptions
{
    /// <summary>Requests that may wait, 1 to 65,536; whoever brings one more waits for room.</summary>
    public int QueueLimit { get; init; } = 256;

    /// <summary>Requests made durable together by one commit, 1 to 1,024: one disk flush serves all that wait.</summary>
    public int BatchLimit { get; init; } = 256;

    /// <summary>How many of the newest receipts are checked when the store is opened, 1 or more: that each follows the one before it, and its
    /// signatures. That no number is missing is checked over all of them.</summary>
    public int VerifiedReceipts { get; init; } = 10_000;

    /// <summary>Makes a transaction durable. Tests have it fail, before it and after it.</summary>
    internal Action<SqliteTransaction> Commit { get; init; } = static transaction => transaction.Commit();

    /// <exception cref="ArgumentOutOfRangeException">A limit is outside its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueLimit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(QueueLimit, 65_536);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchLimit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BatchLimit, 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(VerifiedReceipts, 1);
    }
}
