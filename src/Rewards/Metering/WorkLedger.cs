using Rewards.Durability;

namespace Rewards.Metering;

/// <summary>The record of all work this box finished: each piece once, durably, in one order. Any thread may call it; one
/// thread of its own owns the file.</summary>
public sealed class WorkLedger : IAsyncDisposable
{
    /// <summary>The most records one read gives.</summary>
    public const int ReadLimit = 1000;

    private readonly DatabaseThread<WorkTable> _thread;
    private readonly TimeProvider _time;

    private WorkLedger(DatabaseThread<WorkTable> thread, TimeProvider time)
    {
        _thread = thread;
        _time = time;
    }

    /// <summary>Opens the ledger at <paramref name="path"/>, or makes one where there is no file. What is there and is
    /// not a sound ledger of this version is refused and left as it is.</summary>
    /// <param name="path">The file; its folder must exist. Beside it lie <c>.lock</c>, <c>-wal</c> and <c>-shm</c>.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">The clock that records are stamped with.</param>
    /// <exception cref="LedgerException">The ledger is in use, damaged, of another version, or something else.</exception>
    public static WorkLedger Open(string path, WorkLedgerOptions options, TimeProvider time)
    {
        options.Validate();
        return new(
            DatabaseThread<WorkTable>.Open(
                path,
                LedgerSchema.Form,
                static connection => new(connection),
                table => LedgerVerification.Require(table, table.Connection, path, options.VerifiedRecords),
                options.QueueLimit,
                options.BatchLimit,
                static transaction => transaction.Commit()),
            time);
    }

    /// <summary>Records finished work. When the task completes, the record is on disk; a caller that saw no completion may
    /// bring the same work again, and it is still recorded once.</summary>
    /// <param name="work">What was done.</param>
    /// <param name="cancellationToken">Ends the wait for room in the queue; what is queued is recorded all the same.</param>
    /// <exception cref="ArgumentException">A field is outside its range, or there is no weight for its codec.</exception>
    /// <exception cref="LedgerException">It could not be written; nothing was recorded as far as is known.</exception>
    public Task<RecordedWork> RecordAsync(WorkMeasurement work, CancellationToken cancellationToken = default)
    {
        WorkMeasurement measured = work.Checked();
        return _thread.AskAsync(
            new RecordRequest(measured, IdempotencyKey.Of(measured), WeightTable.Current.WeightedPixels(measured), _time), cancellationToken);
    }

    /// <summary>The records that follow number <paramref name="afterSequence"/>, in order.</summary>
    /// <param name="afterSequence">0 to begin with the first.</param>
    /// <param name="limit">1 to <see cref="ReadLimit"/>.</param>
    /// <param name="cancellationToken">Ends the wait for room in the queue.</param>
    public Task<IReadOnlyList<WorkRecord>> ReadAsync(long afterSequence, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterSequence);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, ReadLimit);
        return QueryAsync(table => table.Read(afterSequence, limit), cancellationToken);
    }

    /// <summary>The record of a piece of work; null where it was never recorded.</summary>
    /// <param name="sourceFingerprint">As in <see cref="WorkMeasurement.SourceFingerprint"/>.</param>
    /// <param name="recipeId">As in <see cref="WorkMeasurement.RecipeId"/>.</param>
    /// <param name="index">As in <see cref="WorkMeasurement.Index"/>.</param>
    /// <param name="engine">As in <see cref="WorkMeasurement.Engine"/>.</param>
    /// <param name="cancellationToken">Ends the wait for room in the queue.</param>
    public Task<WorkRecord?> FindAsync(
        string sourceFingerprint, string recipeId, int index, string engine, CancellationToken cancellationToken = default)
    {
        byte[] key = IdempotencyKey.Of(sourceFingerprint, recipeId, index, engine);
        return QueryAsync(table => table.Find(key), cancellationToken);
    }

    /// <summary>The sums over everything recorded, one entry for each demand there was work for.</summary>
    public Task<IReadOnlyList<WorkTotals>> TotalsAsync(CancellationToken cancellationToken = default) =>
        QueryAsync(table => table.Totals(), cancellationToken);

    /// <summary>Writes what is queued, then closes the file.</summary>
    public ValueTask DisposeAsync() => _thread.DisposeAsync();

    private Task<T> QueryAsync<T>(Func<WorkTable, T> query, CancellationToken cancellationToken) =>
        _thread.AskAsync(new DatabaseQuery<WorkTable, T>(query), cancellationToken);
}
