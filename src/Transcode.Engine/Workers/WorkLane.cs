using Transcode.Engine.Hardware;
using Transcode.Engine.Segments;

namespace Transcode.Engine.Workers;

/// <summary>Orders of one weight: those that wait, by urgency and then by arrival, and those that run. Orders that share a
/// decode share a slot. Where it may not use all of its time, it uses fewer slots, and lets these rest between two runs. The pool's lock guards it.</summary>
/// <param name="time">What rests are measured by.</param>
/// <param name="onRested">Called when a slot has rested, not under the lock; it ends with <see cref="EndRest"/>.</param>
internal sealed class WorkLane(TimeProvider time, Action<WorkLane> onRested)
{
    private const double Rounding = 1e-9;

    /// <summary>A run lasts seconds. After a longer rest its slot is asked again what it may do.</summary>
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(15);

    private readonly LinkedList<WorkItem>[] queues = [.. Enum.GetValues<WorkPriority>().Select(_ => new LinkedList<WorkItem>())];
    private readonly List<WorkRun> running = [];
    private int resting;

    /// <summary>Runs at once. What runs beyond it is not interrupted.</summary>
    public required int Slots { get; set; }

    /// <summary>Whether, where all slots are taken by work on sources of other machines, one more may be used for a source of this one: those wait for bytes more
    /// than they work, and nobody who has his bytes at hand waits for them.</summary>
    public required bool HasSideSlot { get; set; }

    /// <summary>How much of its time it may work, and for whom.</summary>
    public WorkPace Pace { get; set; } = WorkPace.Full;

    public int Queued => queues.Sum(queue => queue.Count);

    /// <summary>Orders that could run now, had they a worker.</summary>
    public int Runnable => Math.Max(IsSideSlotFree && NextNear is not null ? 1 : 0, Math.Min(Begun.Sum(queue => queue.Count), Free));

    /// <summary>Slots that are used at all.</summary>
    private int Limit => (int)Math.Clamp(Math.Ceiling((Pace.Share * Slots) - Rounding), 1, Slots);

    /// <summary>Below zero while more run than may now begin.</summary>
    private int Free => Limit - running.Count - resting;

    private bool IsSideSlotFree => HasSideSlot && Free == 0 && running.TrueForAll(run => run.IsFar);

    private WorkItem? NextNear => Begun.SelectMany(queue => queue).FirstOrDefault(item => !item.Source.IsFar);

    private IEnumerable<LinkedList<WorkItem>> Begun => queues.Take((int)Pace.Least + 1);

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

    /// <summary>The order that a slot is free for; null where there is none, or none of these.</summary>
    public WorkItem? Next() => Free > 0 ? Begun.FirstOrDefault(queue => queue.Count > 0)?.First!.Value : IsSideSlotFree ? NextNear : null;

    /// <summary>Takes an order out of its queue, and with it the others that can share its decode and are as urgent: they
    /// would slow down a more urgent one.</summary>
    /// <param name="first">The order.</param>
    /// <param name="decoder">The device's that may decode for it; null where software does.</param>
    /// <param name="memoryBytes">What all of them may come to; null where it is not asked.</param>
    public IReadOnlyList<WorkItem> Take(WorkItem first, CodingPath? decoder, long? memoryBytes)
    {
        var taken = new List<WorkItem> { first };
        long need = MemoryNeed.Of(first.Order) + (decoder is null ? 0 : MemoryNeed.Device(first.Order));
        foreach (WorkItem item in queues[(int)first.Priority].Where(item => item != first && WorkRun.CanShare(first.Order, first.Place, decoder, item)))
        {
            if (taken.Count < VideoSegment.MaxRungs && (memoryBytes is null || need + MemoryNeed.Own(item.Order) <= memoryBytes))
            {
                need += MemoryNeed.Own(item.Order);
                taken.Add(item);
            }
        }

        taken.ForEach(item => Remove(item));
        return taken;
    }

    /// <summary>Adds an order to a run that is at its place already.</summary>
    public bool TryJoin(WorkItem item) => running.Exists(run => run.TryAdd(item));

    public void Run(WorkRun run) => running.Add(run);

    /// <summary>A run has ended: its slot is free, after a rest where not all of its time may be used.</summary>
    public void Release(WorkRun run)
    {
        running.Remove(run);
        double busy = Pace.Share * Slots / Limit;
        TimeSpan rest = run.Elapsed * ((1 / busy) - 1);
        if (rest > TimeSpan.FromMilliseconds(1))
        {
            resting++;
            _ = RestAsync(rest < LongestRest ? rest : LongestRest);
        }
    }

    /// <summary>A slot has rested.</summary>
    public void EndRest() => resting--;

    /// <summary>Takes out of the queues what is not to be made any more.</summary>
    public List<WorkItem> TakeOut(Func<WorkItem, bool> isOut)
    {
        List<WorkItem> items = [.. queues.SelectMany(queue => queue).Where(isOut)];
        items.ForEach(item => Remove(item));
        return items;
    }

    public IEnumerable<WorkItem> Everything() => [.. queues.SelectMany(queue => queue), .. running.SelectMany(run => run.Items)];

    /// <summary>Marks the runs that must give way so that each viewer who waits gets a slot: the least urgent, of these
    /// the latest started. What another viewer waits for is never given up: on a box that is short of time, work thrown
    /// away would be missed by everybody.</summary>
    public List<WorkRun> Preempt()
    {
        var victims = new List<WorkRun>();
        int awaited = Enum.GetValues<WorkPriority>().Where(IsAwaited).Sum(QueuedAt);

        // Where nobody waits, what is beyond a limit that fell ends by itself.
        int wanted = awaited == 0 ? 0 : awaited - Free - running.Count(run => run.IsEnding);
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

    private async Task RestAsync(TimeSpan rest)
    {
        await Task.Delay(rest, time).ConfigureAwait(false);
        onRested(this);
    }

    private static bool IsAwaited(WorkPriority priority) => priority <= WorkPriority.Playing;
}
