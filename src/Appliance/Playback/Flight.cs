using Transcode.Engine.Workers;

namespace Appliance.Playback;

/// <summary>One artifact being made, once, for all who want it: its chunks so far, and how it ended. Readers begin at the
/// first chunk whenever they come.</summary>
internal sealed class Flight(Artifact artifact, WorkPriority priority, FlightMemory memory, CancellationToken stopping)
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private readonly List<ReadOnlyMemory<byte>> _chunks = [];
    private readonly TaskCompletionSource _landed = NewSignal();
    private TaskCompletionSource _changed = NewSignal();
    private readonly int[] _waiting = new int[Enum.GetValues<WorkPriority>().Length];
    private Action<WorkPriority>? _reprioritize;
    private WorkPriority _priority = priority;
    private WorkPriority _mostUrgent = priority;
    private Exception? _failure;
    private long _length;
    private long _known;
    private bool _complete;
    private bool _givenUp;
    private bool _discarded;
    private long? _begunAt;

    public Artifact Artifact { get; } = artifact;

    /// <summary>Clients reading. Belongs to the cache, under its lock, as do the two below.</summary>
    public int Readers { get; set; }

    /// <summary>Whether it is being made ahead of any client.</summary>
    public bool HeldAhead { get; set; }

    /// <summary>Whether newcomers still find it.</summary>
    public bool Listed { get; set; }

    /// <summary>When nobody waits any more, or the appliance stops.</summary>
    public CancellationToken Cancelled => _cancellation.Token;

    public Task Landed => _landed.Task;

    /// <summary>That of its most urgent reader; without readers, what it last was.</summary>
    public WorkPriority Priority
    {
        get
        {
            lock (_gate)
            {
                return _priority;
            }
        }
    }

    /// <summary>The most urgent it ever was: what it was made for.</summary>
    public WorkPriority MadeFor
    {
        get
        {
            lock (_gate)
            {
                return _mostUrgent;
            }
        }
    }

    /// <summary>The clock's timestamp of its first chunk, or null before it.</summary>
    public long? BegunAt
    {
        get
        {
            lock (_gate)
            {
                return _begunAt;
            }
        }
    }

    /// <summary>All bytes, once complete.</summary>
    public long? Length
    {
        get
        {
            lock (_gate)
            {
                return _complete ? _length : null;
            }
        }
    }

    /// <summary>The whole content, once complete.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Chunks
    {
        get
        {
            lock (_gate)
            {
                return [.. _chunks];
            }
        }
    }

    /// <summary>Connects the running order; a change that came before it is passed on.</summary>
    /// <param name="reprioritize">Makes the order more urgent, or less.</param>
    /// <param name="startedAt">How urgent it was when it started.</param>
    public void Attach(Action<WorkPriority> reprioritize, WorkPriority startedAt)
    {
        lock (_gate)
        {
            _reprioritize = reprioritize;
            if (_priority != startedAt)
            {
                reprioritize(_priority);
            }
        }
    }

    /// <summary>A reader begins to wait, ends, or waits with another urgency: the flight is as urgent as the most urgent of
    /// its readers, and becomes less so when that one leaves.</summary>
    /// <param name="from">How urgently it waited until now, or null where it comes.</param>
    /// <param name="to">How urgently it waits from now on, or null where it goes.</param>
    public void Wait(WorkPriority? from, WorkPriority? to)
    {
        // The order hears of changes under the lock, and so in their order.
        lock (_gate)
        {
            if (from is { } before)
            {
                _waiting[(int)before]--;
            }

            if (to is { } after)
            {
                _waiting[(int)after]++;
            }

            int first = Array.FindIndex(_waiting, readers => readers > 0);
            if (first >= 0 && (WorkPriority)first != _priority)
            {
                _priority = (WorkPriority)first;
                _mostUrgent = _priority < _mostUrgent ? _priority : _mostUrgent;
                _reprioritize?.Invoke(_priority);
            }
        }
    }

    /// <exception cref="TranscodeException">The memory for segments in flight is used up.</exception>
    /// <exception cref="OperationCanceledException">Nobody wants it any more.</exception>
    /// <param name="chunk">The next bytes; they are copied.</param>
    /// <param name="at">The clock's timestamp.</param>
    public void Append(ReadOnlyMemory<byte> chunk, long at)
    {
        lock (_gate)
        {
            _begunAt ??= at;
            int known = (int)Math.Min(_known, chunk.Length);
            _known -= known;
            byte[] copy = chunk[known..].ToArray();
            if (copy.Length == 0 && known > 0)
            {
                return;
            }

            if (_givenUp || _discarded || _failure is not null)
            {
                throw new OperationCanceledException();
            }

            if (!memory.TryTake(copy.Length))
            {
                var overloaded = new TranscodeException(
                    FailureStage.Worker, FailureCause.Overloaded, "The box holds more unfinished segments than it has memory for.");
                _failure = overloaded;
                Signal();
                throw overloaded;
            }

            _length += copy.Length;
            _chunks.Add(copy);
            Signal();
        }
    }

    /// <summary>The work is started anew: the bytes that are here already will come again, and are passed over.</summary>
    /// <returns>False where bytes are here that may not come again: a device's.</returns>
    public bool TryBeginAgain()
    {
        lock (_gate)
        {
            if (_length > 0 && Artifact.IsOfDevice)
            {
                return false;
            }

            _known = _length;
            _begunAt = null;
            _reprioritize = null;
            return true;
        }
    }

    /// <exception cref="OperationCanceledException">It was given up, or the memory ran out, between the last chunk and the work's end:
    /// its bytes are gone, and what is left of them must not be kept for the whole.</exception>
    public void Complete()
    {
        lock (_gate)
        {
            if (_givenUp || _failure is not null)
            {
                throw new OperationCanceledException();
            }

            _complete = true;
            Signal();
        }
    }

    /// <summary>Nobody wants it any more, unless it is complete: one of <see cref="Complete"/> and this comes first, and the other has no
    /// effect then.</summary>
    /// <returns>False where it is complete.</returns>
    public bool TryGiveUp()
    {
        lock (_gate)
        {
            _givenUp = !_complete;
            return _givenUp;
        }
    }

    public void Fail(Exception failure)
    {
        lock (_gate)
        {
            if (!_complete)
            {
                _failure ??= failure;
                Signal();
            }
        }
    }

    /// <summary>The chunk of that number, waiting for it where it is not made yet.</summary>
    /// <returns>Null past the last one.</returns>
    /// <exception cref="TranscodeException">The work failed. Chunks that were made before can still be read.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ChunkAsync(int number, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (number < _chunks.Count)
                {
                    return _chunks[number];
                }

                if (_complete)
                {
                    return null;
                }

                // Every reader gets an exception of its own: one object thrown on many threads garbles its stack trace.
                switch (_failure)
                {
                    case TranscodeException transcode:
                        throw new TranscodeException(transcode.Failure, transcode);
                    case OperationCanceledException:
                        throw new OperationCanceledException();
                    case { } other:
                        throw new InvalidOperationException(other.Message, other);
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    public void Cancel()
    {
        try
        {
            _cancellation.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It landed at this very moment: nothing is left to cancel.
        }
    }

    /// <summary>Gives the memory back. No reader is left, and none can come.</summary>
    public void Discard()
    {
        lock (_gate)
        {
            if (!_discarded)
            {
                _discarded = true;
                memory.Release(_length);
                _chunks.Clear();
            }
        }
    }

    /// <summary>Nothing of it runs any more.</summary>
    public void Land()
    {
        _cancellation.Dispose();
        _landed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal()
    {
        TaskCompletionSource before = _changed;
        _changed = NewSignal();
        before.SetResult();
    }
}
