using Appliance.Jobs.Batch;

namespace Appliance.Jobs;

/// <summary>A job of this box, while the box runs.</summary>
internal sealed class Job : IDisposable
{
    /// <summary>Revisions of one start of the box are not those of another.</summary>
    private static readonly string Boot = Guid.NewGuid().ToString("N")[..8];

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _removed = new();
    private TaskCompletionSource _changed = NewSignal();
    private JobRecord _record;
    private JobState _state;
    private BatchProgress? _progress;
    private string? _reason;
    private long _revision;

    public Job(JobRecord record, OutputFolder output)
    {
        _record = record;
        _state = StateOf(record.End);
        _reason = record.End?.Reason;
        Id = record.Id;
        Output = output;
        Removed = _removed.Token;
    }

    public string Id { get; }

    public OutputFolder Output { get; }

    /// <summary>When it was deleted.</summary>
    public CancellationToken Removed { get; }

    /// <summary>When a waiting job is tried again.</summary>
    public DateTimeOffset TryAt { get; private set; }

    /// <summary>How often in a row it met what is in its way, without keeping anything in between; belongs to the runner.</summary>
    public int Holds { get; set; }

    /// <summary>Ends when nothing of it runs; belongs to the runner.</summary>
    public Task Running { get; set; } = Task.CompletedTask;

    public JobRecord Record
    {
        get
        {
            lock (_gate)
            {
                return _record;
            }
        }
    }

    public JobState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <summary>A job that has ended changes no more.</summary>
    public bool HasEnded => State is JobState.Done or JobState.Failed;

    /// <summary>A name for its state; another one after each change.</summary>
    public string Revision
    {
        get
        {
            lock (_gate)
            {
                return $"{Boot}-{_revision}";
            }
        }
    }

    /// <summary>All about it, at one moment, and a name for that moment.</summary>
    public (JobResponse Response, string Revision, Task Changed) Look()
    {
        lock (_gate)
        {
            return (JobResponse.Of(_record, _state, _reason, _progress?.Status), $"{Boot}-{_revision}", _changed.Task);
        }
    }

    public void Begin(BatchProgress progress) => Change(() => (_state, _reason, _progress) = (JobState.Running, null, progress));

    public void Wait(string reason, DateTimeOffset tryAt) => Change(() =>
    {
        TryAt = tryAt;
        (_state, _reason) = (JobState.Waiting, reason);
    });

    /// <summary>It has ended, or what is known of it has changed since.</summary>
    public void Take(JobRecord changed) => Change(() =>
    {
        _record = changed;
        (_state, _reason) = (StateOf(changed.End), changed.End?.Reason);
    });

    /// <summary>Tells those who listen that something is different.</summary>
    public void Tell() => Change(() => { });

    public void Remove()
    {
        _removed.Cancel();
        Tell();
    }

    public void Dispose() => _removed.Dispose();

    private static JobState StateOf(JobEnd? end) =>
        end is null ? JobState.Queued : end.Reason is null ? JobState.Done : JobState.Failed;

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Change(Action change)
    {
        TaskCompletionSource before;
        lock (_gate)
        {
            change();
            _revision++;
            before = _changed;
            _changed = NewSignal();
        }

        before.SetResult();
    }
}
