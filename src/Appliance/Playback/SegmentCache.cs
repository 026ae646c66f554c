using Appliance.Admission;
using Appliance.Rewards;
using Appliance.Telemetry;
using Appliance.Transcoding;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;
using Span = System.Diagnostics.Activity;

namespace Appliance.Playback;

/// <summary>Where playing and making meet: an artifact comes from disk, from a flight that is under way, or from a flight
/// started now. One artifact has one flight, however many ask, players and jobs alike.</summary>
internal sealed partial class SegmentCache(
    ITranscoder transcoder,
    SegmentStore store,
    SegmentShelf shelf,
    WorkMetering metering,
    PlaybackMeter meter,
    Capacity capacity,
    CacheLimits limits,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<SegmentCache> logger) : IAsyncDisposable
{
    /// <summary>How long what players wait for may still be made when the box stops: a segment takes a small box about so long. What nobody waits for ends at once.</summary>
    public static readonly TimeSpan EndingPatience = TimeSpan.FromSeconds(5);

    /// <summary>Cancelled work ends in less; what hangs longer is not waited for.</summary>
    private static readonly TimeSpan LandingTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Syncing a disk blocks a thread; more than two at once only queue in the disk.</summary>
    private readonly SemaphoreSlim _writers = new(2);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Flight> _flights = [];
    private readonly HashSet<Flight> _airborne = [];
    private readonly FlightMemory _memory = new(limits.MemoryBytes);

    public FlightStatus Status
    {
        get
        {
            lock (_gate)
            {
                return new(_flights.Count, _flights.Values.Count(f => f.HeldAhead), _memory.Bytes);
            }
        }
    }

    /// <summary>From now on, holds so many bytes of segments on their way. What it holds beyond them stays until it is read.</summary>
    public void LimitMemory(long bytes) => _memory.Limit(bytes);

    /// <summary>The length of what is on disk; makes nothing.</summary>
    public long? KnownLength(ArtifactKey key)
    {
        using StoredReader? stored = TryOpenKept(key.Name);
        return stored?.KnownLength;
    }

    /// <summary>What is made before an artifact, if it were asked for now.</summary>
    /// <returns>Null where it costs nothing: it is kept, or being made already.</returns>
    public Backlog? BacklogBefore(Artifact artifact, WorkPriority priority)
    {
        lock (_gate)
        {
            if (_flights.ContainsKey(artifact.Key.Name) || IsKept(artifact.Key.Name))
            {
                return null;
            }

            int orders = 0;
            TimeSpan work = TimeSpan.Zero;
            foreach (Flight flight in _flights.Values.Where(flight => flight.Length is null && IsAhead(flight, priority)))
            {
                TimeSpan left = capacity.Estimate(flight.Artifact.Order) ?? TimeSpan.Zero;
                left -= flight.BegunAt is { } begun ? time.GetElapsedTime(begun) : TimeSpan.Zero;
                work += left > TimeSpan.Zero ? left : TimeSpan.Zero;
                orders++;
            }

            return new(orders, work);
        }
    }

    /// <summary>Opens an artifact for a client that waits for it.</summary>
    /// <param name="artifact">What is wanted.</param>
    /// <param name="urgency">How urgently.</param>
    /// <exception cref="TranscodeException">The box makes as many as it can hold.</exception>
    public ArtifactReader Open(Artifact artifact, Urgency urgency)
    {
        while (true)
        {
            if (TryOpenKept(artifact.Key.Name) is { } stored)
            {
                return stored;
            }

            Flight? flight;
            bool start;
            lock (_gate)
            {
                start = !_flights.TryGetValue(artifact.Key.Name, out flight);
                if (start && IsKept(artifact.Key.Name))
                {
                    // It landed between the two looks.
                    continue;
                }

                flight ??= List(artifact, urgency.Now);
                flight.Readers++;

                // From now on it is the client's: made while it waits, and dropped when it goes.
                flight.HeldAhead = false;
            }

            var reader = new FlightReader(flight, start, urgency, Leave, time);
            if (start)
            {
                _ = FlyAsync(flight);
            }

            return reader;
        }
    }

    /// <summary>Starts an artifact nobody asked for yet.</summary>
    /// <returns>Null where there is nothing to do, or no room.</returns>
    public Flight? TryPrepare(Artifact artifact)
    {
        Flight flight;
        lock (_gate)
        {
            if (_flights.ContainsKey(artifact.Key.Name)
                || IsKept(artifact.Key.Name)
                || _flights.Count >= limits.Flights / 2
                || lifetime.ApplicationStopping.IsCancellationRequested)
            {
                return null;
            }

            flight = List(artifact, WorkPriority.ReadAhead);
            flight.HeldAhead = true;
        }

        _ = FlyAsync(flight);
        return flight;
    }

    /// <summary>Gives up what was started ahead, unless a client has taken it over.</summary>
    public void Abandon(Flight flight)
    {
        bool cancel;
        lock (_gate)
        {
            cancel = flight.HeldAhead;
            flight.HeldAhead = false;
            cancel = cancel && TryDrop(flight);
        }

        if (cancel)
        {
            flight.Cancel();
        }
    }

    /// <summary>The box stops: what was begun for nobody is given up, and what players wait for is made to its end, if that comes in time. Jobs leave by themselves.</summary>
    public void BeginEnding()
    {
        Flight[] ahead;
        lock (_gate)
        {
            ahead = [.. _airborne.Where(flight => flight.HeldAhead)];
        }

        foreach (Flight flight in ahead)
        {
            Abandon(flight);
        }

        _end.CancelAfter(EndingPatience);
    }

    /// <summary>Ends what is still under way, and waits for that: what it uses is closed next.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Task[] landing;
        lock (_gate)
        {
            landing = [.. _airborne.Select(flight => flight.Landed)];
        }

        try
        {
            await Task.WhenAll(landing).WaitAsync(LandingTimeout);
            _writers.Dispose();
            _end.Dispose();
        }
        catch (TimeoutException)
        {
            StillFlying(logger, landing.Count(task => !task.IsCompleted));
        }
    }

    private Flight List(Artifact artifact, WorkPriority priority)
    {
        if (_flights.Count >= limits.Flights)
        {
            throw new TranscodeException(
                FailureStage.Worker, FailureCause.Overloaded, "The box is making as many segments as it can hold.");
        }

        var flight = new Flight(artifact, priority, _memory, _end.Token) { Listed = true };
        _flights.Add(artifact.Key.Name, flight);
        _airborne.Add(flight);
        return flight;
    }

    private async Task FlyAsync(Flight flight)
    {
        using Span? making = BoxTraces.Making(flight.Artifact.Order, flight.Artifact.Key.Part);
        try
        {
            WorkReport report = await MakeAsync(flight);
            BoxTraces.Worked(making, report);

            // The readers go first: what follows is for those who come later.
            flight.Complete();
            capacity.Record(flight.Artifact.Order, report);
            meter.Made(flight.Artifact.Order, report);
            await metering.RecordAsync(flight.Artifact, report, flight.MadeFor);
            if (flight.MadeFor != WorkPriority.Background && flight.Artifact.Order is not SegmentOrder { Recipe: CopyRecipe })
            {
                // What only a job wanted, the job keeps: here it would push out what is being watched. A copy is on a disk already,
                // as the source.
                await KeepAsync(flight, TimeSpan.FromMicroseconds(report.CpuMicroseconds));
            }
        }
        catch (Exception exception)
        {
            flight.Fail(exception);
            BoxTraces.Failed(making, exception);
            if (exception is TranscodeException { Failure.Cause: var cause })
            {
                meter.Failed(cause);
            }
            else if (exception is not OperationCanceledException)
            {
                FlightFailed(logger, exception, flight.Artifact.Key.Part);
            }
        }
        finally
        {
            lock (_gate)
            {
                flight.HeldAhead = false;
                Unlist(flight);
                DiscardIfUnused(flight);
                _airborne.Remove(flight);
            }

            flight.Land();
        }
    }

    /// <summary>Work made ahead gives way to work that is waited for. Where a client came to wait at that very moment, it is
    /// begun again, and the client notices nothing: the bytes are the same. Where they may not be, as a device makes them, the client is told, and may ask again.</summary>
    private async Task<WorkReport> MakeAsync(Flight flight)
    {
        while (true)
        {
            WorkPriority priority = flight.Priority;
            StartedWork work = transcoder.Start(
                flight.Artifact.Order,
                flight.Artifact.Source,
                priority,
                chunk =>
                {
                    flight.Append(chunk, time.GetTimestamp());
                    return ValueTask.CompletedTask;
                },
                flight.Cancelled);
            flight.Attach(work.Reprioritize, priority);
            try
            {
                return await work.Completion;
            }
            catch (OperationCanceledException) when (!flight.Cancelled.IsCancellationRequested && IsAwaited(flight))
            {
                if (!flight.TryBeginAgain())
                {
                    throw new TranscodeException(FailureStage.Worker, FailureCause.Overloaded, "It gave way to what others wait for.");
                }
            }
        }
    }

    private bool IsAwaited(Flight flight)
    {
        lock (_gate)
        {
            return flight.Readers > 0;
        }
    }

    /// <summary>What is as urgent, and what is under way and will not give way.</summary>
    private static bool IsAhead(Flight flight, WorkPriority priority) =>
        flight.Artifact.Order is SegmentOrder { Recipe: VideoRecipe }
        && (flight.Priority <= priority || (flight.BegunAt is not null && flight.Priority <= WorkPriority.Playing));

    private StoredReader? TryOpenKept(string name) => store.TryOpen(name) ?? shelf.TryOpen(name);

    private bool IsKept(string name) => store.Contains(name) || shelf.Contains(name);

    private async Task KeepAsync(Flight flight, TimeSpan cost)
    {
        await _writers.WaitAsync();
        try
        {
            store.Keep(flight.Artifact.Key.Name, flight.Chunks, cost);
        }
        finally
        {
            _writers.Release();
        }
    }

    private void Leave(Flight flight)
    {
        bool cancel;
        lock (_gate)
        {
            flight.Readers--;
            cancel = TryDrop(flight);
            DiscardIfUnused(flight);
        }

        if (cancel)
        {
            flight.Cancel();
        }
    }

    /// <summary>Takes an unfinished flight that nobody wants out of sight, so that whoever asks next starts a new one.</summary>
    private bool TryDrop(Flight flight)
    {
        if (flight.Readers > 0 || flight.HeldAhead || !flight.Listed || !flight.TryGiveUp())
        {
            return false;
        }

        Unlist(flight);
        return true;
    }

    private void Unlist(Flight flight)
    {
        if (flight.Listed)
        {
            flight.Listed = false;
            _flights.Remove(flight.Artifact.Key.Name);
        }
    }

    private static void DiscardIfUnused(Flight flight)
    {
        if (flight.Readers == 0 && !flight.Listed)
        {
            flight.Discard();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Making part {Part} failed")]
    private static partial void FlightFailed(ILogger logger, Exception exception, string part);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} orders did not end when the appliance did")]
    private static partial void StillFlying(ILogger logger, int count);
}
