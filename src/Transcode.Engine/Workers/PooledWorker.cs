using Transcode.Engine.Recipes;

namespace Transcode.Engine.Workers;

/// <summary>A worker's place in the pool. The pool's lock guards it.</summary>
internal sealed class PooledWorker(DateTimeOffset startedAt)
{
    private readonly TaskCompletionSource forked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>Null until it is forked.</summary>
    public WorkerProcess? Process { get; set; }

    /// <summary>Completes when <see cref="Process"/> is there, or will never be.</summary>
    public Task Forked => forked.Task;

    /// <summary>Whether it said hello and is not on its way out.</summary>
    public bool IsReady { get; set; }

    /// <summary>Whether its end is wanted.</summary>
    public bool IsRetired { get; set; }

    /// <summary>Whether it was started with other limits than hold now.</summary>
    public bool IsOutdated { get; set; }

    /// <summary>What it is at.</summary>
    public WorkRun? Run { get; set; }

    public string? Fingerprint { get; set; }

    /// <summary>Whether it makes pictures on a device, or is looking for one.</summary>
    public bool HasDevice { get; set; }

    /// <summary>Which device's encoder it opened; null for none.</summary>
    public DeviceEncoder? Encoder { get; set; }

    /// <summary>Which devices' decoders it was to open.</summary>
    public IReadOnlyList<Hardware.CodingPath> Decoders { get; set; } = [];

    /// <summary>Those of <see cref="Decoders"/> that it opened; null before it said so.</summary>
    public IReadOnlyList<Hardware.CodingPath>? OpenedDecoders { get; set; }

    public int OrdersTaken { get; set; }

    public long LastUsedAs { get; set; }

    public bool IsIdle => IsReady && Run is null;

    public void SetForked() => forked.TrySetResult();

    /// <summary>Whether it should make room for a fresh one.</summary>
    public bool IsDue(WorkerPoolOptions options, DateTimeOffset now) =>
        IsOutdated
        || OrdersTaken >= options.RecycleAfterOrders
        || now - StartedAt >= options.RecycleAfterAge
        || Process?.ResidentBytes() >= options.RecycleAfterResidentBytes;

    public WorkerStatus Status(DateTimeOffset now) => new(
        Process?.Id ?? 0,
        IsReady,
        Run?.Place.Place,
        Fingerprint,
        now - StartedAt,
        OrdersTaken - (Run?.Items.Count ?? 0),
        Process?.ResidentBytes() ?? 0);

    /// <summary>An idle worker that knows the source, else a fresh one, else the longest idle; null where none is idle.</summary>
    public static PooledWorker? IdleFor(IEnumerable<PooledWorker> workers, string fingerprint) =>
        workers.Where(worker => worker.IsIdle && worker.Process is { IsLost: false })
            .OrderBy(worker => worker.Fingerprint == fingerprint ? 0 : worker.Fingerprint is null ? 1 : 2)
            .ThenBy(worker => worker.LastUsedAs)
            .FirstOrDefault();

    /// <summary>Ends its process, whether it is at work, idle or still starting.</summary>
    public async Task EndAsync(TimeSpan patience, TimeProvider time)
    {
        await Forked.ConfigureAwait(false);
        if (Process is not { } process)
        {
            return;
        }

        if (IsReady)
        {
            await process.StopAsync(patience, time).ConfigureAwait(false);
            return;
        }

        process.Kill("the pool ends");
        await process.Ended.ConfigureAwait(false);
    }
}
