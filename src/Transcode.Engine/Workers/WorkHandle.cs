namespace Transcode.Engine.Workers;

/// <summary>A piece of work in the pool.</summary>
public sealed class WorkHandle
{
    private readonly WorkerPool pool;
    private readonly WorkItem item;

    internal WorkHandle(WorkerPool pool, WorkItem item)
    {
        this.pool = pool;
        this.item = item;
    }

    /// <summary>The report when the last chunk was delivered; faulted with a <see cref="TranscodeException"/>; cancelled
    /// where the caller's token was, or where the work gave way to somebody who waits (<see cref="WorkPriority"/>).</summary>
    public Task<WorkReport> Completion => item.Completion.Task;

    /// <summary>Makes the work more urgent, or less. Work that waits goes behind what already waits with the same urgency.</summary>
    public void Reprioritize(WorkPriority priority) => pool.Reprioritize(item, priority);
}
