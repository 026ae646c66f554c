namespace Transcode.Engine.Workers;

/// <summary>How much of the box the pool takes, while it works.</summary>
public sealed partial class WorkerPool
{
    /// <summary>From now on, takes so much of the box. What is under way ends as it began, at most a segment a slot; what waits and does not fit any more is refused. Workers whose
    /// processors or memory are others now are replaced, each when it is idle.</summary>
    /// <param name="slots">Heavy orders at once.</param>
    /// <param name="spareWorkers">Idle workers kept ready.</param>
    /// <param name="cores">As <see cref="WorkerPoolOptions.Cores"/>.</param>
    /// <param name="runMemoryBytes">As <see cref="WorkerPoolOptions.RunMemoryBytes"/>.</param>
    /// <param name="memoryLimitBytes">Of a worker.</param>
    /// <param name="recycleAfterResidentBytes">Of a worker that is idle.</param>
    /// <exception cref="ArgumentException">These are not valid; the message names every fault.</exception>
    public void Resize(int slots, int spareWorkers, int? cores, long? runMemoryBytes, long memoryLimitBytes, long recycleAfterResidentBytes)
    {
        List<WorkItem> refused;
        WorkerPoolOptions next;
        lock (gate)
        {
            next = options with
            {
                Slots = slots,
                SpareWorkers = spareWorkers,
                Cores = cores,
                RunMemoryBytes = runMemoryBytes,
                MemoryLimitBytes = memoryLimitBytes,
                RecycleAfterResidentBytes = recycleAfterResidentBytes,
            };
            IReadOnlyList<string> errors = next.Errors();
            if (errors.Count > 0)
            {
                throw new ArgumentException(string.Join(' ', errors));
            }

            if (isDisposed || next == options)
            {
                return;
            }

            bool isForAll = next.Cores != options.Cores || next.MemoryLimitBytes != options.MemoryLimitBytes;
            options = next;
            hatchery.Obey(next);
            (heavy.Slots, heavy.HasSideSlot, light.HasSideSlot) = (next.Slots, HasSideSlots, HasSideSlots);
            refused = heavy.TakeOut(item => MemoryNeed.Refusal(item.Order, next) is not null);
            foreach (PooledWorker worker in workers)
            {
                worker.IsOutdated |= isForAll;
                if (worker.IsIdle)
                {
                    RecycleIfDue(worker);
                }
            }

            Pump();
        }

        refused.ForEach(item => item.Complete(null, MemoryNeed.Refusal(item.Order, next)));
    }
}
