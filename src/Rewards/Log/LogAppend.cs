namespace Rewards.Log;

/// <summary>Entries on their way into the log, side by side.</summary>
/// <param name="entries">Their bytes; none where only what the log has is to be known.</param>
/// <param name="index">The place that the one there is is meant for; null for the next.</param>
internal sealed class LogAppend(IReadOnlyList<ReadOnlyMemory<byte>> entries, long? index)
{
    private readonly TaskCompletionSource<AppendedEntry> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<ReadOnlyMemory<byte>> Entries => entries;

    public long? Index => index;

    public Task<AppendedEntry> Answer => _answer.Task;

    /// <exception cref="ArgumentException">An entry is empty, or has more bytes than entries have.</exception>
    public static void RequireLength(ReadOnlyMemory<byte> entry)
    {
        if (entry.Length is 0 or > LogFiles.EntryLimit)
        {
            throw new ArgumentException($"An entry has 1 to {LogFiles.EntryLimit} bytes, not {entry.Length}.", nameof(entry));
        }
    }

    public void Complete(AppendOutcome outcome, long at) => _answer.TrySetResult(new(outcome, at));

    public void Fail(Exception exception) => _answer.TrySetException(exception);
}
