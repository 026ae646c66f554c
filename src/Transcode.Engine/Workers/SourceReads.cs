using System.Diagnostics.CodeAnalysis;
using Transcode.Engine.Media;

namespace Transcode.Engine.Workers;

/// <summary>Answers a worker's reads of its source, several at a time.</summary>
/// <param name="worker">Who asks.</param>
/// <param name="sources">The source, as each order in hand brought it; all have the same bytes.</param>
/// <param name="onServed">Called after each answer.</param>
/// <param name="patience">How long the worker may wait for bytes in all: a source that is slow to come holds a slot, and an order that would take too long because of it is not
/// the worker's fault.</param>
/// <param name="time">What that is measured by.</param>
internal sealed class SourceReads(WorkerProcess worker, Func<IReadOnlyList<IByteSource>> sources, Action onServed, TimeSpan patience, TimeProvider time) : IDisposable
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource cancellation = new();
    private int inFlight;
    private bool isOver;
    private long waitsSince;
    private TimeSpan waited;
    private long served;
    private long told;

    public bool AreInFlight
    {
        get
        {
            lock (gate)
            {
                return inFlight > 0;
            }
        }
    }

    /// <summary>Why the first read that failed did.</summary>
    public Exception? Fault { get; private set; }

    /// <exception cref="ProtocolException">Too many are in flight.</exception>
    public void Start(ReadMessage read)
    {
        lock (gate)
        {
            waitsSince = inFlight == 0 ? time.GetTimestamp() : waitsSince;
            if (++inFlight > MessageLimits.OutstandingReads)
            {
                throw new ProtocolException("Too many reads are in flight.");
            }
        }

        _ = ServeAsync(read);
    }

    /// <summary>Bytes served that were not told yet: of orders that share them, the first to end tells of them.</summary>
    public long TakeServed()
    {
        lock (gate)
        {
            long fresh = served - told;
            told = served;
            return fresh;
        }
    }

    /// <summary>No answer is sent from here on.</summary>
    public Task EndAsync()
    {
        lock (gate)
        {
            isOver = true;
        }

        return cancellation.CancelAsync();
    }

    public void Dispose() => cancellation.Dispose();

    private async Task ServeAsync(ReadMessage read)
    {
        Frame answer = Frames.Bytes(read.Request, read.Count);
        Exception? fault = await FillAsync(read, answer.Payload[5..]).ConfigureAwait(false);
        if (fault is not null)
        {
            answer.Release();
            // The worker is told no details: it would repeat them to whoever asks, and they may name a path.
            answer = Frames.BytesFailed(read.Request, "The source could not be read.");
        }

        lock (gate)
        {
            waited += --inFlight == 0 ? time.GetElapsedTime(waitsSince) : TimeSpan.Zero;
            if (isOver)
            {
                answer.Release();
                return;
            }

            Fault ??= fault;
            served += fault is null ? read.Count : 0;
            worker.Send(answer);
        }

        onServed();
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever the source throws, the worker must be answered.")]
    private async Task<Exception?> FillAsync(ReadMessage read, Memory<byte> buffer)
    {
        IByteSource? source = null;
        while (true)
        {
            IByteSource? failed = source;
            IReadOnlyList<IByteSource> all = sources();
            source = all.Count > 0 ? all[0] : null;
            if (source is null)
            {
                return new OperationCanceledException();
            }

            if (IsTooSlow(source))
            {
                return new TimeoutException($"The source took longer than {patience} to come.");
            }

            Exception fault;
            try
            {
                int count = await source.ReadAsync(read.Offset, buffer, cancellation.Token).ConfigureAwait(false);
                if (count == read.Count)
                {
                    return null;
                }

                fault = new EndOfStreamException($"The source gave {count} of {read.Count} bytes at {read.Offset}.");
            }
            catch (Exception exception)
            {
                fault = exception;
            }

            // Whoever brought it may have left and closed it: then another's is tried.
            if (source == failed || sources().Contains(source))
            {
                return fault;
            }
        }
    }

    /// <summary>Whether a source on another machine has had its time.</summary>
    private bool IsTooSlow(IByteSource source)
    {
        lock (gate)
        {
            return source.IsFar && waited + time.GetElapsedTime(waitsSince) > patience;
        }
    }
}
