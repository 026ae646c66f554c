using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Transcode.Engine.Workers;

/// <summary>The worker processes of a box: orders in, chunks and reports out. Workers are started ahead of need, kept warm,
/// and replaced when they die, hang or grow; one that dies costs a retry, and a place of a source that keeps ending them is
/// shut. Nothing is started before the first use.</summary>
public sealed partial class WorkerPool : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly ILogger<WorkerPool> logger;
    private readonly WorkerHatchery hatchery;
    private readonly WorkLane heavy;
    private readonly WorkLane light;
    private readonly List<PooledWorker> workers = [];
    private readonly WorkOutcomes outcomes;
    private WorkerPoolOptions options;
    private long starts;
    private long preempted;
    private long restarts;
    private long recycled;
    private bool isDisposed;

    /// <exception cref="ArgumentException">The options are not valid; the message names every fault.</exception>
    public WorkerPool(WorkerPoolOptions options, ILogger<WorkerPool> logger, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyList<string> errors = options.Errors();
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', errors), nameof(options));
        }

        this.options = options;
        this.logger = logger;
        this.time = time;
        Encoder = new EncoderCare(time);
        Decoders = new DecoderCare(time);
        hatchery = new WorkerHatchery(options, logger, time, Encoder, Decoders);
        outcomes = new WorkOutcomes(logger, time, Encoder, Decoders);
        heavy = new WorkLane(time, Rested) { Slots = options.Slots, HasSideSlot = HasSideSlots };
        light = new WorkLane(time, Rested) { Slots = options.LightSlots, HasSideSlot = HasSideSlots };
    }

    /// <summary>The device encoder of its workers, and how that is.</summary>
    public EncoderCare Encoder { get; }

    /// <summary>Devices' decoders of its workers, and how they are.</summary>
    public DecoderCare Decoders { get; }

    /// <summary>Where memory is counted out by slots, there is none for more.</summary>
    private bool HasSideSlots => options.RunMemoryBytes is null;

    /// <summary>Workers, queues and counters, now.</summary>
    public PoolStatus Status
    {
        get
        {
            lock (gate)
            {
                return new PoolStatus(
                    [.. workers.Select(worker => worker.Status(time.GetUtcNow()))],
                    [.. Enum.GetValues<WorkPriority>().Select(priority => new PriorityStatus(
                        priority,
                        heavy.QueuedAt(priority) + light.QueuedAt(priority),
                        heavy.RunningAt(priority) + light.RunningAt(priority)))],
                    outcomes.Completed,
                    preempted,
                    restarts,
                    outcomes.Hung,
                    recycled,
                    outcomes.Quarantine.Status(),
                    hatchery.LockIn,
                    hatchery.Devices);
            }
        }
    }

    /// <summary>Which engine the workers are, from the first one that starts.</summary>
    /// <exception cref="TranscodeException">No worker can start; the message is the worker's own explanation.</exception>
    public Task<EngineIdentity> GetIdentityAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            Task<EngineIdentity> identity = hatchery.Identity;
            if (!identity.IsCompleted)
            {
                Pump();
            }

            return identity.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Starts a piece of work.</summary>
    /// <param name="order">What to make.</param>
    /// <param name="source">Of what. Read from while the work runs, up to four reads at a time.</param>
    /// <param name="priority">How urgent it is.</param>
    /// <param name="onChunk">Receives the output in order, piece by piece, each at most 1 MiB; until its task completes only
    /// this work waits, and what shares its decode. Once the work is cancelled, a call still running is left behind; none follows.</param>
    /// <param name="cancellationToken">Nobody waits for it any more.</param>
    public WorkHandle Start(
        WorkOrder order, IByteSource source, WorkPriority priority, Func<ReadOnlyMemory<byte>, ValueTask> onChunk, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(onChunk);
        var item = new WorkItem(order, source, priority, onChunk, cancellationToken);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            if (Refusal(item) is { } refusal)
            {
                item.Completion.SetException(refusal);
                item.Dispose();
            }
            else
            {
                Enqueue(item);
            }
        }

        // Outside the lock: a token that is cancelled already calls back at once.
        if (!item.Completion.Task.IsCompleted)
        {
            item.OnCancelled = item.Token.UnsafeRegister(static (state, _) => ((Action)state!)(), () => Withdraw(item));
        }

        return new WorkHandle(this, item);
    }

    /// <summary><see cref="Start"/>, and its completion.</summary>
    public Task<WorkReport> RunAsync(
        WorkOrder order, IByteSource source, WorkPriority priority, Func<ReadOnlyMemory<byte>, ValueTask> onChunk, CancellationToken cancellationToken) =>
        Start(order, source, priority, onChunk, cancellationToken).Completion;

    /// <summary>From now on, works so much and for these. What is under way is not interrupted: no second of work is lost.</summary>
    public void Obey(WorkPace pace)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pace.Share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pace.Share, 1);
        lock (gate)
        {
            heavy.Pace = pace;
            light.Pace = pace with { Share = 1 };
            if (heavy.Queued + light.Queued > 0)
            {
                Pump();
            }
        }
    }

    /// <summary>Cancels what runs and waits, and ends every worker.</summary>
    public async ValueTask DisposeAsync()
    {
        PooledWorker[] ending;
        WorkItem[] items;
        lock (gate)
        {
            if (isDisposed)
            {
                return;
            }

            isDisposed = true;
            ending = [.. workers];
            Array.ForEach(ending, worker => worker.IsRetired = true);
            items = [.. heavy.Everything(), .. light.Everything()];
        }

        await Task.WhenAll(items.Select(item => item.CancelAsync())).ConfigureAwait(false);
        await Task.WhenAll(ending.Select(worker => worker.EndAsync(StopPatience, time))).ConfigureAwait(false);
        hatchery.Dispose();
    }

    internal void SpareTakesOver(VideoRecipe recipe, int index, ResumePoint place, string why) =>
        logger.SpareTakesOver(recipe.Encoder, recipe.Spare!, index, place.Frame, WorkerText.Clean(why));

    internal void Reprioritize(WorkItem item, WorkPriority priority)
    {
        lock (gate)
        {
            if (priority == item.Priority)
            {
                return;
            }

            bool waits = WorkLane.Remove(item);
            item.Priority = priority;
            if (waits)
            {
                Enqueue(item);
            }

            // What runs may now have to give way.
            Pump();
        }
    }

    private void Rested(WorkLane lane)
    {
        lock (gate)
        {
            lane.EndRest();
            Pump();
        }
    }

    private WorkLane LaneOf(WorkItem item) =>
        WorkPlace.IsHeavy(item.Order) || (item.Order is ProbeOrder && options.RunMemoryBytes is not null) ? heavy : light;

    /// <summary>Under the lock.</summary>
    private void Enqueue(WorkItem item)
    {
        WorkLane lane = LaneOf(item);
        if (!lane.TryJoin(item))
        {
            lane.Enqueue(item);
            Pump();
        }
    }

    private TranscodeException? Refusal(WorkItem item)
    {
        if (outcomes.Quarantine.RefusalFor(item.Place) is { } refusal)
        {
            return refusal;
        }

        if (heavy.Queued + light.Queued >= options.QueueLimit)
        {
            return new(FailureStage.Worker, FailureCause.Overloaded, $"{options.QueueLimit} pieces of work are waiting already.");
        }

        return item.Refusal ?? MemoryNeed.Refusal(item.Order, options) ?? (workers.Count == 0 ? hatchery.Refusal : null);
    }

    /// <summary>A waiting order whose caller went away. One that runs hears of it itself.</summary>
    private void Withdraw(WorkItem item)
    {
        lock (gate)
        {
            if (!WorkLane.Remove(item))
            {
                return;
            }
        }

        item.Complete(null, new OperationCanceledException(item.Token));
    }

    /// <summary>Under the lock: gives waiting orders to idle workers, asks the less urgent to give way, starts workers.</summary>
    private void Pump()
    {
        if (isDisposed)
        {
            return;
        }

        // What a worker has not opened before its lock closed, it has no more.
        if (Encoder.ForWorkers is { } encoder)
        {
            Array.ForEach([.. workers.Where(worker => worker.IsIdle && worker.Encoder != encoder)], RecycleIfDue);
        }

        // And what came to a bad end is not used again by those who have it.
        IReadOnlyList<Hardware.CodingPath> decoders = Decoders.ForWorkers;
        Array.ForEach([.. workers.Where(worker => worker.IsIdle && !worker.Decoders.SequenceEqual(decoders))], RecycleIfDue);

        foreach (WorkLane lane in (ReadOnlySpan<WorkLane>)[light, heavy])
        {
            while (lane.Next() is { } item && PooledWorker.IdleFor(workers, item.Fingerprint) is { } worker)
            {
                Assign(lane, worker, item);
            }

            foreach (WorkItem victim in lane.Preempt().SelectMany(run => run.Items))
            {
                preempted++;
                // Its callbacks run elsewhere, not under this lock.
                _ = victim.CancelAsync();
            }
        }

        int wanted = Math.Min(
            options.Slots + options.LightSlots + options.SpareWorkers + (HasSideSlots ? 2 : 0),
            workers.Count(worker => worker.Run is not null) + heavy.Runnable + light.Runnable + options.SpareWorkers);
        // The first start of all tells the identity, wanted or not.
        wanted = Math.Max(wanted, hatchery.Identity.IsCompletedSuccessfully ? 0 : 1);
        while (workers.Count(worker => !worker.IsRetired) < wanted && hatchery.MayStart(workers.Count == 0))
        {
            var worker = new PooledWorker(time.GetUtcNow());
            workers.Add(worker);
            _ = RaiseAsync(worker);
        }
    }

    private void Assign(WorkLane lane, PooledWorker worker, WorkItem first)
    {
        Hardware.CodingPath? decoder = DecoderFor(worker, first);
        IReadOnlyList<WorkItem> items = lane.Take(first, decoder, options.RunMemoryBytes);
        worker.LastUsedAs = ++starts;
        hatchery.Used();
        worker.Fingerprint = items[0].Fingerprint;
        worker.Run = new WorkRun(worker, items, decoder, options, time) { StartedAs = starts };
        lane.Run(worker.Run);
        _ = Task.Run(() => ExecuteAsync(lane, worker, worker.Run));
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Every outcome is the orders' completion.")]
    private async Task ExecuteAsync(WorkLane lane, PooledWorker worker, WorkRun run)
    {
        IReadOnlyList<OrderEnd> ends;
        try
        {
            ends = await run.RunAsync(Complete, item => Requeue(lane, item)).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            worker.Process!.Kill($"its work cannot be followed: {exception.Message}");
            ends = [.. run.Items.Select(item => new OrderEnd(item, null, exception))];
        }

        run.Dispose();
        List<OrderEnd> settled;
        lock (gate)
        {
            lane.Release(run);
            worker.Run = null;
            settled = outcomes.Settle(lane, run, ends, isDisposed);
            RecycleIfDue(worker);
            Pump();
        }

        settled.ForEach(end => end.Item.Complete(end.Report, end.Failure));
        foreach (OrderEnd end in ends)
        {
            WithdrawIfCancelled(end.Item);
        }
    }

    /// <summary>An order that ended before its run did.</summary>
    private void Complete(OrderEnd end)
    {
        lock (gate)
        {
            outcomes.Record(end);
        }

        end.Item.Complete(end.Report, end.Failure);
    }

    /// <summary>An order that came too late for the decode it was to share.</summary>
    private void Requeue(WorkLane lane, WorkItem item)
    {
        lock (gate)
        {
            item.WasLate = true;
            lane.EnqueueFirst(item);
            Pump();
        }

        WithdrawIfCancelled(item);
    }

    /// <summary>The caller may have gone before the order was back in the queue.</summary>
    private void WithdrawIfCancelled(WorkItem item)
    {
        if (item.Token.IsCancellationRequested)
        {
            Withdraw(item);
        }
    }
}
