namespace Rewards.Metering;

/// <summary>Limits of a <see cref="WorkLedger"/>.</summary>
public sealed record WorkLedgerOptions
{
    /// <summary>Requests that may wait, 1 to 65,536; whoever brings one more waits for room.</summary>
    public int QueueLimit { get; init; } = 256;

    /// <summary>Records made durable together by one commit, 1 to 1,024: one disk flush serves all that wait.</summary>
    public int BatchLimit { get; init; } = 64;

    /// <summary>How many of the newest records are checked field by field when the ledger is opened, 0 or more. The
    /// file's own consistency and the totals are checked over all of it.</summary>
    public int VerifiedRecords { get; init; } = 10_000;

    /// <exception cref="ArgumentOutOfRangeException">A limit is outside its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueLimit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(QueueLimit, 65_536);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchLimit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BatchLimit, 1024);
        ArgumentOutOfRangeException.ThrowIfNegative(VerifiedRecords);
    }
}
