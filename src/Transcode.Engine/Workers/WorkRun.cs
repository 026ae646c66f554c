using Transcode.Engine.Hardware;
using Transcode.Engine.Segments;

namespace Transcode.Engine.Workers;

/// <summary>A worker at work: on one order, or on the rungs of one segment of pictures, which it makes from one decode. Sends
/// the orders, serves the reads, hands on the chunks, watches that it goes on. The pool's lock guards what is said to be
/// its; an end is told outside any lock.</summary>
internal sealed class WorkRun : IDisposable
{
    private readonly Lock gate = new();
    private readonly WorkerProcess worker;
    private readonly WorkerPoolOptions options;
    private readonly TimeProvider time;
    private readonly SourceReads reads;
    private readonly List<RunningOrder> orders = [];
    private readonly long sourceBytes;
    private readonly int firstId;
    private readonly WorkOrder first;
    private readonly long begun;
    private ITimer? watchdog;
    private int taken;
    private long need;
    private bool isClosed;
    private bool isDelivering;
    private bool isOver;

    /// <summary>Sends the orders.</summary>
    /// <param name="worker">Idle.</param>
    /// <param name="items">Its first orders, which share a decode where they are several.</param>
    /// <param name="decoder">As <see cref="Decoder"/>.</param>
    /// <param name="options">Its limits.</param>
    /// <param name="time">What its limits are measured by.</param>
    public WorkRun(PooledWorker worker, IReadOnlyList<WorkItem> items, CodingPath? decoder, WorkerPoolOptions options, TimeProvider time)
    {
        Worker = worker;
        Decoder = decoder;
        this.worker = worker.Process!;
        this.options = options;
        this.time = time;
        begun = time.GetTimestamp();
        first = items[0].Order;
        Place = items[0].Place;
        IsFar = items[0].Source.IsFar;
        reads = new(this.worker, () => [.. Items.Select(each => each.Source)], Touch, options.SourcePatience, time);
        need = MemoryNeed.Shared(first) + (decoder is null ? 0 : MemoryNeed.Device(first));
        sourceBytes = items[0].Source.Length;
        firstId = Worker.OrdersTaken + 1;
        foreach (WorkItem item in items)
        {
            Add(item);
        }
    }

    public PooledWorker Worker { get; }

    public WorkPlace Place { get; }

    /// <summary>Which device's decoder may decode for it; null where software does.</summary>
    public CodingPath? Decoder { get; }

    /// <summary>Whether its source may keep it waiting.</summary>
    public bool IsFar { get; }

    /// <summary>When it began, counted over the pool; the higher the later. The pool's.</summary>
    public long StartedAs { get; set; }

    /// <summary>How long it has had its slot.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(begun);

    /// <summary>Whether the pool has asked for its slot. The pool's.</summary>
    public bool IsPreempted { get; set; }

    /// <summary>What has not ended yet.</summary>
    public IReadOnlyList<WorkItem> Items
    {
        get
        {
            lock (gate)
            {
                return [.. orders.Select(order => order.Item)];
            }
        }
    }

    /// <summary>That of its most urgent order. The pool's.</summary>
    public WorkPriority Priority => Items.Select(item => item.Priority).DefaultIfEmpty(WorkPriority.Playing).Min();

    /// <summary>Whether its slot will soon be free. The pool's.</summary>
    public bool IsEnding => IsPreempted || Items.All(item => item.Token.IsCancellationRequested);

    /// <summary>Under the pool's lock: takes a further rung of the same pictures along, one as urgent as those it has: it
    /// would slow down a more urgent one.</summary>
    /// <returns>False where it cannot.</returns>
    public bool TryAdd(WorkItem item) =>
        !IsPreempted && item.Priority == Priority && CanShare(first, Place, Decoder, item) && Add(item);

    /// <summary>Whether an order at that place can share its decode, which may be a device's, with another.</summary>
    public static bool CanShare(WorkOrder order, in WorkPlace place, CodingPath? decoder, WorkItem other) =>
        !other.WasLate
        && !(other.IsSoftwares && decoder is not null)
        && other.Place == place
        && order is SegmentOrder one && other.Order is SegmentOrder more
        && VideoSegment.Share(one, more);

    /// <summary>Works until every order has ended, or the worker. Afterwards the worker is either idle or lost.</summary>
    /// <param name="onEnded">Hears of each end but the last.</param>
    /// <param name="onLate">Hears of each order that came too late and is still to be made.</param>
    /// <returns>What ended with the run.</returns>
    public async Task<IReadOnlyList<OrderEnd>> RunAsync(Action<OrderEnd> onEnded, Action<WorkItem> onLate)
    {
        lock (gate)
        {
            watchdog = time.CreateTimer(_ => OnSilence(), null, options.ProgressTimeout, Timeout.InfiniteTimeSpan);
        }

        using ITimer limit = time.CreateTimer(_ => worker.Kill($"it took longer than {options.OrderTimeout}", hung: true), null, options.OrderTimeout, Timeout.InfiniteTimeSpan);
        try
        {
            while (await worker.Inbox.WaitToReadAsync().ConfigureAwait(false))
            {
                while (worker.Inbox.TryRead(out Frame frame))
                {
                    OrderEnd? end = await TakeAsync(frame, onLate).ConfigureAwait(false);
                    if (IsFinished())
                    {
                        return end is { } final ? [final] : [];
                    }

                    if (end is { } one)
                    {
                        onEnded(one);
                    }
                }
            }
        }
        catch (ProtocolException exception)
        {
            worker.Kill($"it broke the protocol: {exception.Message}");
        }
        finally
        {
            await EndAsync().ConfigureAwait(false);
        }

        await worker.Ended.ConfigureAwait(false);
        var lost = new WorkerLostException(worker.End, worker.Obituary());
        orders.ForEach(order => order.Dispose());
        return [.. orders.Select(order => new OrderEnd(order.Item, null, order.Lost(lost)))];
    }

    public void Dispose()
    {
        watchdog?.Dispose();
        reads.Dispose();
    }

    private bool Add(WorkItem item)
    {
        RunningOrder order;
        lock (gate)
        {
            if (isOver || isClosed || taken == VideoSegment.MaxRungs || (orders.Count > 0 && need + MemoryNeed.Own(item.Order) > options.RunMemoryBytes))
            {
                return false;
            }

            taken++;
            need += MemoryNeed.Own(item.Order);
            order = new(worker, item, ++Worker.OrdersTaken, isSoftwares: Decoder is null, options, time);
            orders.Add(order);
        }

        order.Begin();
        return true;
    }

    /// <returns>How an order ended, when this was the last message about it.</returns>
    private async Task<OrderEnd?> TakeAsync(Frame frame, Action<WorkItem> onLate)
    {
        Touch();
        if (frame.Kind == MessageKind.Chunk)
        {
            return await DeliverAsync(frame).ConfigureAwait(false);
        }

        try
        {
            return Take(frame, onLate);
        }
        finally
        {
            frame.Release();
        }
    }

    private async Task<OrderEnd?> DeliverAsync(Frame frame)
    {
        RunningOrder order = Find(frame);
        lock (gate)
        {
            // Where output has begun, the first pictures are long past.
            isClosed = true;
            isDelivering = true;
        }

        try
        {
            // Not released where its reader was left behind: that one may still be looking at it.
            if (await order.DeliverAsync(frame.Payload[4..]).ConfigureAwait(false))
            {
                frame.Release();
            }

            return null;
        }
        catch (TranscodeException exception)
        {
            Remove(order);
            return new(order.Item, null, exception);
        }
        finally
        {
            lock (gate)
            {
                isDelivering = false;
            }

            Touch();
        }
    }

    private OrderEnd? Take(Frame frame, Action<WorkItem> onLate)
    {
        switch (frame.Kind)
        {
            case MessageKind.Read:
                reads.Start(ReadMessage.Parse(frame.Payload.Span, sourceBytes));
                return null;
            case MessageKind.Progress:
                return null;
            case MessageKind.Late:
                TakeLate(Find(frame), onLate);
                return null;
            default:
                RunningOrder order = Find(frame);
                OrderEnd end = order.Answer(frame.Kind, frame.Payload.Span[4..], reads);
                Remove(order);
                return end;
        }
    }

    private void TakeLate(RunningOrder order, Action<WorkItem> onLate)
    {
        if (order.Id == firstId)
        {
            throw new ProtocolException("The first of several orders was called late.");
        }

        lock (gate)
        {
            isClosed = true;
        }

        Remove(order);
        onLate(order.Item);
    }

    private RunningOrder Find(Frame frame)
    {
        int id = new PayloadReader(frame.Payload.Span).Int32();
        lock (gate)
        {
            return orders.Find(order => order.Id == id) ?? throw new ProtocolException($"A message {frame.Kind} is for order {id}, which is not in hand.");
        }
    }

    private void Remove(RunningOrder order)
    {
        lock (gate)
        {
            orders.Remove(order);
        }

        order.Dispose();
    }

    private bool IsFinished()
    {
        lock (gate)
        {
            return isOver = orders.Count == 0;
        }
    }

    private void Touch()
    {
        lock (gate)
        {
            if (!isOver)
            {
                watchdog!.Change(options.ProgressTimeout, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void OnSilence()
    {
        bool waitsForUs;
        lock (gate)
        {
            if (isOver)
            {
                return;
            }

            waitsForUs = isDelivering || reads.AreInFlight;
        }

        if (waitsForUs)
        {
            Touch();
            return;
        }

        worker.Kill($"it made no progress for {options.ProgressTimeout}", hung: true);
    }

    private Task EndAsync()
    {
        lock (gate)
        {
            isOver = true;
            watchdog?.Dispose();
        }

        return reads.EndAsync();
    }
}
