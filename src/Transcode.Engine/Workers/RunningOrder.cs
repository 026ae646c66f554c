using System.Diagnostics.CodeAnalysis;
using Transcode.Engine.Recipes;

namespace Transcode.Engine.Workers;

/// <summary>One order on a worker: delivers its chunks, checks what is said of it, gives it up when its caller does. The
/// worker is not trusted: what does not fit ends it.</summary>
internal sealed class RunningOrder(WorkerProcess worker, WorkItem item, int id, bool isSoftwares, WorkerPoolOptions options, TimeProvider time) : IDisposable
{
    private readonly Lock gate = new();
    private CancellationTokenRegistration onCancelled;
    private ITimer? patience;
    private bool isOver;
    private Exception? consumerFault;

    public WorkItem Item => item;

    public int Id => id;

    private bool IsGivenUp => consumerFault is not null || item.Token.IsCancellationRequested;

    /// <summary>Sends it.</summary>
    public void Begin()
    {
        item.Output.BeginAttempt();
        worker.Send(Frames.Order(id, item.Priority == WorkPriority.Background, isSoftwares, item.Fingerprint, item.Source.Length, item.Document));
        onCancelled = item.Token.Register(GiveUp);
    }

    /// <summary>Delivers a piece of its output.</summary>
    /// <returns>False where the reader was left behind with it: it may still be looking at it.</returns>
    /// <exception cref="TranscodeException">The order failed.</exception>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever the consumer throws is the order's outcome.")]
    public async Task<bool> DeliverAsync(ReadOnlyMemory<byte> piece)
    {
        if (IsGivenUp)
        {
            return true;
        }

        if (item.Output.Received + piece.Length > options.MaxOutputBytes)
        {
            worker.Kill("its output is too large");
            throw new TranscodeException(FailureStage.Worker, FailureCause.Internal, $"The output passes {options.MaxOutputBytes} bytes.");
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
    }

    /// <summary>Takes the worker's answer.</summary>
    /// <param name="kind">Done, failed or cancelled.</param>
    /// <param name="document">What follows the order's number.</param>
    /// <param name="reads">Of the source.</param>
    /// <exception cref="ProtocolException">The answer has no place here.</exception>
    public OrderEnd Answer(MessageKind kind, ReadOnlySpan<byte> document, SourceReads reads)
    {
        switch (kind)
        {
            case MessageKind.Done or MessageKind.Failed or MessageKind.Cancelled when IsGivenUp:
                return new(item, null, Lost(null));
            case MessageKind.Done:
                return Finish(new PayloadReader(document).Document(EngineJson.Default.WorkReport), reads);
            case MessageKind.Failed:
                return new(item, null, Failure(new PayloadReader(document).Document(EngineJson.Default.WorkFailure), reads.Fault));
            default:
                throw new ProtocolException($"A message {kind} has no place in an order.");
        }
    }

    /// <summary>Why there is no report where the worker gave none.</summary>
    public Exception Lost(WorkerLostException? worker) =>
        item.Token.IsCancellationRequested ? new OperationCanceledException(item.Token) : consumerFault ?? worker!;

    /// <summary>Ends its part here; nothing is called back any more.</summary>
    public void Dispose()
    {
        onCancelled.Unregister();
        lock (gate)
        {
            isOver = true;
            patience?.Dispose();
        }
    }

    private OrderEnd Finish(WorkReport report, SourceReads reads)
    {
        try
        {
            item.Output.Finish(report);
        }
        catch (TranscodeException exception)
        {
            worker.Kill("its report does not fit what it sent");
            return new(item, null, exception);
        }

        // What was served is known here; nothing need be believed.
        return new(item, report with { BytesIn = reads.TakeServed() }, null);
    }

    private static TranscodeException Failure(WorkFailure failure, Exception? sourceFault)
    {
        // These are for the pool to say; from a worker they are a fault in it.
        FailureCause cause = failure.Cause is FailureCause.WorkerDied or FailureCause.WorkerHung or FailureCause.Quarantined or FailureCause.Overloaded
            ? FailureCause.Internal
            : failure.Cause;
        return new(failure with { Cause = cause, Message = WorkerText.Clean(failure.Message) }, sourceFault);
    }

    private void GiveUp()
    {
        lock (gate)
        {
            if (isOver || patience is not null)
            {
                return;
            }

            patience = time.CreateTimer(_ => worker.Kill("it did not give up an order when asked"), null, options.CancelTimeout, Timeout.InfiniteTimeSpan);
        }

        worker.Send(Frames.Cancel(id));
    }
}
