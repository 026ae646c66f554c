using global::Rewards.Log;

namespace Appliance.Rewards.Log.Witnesses;

/// <summary>The checkpoint that witnesses are asked to cosign: the same for all, so that they vouch for one. Any thread may use it.</summary>
internal sealed class AskedCheckpoint
{
    private readonly Lock gate = new();
    private SignedNote? note;
    private long size;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Of its log; 0 where there is none yet.</summary>
    public long Size
    {
        get
        {
            lock (gate)
            {
                return size;
            }
        }
    }

    /// <summary>Puts a later one in its place.</summary>
    public void Put(SignedNote later)
    {
        lock (gate)
        {
            note = later;
            size = Checkpoint.Parse(later.Text).Size;
            changed.SetResult();
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Waits until there is one of more entries than these.</summary>
    public async Task<SignedNote> BeyondAsync(long entries, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (size > entries)
                {
                    return note!;
                }

                next = changed.Task;
            }

            await next.WaitAsync(cancellationToken);
        }
    }
}
