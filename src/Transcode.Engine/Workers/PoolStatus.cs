namespace Transcode.Engine.Workers;

/// <summary>What the pool is doing, at one moment.</summary>
/// <param name="Workers">Every worker process.</param>
/// <param name="Queues">One entry a priority, most urgent first.</param>
/// <param name="Completed">Orders answered with a report.</param>
/// <param name="Preempted">Orders that gave way to a more urgent one.</param>
/// <param name="Restarts">Workers that ended unasked and were replaced.</param>
/// <param name="Hung">Of these, those ended because they made no progress.</param>
/// <param name="Recycled">Workers replaced for their age, memory or number of orders.</param>
/// <param name="Quarantined">Places of sources that are not tried again.</param>
/// <param name="LockIn">What the last worker to start is locked in with; empty before the first.</param>
/// <param name="Devices">Every device that the last worker to start found beside the processor and what became of it, a line each.</param>
public sealed record PoolStatus(
    IReadOnlyList<WorkerStatus> Workers,
    IReadOnlyList<PriorityStatus> Queues,
    long Completed,
    long Preempted,
    long Restarts,
    long Hung,
    long Recycled,
    IReadOnlyList<QuarantineStatus> Quarantined,
    IReadOnlyList<LockInMeasure> LockIn,
    IReadOnlyList<string> Devices);
