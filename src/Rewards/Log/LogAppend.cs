namespace Rewards.Log;

/// <summary>An entry on its way into the log.</summary>
/// <param name="entry">Its bytes.</param>
/// <param name="index">The place it is meant for; null for the next.</param>
internal sealed class LogAppend(ReadOnlyMemory<byte> entry, long? index)
{
    private readonly TaskCompletionSource<AppendedEntry> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ReadOnlyMemory<byte> Entry => entry;

    public long? Index => index;

    public Task<AppendedEntry> Answer => _answer.Task;

    public void Complete(AppendOutcome outcome, long at) => _answer.TrySetResult(new(outcome, at));

    public void Fail(Exception exception) => _answer.TrySetException(exception);
}
