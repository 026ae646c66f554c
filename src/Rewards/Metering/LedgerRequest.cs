namespace Rewards.Metering;

/// <summary>Something asked of the ledger's thread: executed inside a transaction, answered after its commit.</summary>
internal abstract class LedgerRequest
{
    /// <param name="table">The ledger, inside a transaction.</param>
    /// <param name="lastSequence">The last number given; counted up by whoever takes one.</param>
    /// <param name="time">The clock.</param>
    public abstract void Execute(WorkTable table, ref long lastSequence, TimeProvider time);

    /// <summary>The commit is durable.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception exception);
}

/// <summary>A request with an answer.</summary>
internal abstract class LedgerRequest<T> : LedgerRequest
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Answer => _answer.Task;

    protected T? Result { get; set; }

    public override void Complete() => _answer.SetResult(Result!);

    public override void Fail(Exception exception) => _answer.TrySetException(exception);
}

/// <summary>Records a piece of work, unless it stands already.</summary>
internal sealed class RecordRequest(WorkMeasurement work, byte[] key, long weightedPixels) : LedgerRequest<RecordedWork>
{
    public override void Execute(WorkTable table, ref long lastSequence, TimeProvider time)
    {
        if (table.Find(key) is { } standing)
        {
            bool same = standing.Work.OutputSha256 == work.OutputSha256;
            Result = new(same ? RecordOutcome.AlreadyRecorded : RecordOutcome.Contradicted, standing);
            return;
        }

        DateTimeOffset now = Microseconds.ToInstant(Microseconds.Of(time.GetUtcNow()));
        var record = new WorkRecord(lastSequence + 1, work, WeightTable.Current.Version, weightedPixels, now);
        table.Insert(record, key);
        lastSequence = record.Sequence;
        Result = new(RecordOutcome.Recorded, record);
    }
}

/// <summary>Reads.</summary>
internal sealed class QueryRequest<T>(Func<WorkTable, T> query) : LedgerRequest<T>
{
    public override void Execute(WorkTable table, ref long lastSequence, TimeProvider time) => Result = query(table);
}
