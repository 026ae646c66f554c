using System.Diagnostics.CodeAnalysis;
using Transcode.Engine.Recipes;

namespace Transcode.Engine.Workers;

/// <summary>One order on one worker: sends it, serves its reads, delivers its chunks, watches that it goes on. The worker is
/// not trusted: whatever it says is checked, and what does not fit ends it.</summary>
internal sealed class OrderRun(WorkerProcess worker, WorkItem item, int id, WorkerPoolOptions options, TimeProvider time) : IDisposable
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource readsCancellation = new();
    private ITimer? watchdog;
    private ITimer? patience;
    private int readsInFlight;
    private bool delivering;
    private bool over;
    private long bytesServed;
    private Exception? sourceFault;
    private Exception? consumerFault;

    /// <summary>Runs the order to its end. Afterwards the worker is either idle or lost.</summary>
    /// <exception cref="TranscodeException">The order failed.</exception>
    /// <exception cref="OperationCanceledException">The order was cancelled.</exception>
    /// <exception cref="WorkerLostException">The worker ended first.</exception>
    public async Task<WorkReport> RunAsync()
    {
        item.Token.ThrowIfCancellationRequested();
        item.Output.BeginAttempt();
        watchdog = time.CreateTimer(_ => OnSilence(), null, options.ProgressTimeout, Timeout.InfiniteTimeSpan);
        using ITimer limit = time.CreateTimer(_ => worker.Kill($"it took longer than {options.OrderTimeout}", hung: true), null, options.OrderTimeout, Timeout.InfiniteTimeSpan);
        worker.Send(Frames.Order(new OrderMessage(id, item.Fingerprint, item.Source.Length, item.Order)));
        CancellationTokenRegistration registration = item.Token.Register(GiveUp);
        try
        {
            while (await worker.Inbox.WaitToReadAsync().ConfigureAwait(false))
            {
                while (worker.Inbox.TryRead(out Frame frame))
                {
                    if (await TakeAsync(frame).ConfigureAwait(false) is { } report)
                    {
                        return report;
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
            registration.Unregister();
            await EndAsync().ConfigureAwait(false);
        }

        await worker.Ended.ConfigureAwait(false);
        item.Token.ThrowIfCancellationRequested();
        throw consumerFault ?? new WorkerLostException(worker.End, worker.Obituary());
    }

    public void Dispose()
    {
        watchdog?.Dispose();
        patience?.Dispose();
        readsCancellation.Dispose();
    }

    /// <returns>The report, when this was the last message.</returns>
    private async Task<WorkReport?> TakeAsync(Frame frame)
    {
        Touch();
        if (frame.Kind == MessageKind.Chunk)
        {
            // Not released where its reader was left behind: that one may still be looking at it.
            if (await DeliverAsync(frame).ConfigureAwait(false))
            {
                frame.Release();
            }

            return null;
        }

        try
        {
            return Take(frame.Kind, frame.Payload.Span);
        }
        finally
        {
            frame.Release();
        }
    }

    private WorkReport? Take(MessageKind kind, ReadOnlySpan<byte> payload)
    {
        if (kind == MessageKind.Read)
        {
            StartRead(ReadMessage.Parse(payload, item.Source.Length));
            return null;
        }

        var reader = new PayloadReader(payload);
        RequireThisOrder(reader.Int32());
        switch (kind)
        {
            case MessageKind.Progress:
                return null;
            case MessageKind.Done when IsGivenUp:
            case MessageKind.Failed when IsGivenUp:
            case MessageKind.Cancelled when IsGivenUp:
                item.Token.ThrowIfCancellationRequested();
                throw consumerFault!;
            case MessageKind.Done:
                return Finish(reader.Document(EngineJson.Default.WorkReport));
            case MessageKind.Failed:
                throw Failure(reader.Document(EngineJson.Default.WorkFailure));
            default:
                throw new ProtocolException($"A message {kind} has no place in an order.");
        }
    }

    private bool IsGivenUp => consumerFault is not null || item.Token.IsCancellationRequested;

    private WorkReport Finish(WorkReport report)
    {
        try
        {
            item.Output.Finish(report);
        }
        catch (TranscodeException)
        {
            worker.Kill("its report does not fit what it sent");
            throw;
        }

        // What was served is known here; nothing need be believed.
        return report with { BytesIn = bytesServed };
    }

    private TranscodeException Failure(WorkFailure failure)
    {
        // These are for the pool to say; from a worker they are a fault in it.
        FailureCause cause = failure.Cause is FailureCause.WorkerDied or FailureCause.WorkerHung or FailureCause.Quarantined or FailureCause.Overloaded
            ? FailureCause.Internal
            : failure.Cause;
        return new(failure with { Cause = cause, Message = WorkerText.Clean(failure.Message) }, sourceFault);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever the consumer throws is the order's outcome.")]
    private async Task<bool> DeliverAsync(Frame frame)
    {
        RequireThisOrder(new PayloadReader(frame.Payload.Span).Int32());
        if (IsGivenUp)
        {
            return true;
        }

        ReadOnlyMemory<byte> piece = frame.Payload[4..];
        if (item.Output.Received + piece.Length > options.MaxOutputBytes)
        {
            worker.Kill("its output is too large");
            throw new TranscodeException(FailureStage.Worker, FailureCause.Internal, $"The output passes {options.MaxOutputBytes} bytes.");
        }

        lock (gate)
        {
            delivering = true;
        }

        try
        {
            await item.Output.TakeAsync(piece).WaitAsync(item.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (item.Token.IsCancellationRequested)
        {
            return false;
        }
        catch (TranscodeException) when (item.Output.IsDifferent)
        {
            worker.Kill("its bytes are not those of the first attempt");
            throw;
        }
        catch (Exception exception)
        {
            consumerFault = exception;
            GiveUp();
            return true;
        }
        finally
        {
            lock (gate)
            {
                delivering = false;
            }

            Touch();
        }
    }

    private void StartRead(ReadMessage read)
    {
        lock (gate)
        {
            if (++readsInFlight > MessageLimits.OutstandingReads)
            {
                throw new ProtocolException("Too many reads are in flight.");
            }
        }

        _ = ServeAsync(read);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever the source throws, the worker must be answered.")]
    private async Task ServeAsync(ReadMessage read)
    {
        Frame answer = Frames.Bytes(read.Request, read.Count);
        int count = 0;
        Exception? fault = null;
        try
        {
            count = await item.Source.ReadAsync(read.Offset, answer.Payload[5..], readsCancellation.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            fault = exception;
        }

        if (count != read.Count)
        {
            fault ??= new EndOfStreamException($"The source gave {count} of {read.Count} bytes at {read.Offset}.");
            answer.Release();
            // The worker is told no details: it would repeat them to whoever asks, and they may name a path.
            answer = Frames.BytesFailed(read.Request, "The source could not be read.");
        }

        lock (gate)
        {
            readsInFlight--;
            if (over)
            {
                answer.Release();
                return;
            }

            sourceFault ??= fault;
            bytesServed += count;
            worker.Send(answer);
        }

        Touch();
    }

    private void RequireThisOrder(int order)
    {
        if (order != id)
        {
            throw new ProtocolException($"A message is for order {order} while {id} is in hand.");
        }
    }

    private void Touch()
    {
        lock (gate)
        {
            if (!over)
            {
                watchdog!.Change(options.ProgressTimeout, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void OnSilence()
    {
        lock (gate)
        {
            if (over)
            {
                return;
            }

            if (readsInFlight > 0 || delivering)
            {
                // It waits for us.
                watchdog!.Change(options.ProgressTimeout, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        worker.Kill($"it made no progress for {options.ProgressTimeout}", hung: true);
    }

    private void GiveUp()
    {
        lock (gate)
        {
            if (over || patience is not null)
            {
                return;
            }

            patience = time.CreateTimer(_ => worker.Kill("it did not give up an order when asked"), null, options.CancelTimeout, Timeout.InfiniteTimeSpan);
        }

        worker.Send(Frames.Cancel(id));
    }

    private async Task EndAsync()
    {
        lock (gate)
        {
            over = true;
            watchdog?.Dispose();
            patience?.Dispose();
        }

        await readsCancellation.CancelAsync().ConfigureAwait(false);
    }
}
