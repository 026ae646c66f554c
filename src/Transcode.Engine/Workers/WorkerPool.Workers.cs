namespace Transcode.Engine.Workers;

/// <summary>The lives of workers: how they come, are replaced, and go.</summary>
public sealed partial class WorkerPool
{
    /// <summary>Under the lock.</summary>
    private void RecycleIfDue(PooledWorker worker)
    {
        if (worker.IsRetired || worker.Process is not { IsLost: false } process)
        {
            worker.IsReady = false;
            return;
        }

        if (worker.IsDue(options, time.GetUtcNow()) || worker.Encoder != Encoder.ForWorkers || !worker.Decoders.SequenceEqual(Decoders.ForWorkers))
        {
            recycled++;
            worker.IsReady = false;
            worker.IsRetired = true;
            _ = process.StopAsync(StopPatience, time);
        }
    }

    /// <summary>A worker's life, from its start to its end.</summary>
    private async Task RaiseAsync(PooledWorker worker)
    {
        TranscodeException? failure = await hatchery.HatchAsync(worker).ConfigureAwait(false);
        WorkItem[] stranded = [];
        lock (gate)
        {
            if (failure is null)
            {
                worker.IsReady = !worker.IsRetired && !isDisposed;
                if (worker.IsOutdated || (worker.IsReady && (worker.Encoder != Encoder.ForWorkers || !worker.Decoders.SequenceEqual(Decoders.ForWorkers))))
                {
                    RecycleIfDue(worker);
                }
            }
            else
            {
                workers.Remove(worker);
                stranded = TakeStranded();
            }

            Pump();
        }

        foreach (WorkItem item in stranded)
        {
            item.Complete(null, failure);
        }

        stranded = [];
        if (failure is null)
        {
            await worker.Process!.Ended.ConfigureAwait(false);
            lock (gate)
            {
                workers.Remove(worker);
                worker.IsReady = false;
                if (!worker.IsRetired && !isDisposed)
                {
                    restarts++;
                    string reason = worker.Process.Obituary();
                    logger.WorkerEnded(worker.Process.Id, worker.OrdersTaken, reason);
                }

                if (worker is { HasDevice: true, IsRetired: false } && !isDisposed && worker.Process.End != WorkerEnd.Outside)
                {
                    hatchery.RestDevice(worker.Process.Obituary());
                }

                if (worker is { LastUsedAs: 0, IsRetired: false } && !isDisposed && worker.Process.End != WorkerEnd.Outside)
                {
                    failure = hatchery.EndedUnused(worker);
                    stranded = TakeStranded();
                }

                Pump();
            }
        }

        foreach (WorkItem item in stranded)
        {
            item.Complete(null, failure);
        }
    }

    /// <summary>Under the lock: with no worker left and none to be had, waiting is in vain.</summary>
    private WorkItem[] TakeStranded()
    {
        WorkItem[] stranded = workers.Count == 0 && !hatchery.MayStart(nothingRuns: true) ? [.. heavy.Everything(), .. light.Everything()] : [];
        foreach (WorkItem item in stranded)
        {
            WorkLane.Remove(item);
        }

        return stranded;
    }
}
