using Transcode.Engine.Workers;

namespace Appliance.Budgets;

/// <summary>How a box's memory is divided, so that host and workers together stay within it: what is left for segments, and how many are made at once.</summary>
/// <param name="TotalBytes">For host and workers.</param>
/// <param name="Slots">Segments of pictures at once.</param>
/// <param name="RunBytes">For the worker of each; null where there is enough for any.</param>
/// <param name="FlightBytes">For segments on their way.</param>
/// <param name="SpareWorkers">Kept ready beyond those at work.</param>
internal sealed record MemoryPlan(long TotalBytes, int Slots, long? RunBytes, long FlightBytes, int SpareWorkers)
{
    private const long Mebi = 1L << 20;

    /// <summary>The host itself, measured at rest and while it serves (docs/benchmarks.md, footprint), with its share of the libraries' pages.</summary>
    private const long Host = 64 * Mebi;

    /// <summary>A worker that makes sound, or waits.</summary>
    private const long LightWorker = 64 * Mebi;

    /// <summary>For pages of programs and libraries, without which everything would be read again and again.</summary>
    private const long Pages = 32 * Mebi;

    private const long MostFlights = 256 * Mebi;

    /// <summary>Beyond this, a further slot is worth more than a larger one: 1080p of a picture of 4K in ten bits takes so much.</summary>
    private const long Comfortable = 704 * Mebi;

    /// <summary>What a worker may take at most anyway: with so much for each, nothing need be asked.</summary>
    private const long Plenty = 2048 * Mebi;

    /// <param name="totalBytes">At least <see cref="BoxBudget.SmallestMemoryBytes"/>.</param>
    /// <param name="cores">At least 1.</param>
    public static MemoryPlan For(long totalBytes, int cores)
    {
        long flights = Math.Min(MostFlights, totalBytes / 16);
        long left = totalBytes - Host - LightWorker - Pages - flights;
        int slots = (int)Math.Clamp(left / Comfortable, 1, Math.Min(cores, 256));
        long each = left / slots;
        return new(totalBytes, slots, each >= Plenty ? null : each, flights, SpareWorkers: each >= Comfortable ? 1 : 0);
    }

    /// <summary>The pool's options within it.</summary>
    public WorkerPoolOptions Apply(WorkerPoolOptions options) => options with
    {
        Slots = Slots,
        SpareWorkers = SpareWorkers,
        RunMemoryBytes = RunBytes,
        MemoryLimitBytes = Math.Min(options.MemoryLimitBytes, RunBytes ?? long.MaxValue),
        RecycleAfterResidentBytes = Math.Min(options.RecycleAfterResidentBytes, Math.Max(256 * Mebi, (RunBytes ?? long.MaxValue) / 2)),
    };
}
