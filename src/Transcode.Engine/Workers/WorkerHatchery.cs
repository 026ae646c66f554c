using System.ComponentModel;
using Microsoft.Extensions.Logging;

namespace Transcode.Engine.Workers;

/// <summary>Brings workers up to their hello, and knows what the last of them said. Starts that fail are spaced out.</summary>
internal sealed class WorkerHatchery(WorkerPoolOptions first, ILogger logger, TimeProvider time, EncoderCare encoder, DecoderCare decoders) : IDisposable
{
    /// <summary>Failed starts in a row that may be an accident.</summary>
    private const int Accidents = 3;

    /// <summary>For so long a device is left alone with which a worker came to a bad end: it may have been the driver's doing.</summary>
    private static readonly TimeSpan DeviceRest = TimeSpan.FromHours(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly WorkerLauncher launcher = new(first);
    private volatile WorkerPoolOptions options = first;
    private TaskCompletionSource<EngineIdentity> identity = NewIdentity();
    private int failures;
    private int signals;
    private int unused;
    private DateTimeOffset pausedUntil;
    private TranscodeException? lastFailure;
    private bool isHopeless;
    private DateTimeOffset deviceRestsUntil;

    /// <summary>Completes with the first hello; fails when starting fails, and is a new task afterwards.</summary>
    public Task<EngineIdentity> Identity
    {
        get
        {
            lock (gate)
            {
                if (identity.Task.IsFaulted && time.GetUtcNow() >= pausedUntil)
                {
                    identity = NewIdentity();
                }

                return identity.Task;
            }
        }
    }

    public IReadOnlyList<LockInMeasure> LockIn { get; private set; } = [];

    /// <summary>Every device that the last worker found and what became of it, a line each.</summary>
    public IReadOnlyList<string> Devices { get; private set; } = [];

    /// <summary>What the next worker may make pictures on.</summary>
    private DeviceUse Device
    {
        get
        {
            lock (gate)
            {
                return time.GetUtcNow() < deviceRestsUntil ? DeviceUse.None : options.Device;
            }
        }
    }

    /// <summary>Why there is no use in waiting for a worker, or null where there is.</summary>
    public TranscodeException? Refusal
    {
        get
        {
            lock (gate)
            {
                return isHopeless && time.GetUtcNow() < pausedUntil ? lastFailure : null;
            }
        }
    }

    /// <summary>Whether another start may be tried now.</summary>
    /// <param name="nothingRuns">Without any worker even the first failures are followed at once by another try.</param>
    public bool MayStart(bool nothingRuns)
    {
        lock (gate)
        {
            return time.GetUtcNow() >= pausedUntil || (nothingRuns && !isHopeless);
        }
    }

    /// <summary>A worker that had a device came to a bad end.</summary>
    public void RestDevice(string why)
    {
        lock (gate)
        {
            deviceRestsUntil = time.GetUtcNow() + DeviceRest;
            Devices = [$"left alone for an hour: a worker that had it ended ({why})"];
        }

        logger.DeviceRests(WorkerText.Clean(why));
    }

    /// <summary>A worker was given something to do, so its start was one.</summary>
    public void Used()
    {
        lock (gate)
        {
            unused = 0;
        }
    }

    /// <summary>A worker came to a bad end after its hello and before it was given anything: as a start that failed, or such would follow each other without end.</summary>
    /// <returns>Why.</returns>
    public TranscodeException EndedUnused(PooledWorker worker)
    {
        lock (gate)
        {
            failures = Math.Max(failures, unused++);
        }

        string why = worker.Process!.Obituary();
        BlameDecoders(worker, new WorkerLostException(worker.Process.End, why));
        return Failed(worker, new TranscodeException(FailureStage.Worker, FailureCause.WorkerDied, $"A worker ended before it was given anything: {why}"), mayBeAccident: true);
    }

    /// <summary>How the workers are that are started from now on.</summary>
    public void Obey(WorkerPoolOptions next)
    {
        options = next;
        launcher.Keep(next.Cores);
    }

    /// <summary>Forks a worker and waits for its hello.</summary>
    /// <returns>Null when the worker is ready, else why it is not.</returns>
    public async Task<TranscodeException?> HatchAsync(PooledWorker worker)
    {
        long started = time.GetTimestamp();
        try
        {
            DeviceUse device = Device;
            worker.HasDevice = device != DeviceUse.None;
            worker.Encoder = encoder.ForWorkers;
            worker.Decoders = decoders.ForWorkers;
            WorkerProcess process = await launcher.StartAsync(() => WorkerProcess.Start(options, device, worker.Encoder, worker.Decoders, logger)).ConfigureAwait(false);
            worker.Process = process;
            worker.SetForked();
            WorkerHello hello = await HelloAsync(process).ConfigureAwait(false);
            worker.HasDevice = hello.Device is not null;
            Succeeded(hello);
            worker.OpenedDecoders = decoders.Opened(worker.Decoders, hello.Decoders ?? []);
            long milliseconds = (long)time.GetElapsedTime(started).TotalMilliseconds;
            logger.WorkerReady(process.Id, milliseconds);
            return null;
        }
        catch (Exception exception) when (exception is TranscodeException or WorkerLostException or Win32Exception or InvalidOperationException or IOException)
        {
            worker.SetForked();
            worker.Process?.Kill("its start failed");
            return Failed(worker, exception);
        }
    }

    public void Dispose() => launcher.Dispose();

    private async Task<WorkerHello> HelloAsync(WorkerProcess process)
    {
        using ITimer limit = time.CreateTimer(_ => process.Kill($"it was not ready within {options.StartTimeout}"), null, options.StartTimeout, Timeout.InfiniteTimeSpan);
        if (!await process.Inbox.WaitToReadAsync().ConfigureAwait(false) || !process.Inbox.TryRead(out Frame frame))
        {
            await process.Ended.ConfigureAwait(false);
            throw new WorkerLostException(process.End, process.Obituary());
        }

        try
        {
            return Parse(frame);
        }
        finally
        {
            frame.Release();
        }
    }

    private static WorkerHello Parse(Frame frame)
    {
        var reader = new PayloadReader(frame.Payload.Span);
        switch (frame.Kind)
        {
            case MessageKind.Hello:
                return reader.Document(WorkerJson.Default.WorkerHello);
            case MessageKind.Failed:
                _ = reader.Int32();
                throw new TranscodeException(reader.Document(Recipes.EngineJson.Default.WorkFailure));
            default:
                throw new ProtocolException($"It began with a message {frame.Kind} instead of a hello.");
        }
    }

    private void Succeeded(WorkerHello hello)
    {
        lock (gate)
        {
            if (identity.Task.IsCompletedSuccessfully && identity.Task.Result != hello.Identity)
            {
                throw new TranscodeException(FailureStage.Worker, FailureCause.Internal, $"The engine changed from {identity.Task.Result} to {hello.Identity} while the box ran: restart it.");
            }

            if (LockIn.Count == 0)
            {
                foreach (LockInMeasure measure in hello.LockIn.Where(measure => !measure.Applied))
                {
                    logger.LockInPartial(measure.Name, WorkerText.Clean(measure.Detail));
                }
            }

            LockIn = hello.LockIn;
            Devices = [.. (hello.Devices ?? Devices).Select(WorkerText.Clean)];
            failures = unused;
            signals = 0;
            isHopeless = false;
            if (!identity.Task.IsCompletedSuccessfully)
            {
                identity = identity.Task.IsFaulted ? NewIdentity() : identity;
                identity.SetResult(hello.Identity);
            }
        }
    }

    private TranscodeException Failed(PooledWorker worker, Exception exception, bool mayBeAccident = false)
    {
        var failure = exception as TranscodeException
            ?? new TranscodeException(FailureStage.Worker, FailureCause.Internal, $"A worker cannot start: {exception.Message}", exception);
        if (worker.IsRetired)
        {
            return failure;
        }

        logger.WorkerCannotStart(failure.Message);
        if (worker.HasDevice && exception is WorkerLostException { End: not WorkerEnd.Outside })
        {
            RestDevice(failure.Message);
        }

        if (worker.Encoder is not null && exception is WorkerLostException { End: not WorkerEnd.Outside } lost)
        {
            // Nothing else was at work yet.
            encoder.Suspect(lost);
            encoder.Convict(lost);
        }

        if (exception is WorkerLostException end)
        {
            BlameDecoders(worker, end);
        }

        lock (gate)
        {
            if (exception is WorkerLostException { End: WorkerEnd.Outside } && ++signals < Quarantine.FatalSignals)
            {
                // It did not fail to start: somebody ended it. The next one is started at once.
                return failure;
            }

            failures++;
            lastFailure = failure;
            pausedUntil = time.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, 0.25 * Math.Pow(2, failures)));
            // What a worker says of itself is no accident; a death may be.
            isHopeless = (!mayBeAccident && exception is (TranscodeException or Win32Exception)) || failures >= Accidents;
            if (isHopeless && !identity.Task.IsCompleted)
            {
                identity.SetException(failure);
                _ = identity.Task.Exception;
            }
        }

        return failure;
    }

    /// <summary>A worker ended that had done nothing yet. Which of several decoders it was is not known; where one was alone, it is.</summary>
    private void BlameDecoders(PooledWorker worker, WorkerLostException lost)
    {
        if (lost.End == WorkerEnd.Outside)
        {
            return;
        }

        // What did not open in it had no part in it; before its hello any may have.
        IReadOnlyList<Hardware.CodingPath> had = worker.OpenedDecoders ?? worker.Decoders;
        foreach (Hardware.CodingPath path in had)
        {
            decoders.Suspect(path, lost);
        }

        if (worker.Encoder is null && had is [var only])
        {
            decoders.Convict(only, lost);
        }
    }

    private static TaskCompletionSource<EngineIdentity> NewIdentity() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
