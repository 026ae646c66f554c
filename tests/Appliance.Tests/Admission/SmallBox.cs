using System.Security.Cryptography;
using Appliance.Tests.Hosting;
using Appliance.Transcoding;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Admission;

/// <summary>Workers with so many pixels a second, in virtual time; orders get their turn as in the pool: by urgency, then by
/// arrival. Two chunks an order: one as it begins, one at its end.</summary>
internal sealed class SmallBox(VirtualTime time, int slots, double pixelsPerSecond) : ITranscoder
{
    private readonly Lock _gate = new();
    private readonly List<Work> _waiting = [];
    private readonly List<Work> _running = [];

    /// <summary>The orders in the order in which they began to run, with how urgent they then were.</summary>
    public List<(string Film, SegmentOrder Order, WorkPriority Priority)> Begun { get; } = [];

    public PoolStatus Status => throw new NotSupportedException("Shown by the pool only.");

    /// <summary>When the next order ends, or null where nothing runs.</summary>
    public TimeSpan? NextEnd
    {
        get
        {
            lock (_gate)
            {
                return _running.Count == 0 ? null : _running.Min(work => work.Ends);
            }
        }
    }

    /// <summary>Orders that wait or run.</summary>
    public int Open
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count + _running.Count;
            }
        }
    }

    public Task<EngineIdentity> GetIdentityAsync(CancellationToken cancellationToken) => Task.FromResult(ScriptedTranscoder.Identity);

    public StartedWork Start(
        WorkOrder order, IByteSource source, WorkPriority priority, Func<ReadOnlyMemory<byte>, ValueTask> onChunk, CancellationToken cancellationToken)
    {
        var work = new Work((SegmentOrder)order, source.Fingerprint, onChunk) { Priority = priority };
        lock (_gate)
        {
            _waiting.Add(work);
            Fill();
        }

        return new(work.Completion.Task, changed =>
        {
            lock (_gate)
            {
                work.Priority = changed;
                if (_waiting.Remove(work))
                {
                    _waiting.Add(work);
                }
            }
        });
    }

    /// <summary>Ends what is due now.</summary>
    /// <returns>The fingerprints of its sources.</returns>
    public async Task<IEnumerable<string>> EndDueAsync()
    {
        Work[] ended;
        lock (_gate)
        {
            ended = [.. _running.Where(work => work.Ends <= time.Elapsed)];
            foreach (Work work in ended)
            {
                _running.Remove(work);
            }
        }

        foreach (Work work in ended)
        {
            byte[] last = ScriptedTranscoder.Chunk(work.Order, 1);
            await work.OnChunk(last);
            byte[] bytes = [.. ScriptedTranscoder.Chunk(work.Order, 0), .. last];
            work.Completion.SetResult(new WorkReport(
                ScriptedTranscoder.Identity.ToString(), "libx264", 48, 1, 1, 1, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)),
                time.GetUtcNow(), (long)Takes(work.Order).TotalMicroseconds, 1, (long)Takes(work.Order).TotalMicroseconds));
        }

        lock (_gate)
        {
            Fill();
        }

        return ended.Select(work => work.Film);
    }

    private TimeSpan Takes(SegmentOrder order)
    {
        var recipe = (VideoRecipe)order.Recipe;
        return TimeSpan.FromSeconds(recipe.Width * (double)recipe.Height * order.Source.Grid.FramesIn(order.Index) / pixelsPerSecond);
    }

    private void Fill()
    {
        while (_running.Count < slots && _waiting.MinBy(work => work.Priority) is { } next)
        {
            _waiting.Remove(next);
            next.Ends = time.Elapsed + Takes(next.Order);
            _running.Add(next);
            Begun.Add((next.Film, next.Order, next.Priority));
            Assert.True(next.OnChunk(ScriptedTranscoder.Chunk(next.Order, 0)).AsTask().IsCompletedSuccessfully);
        }
    }

    private sealed class Work(SegmentOrder order, string film, Func<ReadOnlyMemory<byte>, ValueTask> onChunk)
    {
        public SegmentOrder Order => order;

        public string Film => film;

        public Func<ReadOnlyMemory<byte>, ValueTask> OnChunk => onChunk;

        public TaskCompletionSource<WorkReport> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public WorkPriority Priority { get; set; }

        public TimeSpan Ends { get; set; }
    }
}
