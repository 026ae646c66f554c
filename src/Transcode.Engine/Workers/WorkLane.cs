using Transcode.Engine.Segments;

namespace Transcode.Engine.Workers;

/// <summary>Orders of one weight: those that wait, by urgency and then by arrival, and those that run. Orders that share a
/// decode share a slot.</summary>
/// <param name="slots">Runs at once.</param>
internal sealed class WorkLane(int slots)
{
    private readonly LinkedList<WorkItem>[] queues = [.. Enum.GetValues<WorkPriority>().Select(_ => new LinkedList<WorkItem>())];
    private readonly List<WorkRun> running = [];

    public bool HasFreeSlot => running.Count < slots;

    public int Queued => queues.Sum(queue => queue.Count);

    /// <summary>Orders that could run now, had they a worker.</summary>
    public int Runnable => Math.Min(Queued, slots - running.Count);

    public int QueuedAt(WorkPriority priority) => queues[(int)priority].Count;

    public int RunningAt(WorkPriority priority) => running.Sum(run => run.Items.Count(item => item.Priority == priority));

    public void Enqueue(WorkItem item) => item.Waiting = queues[(int)item.Priority].AddLast(item);

    /// <summary>For an order that had its turn and lost its worker.</summary>
    public void EnqueueFirst(WorkItem item) => item.Waiting = queues[(int)item.Priority].AddFirst(item);

    /// <returns>False where it does not wait.</returns>
    public static bool Remove(WorkItem item)
    {
        if (item.Waiting is not { } node)
        {
            return false;
        }

        node.List!.Remove(node);
        item.Waiting = null;
        return true;
    }

    public WorkItem? Next() => queues.FirstOrDefault(queue => queue.Count > 0)?.First!.Value;

    /// <summary>Takes an order out of its queue, and with it the others that can share its decode and are as urgent: they
    /// would slow down a more urgent one.</summary>
    public IReadOnlyList<WorkItem> Take(WorkItem first)
    {
        WorkItem[] taken =
        [
            first,
            .. queues[(int)first.Priority].Where(item => item != first && WorkRun.CanShare(first.Order, first.Place, item)).Take(VideoSegment.MaxRungs - 1),
        ];
        Array.ForEach(taken, item => Remove(item));
        return taken;
    }

    /// <summary>Adds an order to a run that is at its place already.</summary>
    public bool TryJoin(WorkItem item) => running.Exists(run => run.TryAdd(item));

    public void Run(WorkRun run) => running.Add(run);

    public void Release(WorkRun run) => running.Remove(run);

    public IEnumerable<WorkItem> Everything() => [.. queues.SelectMany(queue => queue), .. running.SelectMany(run => run.Items)];

    /// <summary>Marks the runs that must give way so that each viewer who waits gets a slot: the least urgent, of these
    /// the latest started. What another viewer waits for is never given up: on a box that is short of time, work thrown
    /// away would be missed by everybody.</summary>
    public List<WorkRun> Preempt()
    {
        var victims = new List<WorkRun>();
        int awaited = Enum.GetValues<WorkPriority>().Where(IsAwaited).Sum(QueuedAt);
        int wanted = awaited - (slots - running.Count) - running.Count(run => run.IsEnding);
        foreach (WorkRun run in running
            .Where(run => !IsAwaited(run.Priority) && !run.IsEnding)
            .OrderByDescending(run => run.Priority)
            .ThenByDescending(run => run.StartedAs)
            .Take(Math.Max(0, wanted)))
        {
            run.IsPreempted = true;
            victims.Add(run);
        }

        return victims;
    }

    private static bool IsAwaited(WorkPriority priority) => priority <= WorkPriority.Playing;
}
