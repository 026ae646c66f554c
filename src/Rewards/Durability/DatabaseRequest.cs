namespace Rewards.Durability;

/// <summary>Something asked of a database's thread: executed inside a transaction, answered after its commit.</summary>
internal abstract class DatabaseRequest<TTable>
{
    /// <param name="table">Inside a transaction.</param>
    public abstract void Execute(TTable table);

    /// <summary>The commit is durable.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception exception);
}

/// <summary>A request with an answer.</summary>
internal abstract class DatabaseRequest<TTable, TAnswer> : DatabaseRequest<TTable>
{
    private readonly TaskCompletionSource<TAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TAnswer> Answer => _answer.Task;

    protected TAnswer? Result { get; set; }

    public override void Complete() => _answer.SetResult(Result!);

    public override void Fail(Exception exception) => _answer.TrySetException(exception);
}

/// <summary>Reads, or does what leaves an answer.</summary>
internal sealed class DatabaseQuery<TTable, TAnswer>(Func<TTable, TAnswer> query) : DatabaseRequest<TTable, TAnswer>
{
    public override void Execute(TTable table) => Result = query(table);
}
