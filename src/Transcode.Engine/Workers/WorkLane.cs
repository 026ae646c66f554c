namespace Transcode.Engine.Workers;

/// <summary>Orders of one weight: those that wait, by urgency and then by arrival, and those that run, each in a slot.</summary>
/// <param name="slots">Orders that may run at once.</param>
internal sealed class WorkLane(int slots)
{
    private readonly LinkedList<WorkItem>[] queues = [.. Enum.GetValues<WorkPriority>().Select(_ => new LinkedList<WorkItem>())];
    private readonly List<WorkItem> running = [];

    public bool HasFreeSlot => running.Count < slots;

    public int Queued => queues.Sum(queue => queue.Count);

    /// <summary>Orders that could run now, had they a worker.</summary>
    public int Runnable => Math.Min(Queued, slots - running.Count);

    public int QueuedAt(WorkPriority priority) => queues[(int)priority].Count;

    public int RunningAt(WorkPriority priority) => running.Count(item => item.Priority == priority);

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

    public void Run(WorkItem item)
    {
        Remove(item);
        running.Add(item);
    }

    public void Release(WorkItem item) => running.Remove(item);

    public IEnumerable<WorkItem> Everything() => [.. queues.SelectMany(queue => queue), .. running];

    /// <summary>Marks the orders that must give way so that each viewer who waits gets a slot: the least urgent, of these
    /// the latest started. What another viewer waits for is never given up: on a box that is short of time, work thrown
    /// away would be missed by everybody.</summary>
    public List<WorkItem> Preempt()
    {
        var victims = new List<WorkItem>();
        int awaited = Enum.GetValues<WorkPriority>().Where(IsAwaited).Sum(QueuedAt);
        int freed = slots - running.Count + running.Count(item => item.Token.IsCancellationRequested || item.IsPreempted);
        foreach (WorkItem item in running
            .Where(item => !IsAwaited(item.Priority) && !item.IsPreempted && !item.Token.IsCancellationRequested)
            .OrderByDescending(item => item.Priority)
            .ThenByDescending(item => item.StartedAs)
            .Take(Math.Max(0, awaited - freed)))
        {
            item.IsPreempted = true;
            victims.Add(item);
        }

        return victims;
    }

    private static bool IsAwaited(WorkPriority priority) => priority <= WorkPriority.Playing;
}
