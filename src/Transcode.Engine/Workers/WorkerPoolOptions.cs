namespace Transcode.Engine.Workers;

/// <summary>How many workers there are, and how much each may take.</summary>
public sealed record WorkerPoolOptions
{
    /// <summary>The program to run as a worker; by default this process's own executable.</summary>
    public string WorkerPath { get; init; } = Environment.ProcessPath ?? "";

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<string> WorkerArguments { get; init; } = DefaultArguments();

    /// <summary>Heavy orders at once: segments of video, and stills. Rungs that share a decode share a slot: up to eight
    /// single-threaded encoders, each at most four pictures behind the decoder, and at most eight pictures kept for late
    /// comers.</summary>
    public int Slots { get; init; } = Environment.ProcessorCount;

    /// <summary>Light orders at once, in slots of their own so that sound never waits behind a picture: segments of
    /// audio, init segments, probes.</summary>
    public int LightSlots { get; init; } = 1;

    /// <summary>Idle workers kept ready beyond those at work.</summary>
    public int SpareWorkers { get; init; } = 1;

    /// <summary>Orders that may wait; beyond, <see cref="FailureCause.Overloaded"/>.</summary>
    public int QueueLimit { get; init; } = 256;

    /// <summary>A worker that says nothing for so long, while it waits for nothing from us, hangs.</summary>
    public TimeSpan ProgressTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The longest one order may take, whatever the worker says.</summary>
    public TimeSpan OrderTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long one run may wait for its source's bytes in all; beyond, they count as such that cannot be had.</summary>
    public TimeSpan SourcePatience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>From the start of the process to its hello.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a worker may take to give an order up; then it is ended.</summary>
    public TimeSpan CancelTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A worker is replaced after so many orders.</summary>
    public int RecycleAfterOrders { get; init; } = 2000;

    /// <summary>A worker is replaced at this age, when idle.</summary>
    public TimeSpan RecycleAfterAge { get; init; } = TimeSpan.FromHours(6);

    /// <summary>A worker is replaced when an order leaves it with this much resident memory.</summary>
    public long RecycleAfterResidentBytes { get; init; } = 1L << 30;

    /// <summary>Private memory a worker can have at all.</summary>
    public long MemoryLimitBytes { get; init; } = Workers.WorkerArguments.DefaultMemoryLimitBytes;

    /// <summary>What the rungs of one run may come to (<see cref="MemoryNeed"/>); beyond, <see cref="FailureCause.BeyondMemory"/>. Looking at a source,
    /// which decodes a picture of unknown size, then takes a heavy slot, so that there is but one large worker a slot. Null for a box that has no need to ask.</summary>
    public long? RunMemoryBytes { get; init; }

    /// <summary>Niceness of the workers, 0 to 19; what is made for nobody in particular is nicer still.</summary>
    public int Niceness { get; init; }

    /// <summary>Processors the workers may run on at all; null for those that this process may.</summary>
    public int? Cores { get; init; }

    /// <summary>What pictures may be made on beside the processor.</summary>
    public DeviceUse Device { get; init; }

    /// <summary>Where programs for devices are kept from one start to the next; null for nowhere.</summary>
    public string? ProgramFolder { get; init; }

    /// <summary>The largest output of one order.</summary>
    public long MaxOutputBytes { get; init; } = 256L << 20;

    /// <summary>All that is wrong with these options, one sentence each; empty where nothing is.</summary>
    public IReadOnlyList<string> Errors()
    {
        var errors = new List<string>();
        Check(WorkerPath.Length > 0, nameof(WorkerPath), "must name a program");
        Check(Slots is >= 1 and <= 256, nameof(Slots), "must be 1 to 256");
        Check(LightSlots is >= 1 and <= 64, nameof(LightSlots), "must be 1 to 64");
        Check(SpareWorkers is >= 0 and <= 64, nameof(SpareWorkers), "must be 0 to 64");
        Check(QueueLimit is >= 1 and <= 1_000_000, nameof(QueueLimit), "must be 1 to 1,000,000");
        Check(RecycleAfterOrders >= 1, nameof(RecycleAfterOrders), "must be at least 1");
        Check(RecycleAfterResidentBytes >= 128L << 20, nameof(RecycleAfterResidentBytes), "must be at least 128 MiB");
        Check(MemoryLimitBytes >= 256L << 20, nameof(MemoryLimitBytes), "must be at least 256 MiB");
        Check(Niceness is >= 0 and <= 19, nameof(Niceness), "must be 0 to 19");
        Check(Cores is null or >= 1, nameof(Cores), "must be at least 1");
        Check(MaxOutputBytes >= 1 << 20, nameof(MaxOutputBytes), "must be at least 1 MiB");
        foreach ((string name, TimeSpan value) in new[]
        {
            (nameof(ProgressTimeout), ProgressTimeout), (nameof(OrderTimeout), OrderTimeout), (nameof(StartTimeout), StartTimeout),
            (nameof(SourcePatience), SourcePatience),
            (nameof(CancelTimeout), CancelTimeout), (nameof(RecycleAfterAge), RecycleAfterAge),
        })
        {
            Check(value > TimeSpan.Zero && value <= TimeSpan.FromDays(40), name, "must be above zero and at most 40 days");
        }

        return errors;

        void Check(bool holds, string field, string rule)
        {
            if (!holds)
            {
                errors.Add($"{nameof(WorkerPoolOptions)}.{field} {rule}.");
            }
        }
    }

    /// <summary>Run by the framework's own program, the assembly comes first.</summary>
    private static IReadOnlyList<string> DefaultArguments() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? [Environment.GetCommandLineArgs()[0], "worker"]
            : ["worker"];
}
