using System.Text.Json;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Transcode.Engine.Workers;

/// <summary>An order in the pool, from its start to its completion. The pool's lock guards what can change.</summary>
internal sealed class WorkItem : IDisposable
{
    private readonly CancellationTokenSource cancellation;

    public WorkItem(
        WorkOrder order, IByteSource source, WorkPriority priority, Func<ReadOnlyMemory<byte>, ValueTask> onChunk, CancellationToken cancellationToken)
    {
        Order = order;
        Source = source;
        Fingerprint = source.Fingerprint;
        Place = WorkPlace.Of(order, Fingerprint);
        Priority = priority;
        Document = JsonSerializer.SerializeToUtf8Bytes(order, EngineJson.Default.WorkOrder);
        Output = new WorkOutput(onChunk);
        cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Token = cancellation.Token;
    }

    public WorkOrder Order { get; }

    public IByteSource Source { get; }

    public string Fingerprint { get; }

    public WorkPlace Place { get; }

    /// <summary>The order's JSON.</summary>
    public byte[] Document { get; }

    /// <summary>Why it cannot be sent, or null where it can.</summary>
    public TranscodeException? Refusal =>
        Document.Length > MessageLimits.DocumentBytes || Fingerprint.Length > MessageLimits.FingerprintCharacters
            ? new(FailureStage.Source, FailureCause.OutOfRange, $"What is known of this source is longer than {MessageLimits.DocumentBytes} bytes.")
            : null;

    public WorkOutput Output { get; }

    /// <summary>Cancelled by the caller or by the pool.</summary>
    public CancellationToken Token { get; }

    public TaskCompletionSource<WorkReport> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WorkPriority Priority { get; set; }

    /// <summary>Its place in the queue, or null where it does not wait.</summary>
    public LinkedListNode<WorkItem>? Waiting { get; set; }

    /// <summary>Whether it came too late for a decode it was to share: it will have its own.</summary>
    public bool WasLate { get; set; }

    /// <summary>Whether a worker was lost with it that may have had a device decode for it: from then on none does, nor does it share what one decodes.</summary>
    public bool IsSoftwares { get; set; }

    /// <summary>Of a device's decoder that a worker had in hand when it was lost with this: software makes it now, and that tells whose doing it was.</summary>
    public (Hardware.CodingPath Decoder, WorkerLostException Lost)? Suspected { get; set; }

    public CancellationTokenRegistration OnCancelled { get; set; }

    /// <summary>Takes the work back for the pool's own reasons.</summary>
    public async Task CancelAsync()
    {
        try
        {
            await cancellation.CancelAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            // It completed in this moment.
        }
    }

    /// <summary>Tells the caller how it ended. Once, and outside the pool's lock.</summary>
    public void Complete(WorkReport? report, Exception? failure)
    {
        switch (failure)
        {
            case null:
                Completion.TrySetResult(report!);
                break;
            case OperationCanceledException:
                Completion.TrySetCanceled(Token.IsCancellationRequested ? Token : new CancellationToken(canceled: true));
                break;
            default:
                Completion.TrySetException(failure);
                break;
        }

        Dispose();
    }

    public void Dispose()
    {
        OnCancelled.Unregister();
        Output.Dispose();
        cancellation.Dispose();
    }
}
