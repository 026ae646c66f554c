using System.Diagnostics.Metrics;

namespace Appliance.Playback;

/// <summary>What the cache holds and what is being made.</summary>
internal static class PlaybackGauges
{
    public static void Create(IServiceProvider box, Meter meter)
    {
        SegmentStore store = box.GetRequiredService<SegmentStore>();
        SegmentCache cache = box.GetRequiredService<SegmentCache>();
        meter.CreateObservableGauge("appliance.cache.size", () => store.Status.UsedBytes, "By", "Disk space that finished segments take.");
        meter.CreateObservableGauge("appliance.cache.limit", () => store.Status.LimitBytes, "By", "Disk space that they may take: the quota, or half of what the disk would have free.");
        meter.CreateObservableGauge("appliance.cache.files", () => (long)store.Status.Entries, "{file}", "Finished segments on disk.");
        meter.CreateObservableGauge("appliance.cache.failing", () => store.Status.Failure is null ? 0L : 1L, "{box}", "1 while finished segments cannot be kept.");
        meter.CreateObservableGauge("appliance.flights", () => (long)cache.Status.Flights, "{segment}", "Segments and the like under way, those just being written to disk included.");
        meter.CreateObservableGauge("appliance.flights.memory", () => cache.Status.MemoryBytes, "By", "Memory that they hold.");
    }
}
