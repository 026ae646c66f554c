using System.Diagnostics.Metrics;
using Transcode.Engine.Workers;

namespace Appliance.Transcoding;

/// <summary>How the workers are, and what waits for them.</summary>
internal static class WorkerGauges
{
    public static void Create(IServiceProvider box, Meter meter)
    {
        ITranscoder transcoder = box.GetRequiredService<ITranscoder>();
        meter.CreateObservableGauge("appliance.workers", () => CountByState(transcoder.Status.Workers), "{worker}", "Worker processes, by what they do.");
        meter.CreateObservableGauge(
            "appliance.workers.memory", () => transcoder.Status.Workers.Sum(worker => worker.ResidentBytes), "By", "Memory of all workers that is resident; what they share is counted for each.");
        meter.CreateObservableCounter("appliance.workers.replaced", () => Replaced(transcoder.Status), "{worker}", "Workers that ended, by why: by themselves or killed, hung, or at the end of their time.");
        meter.CreateObservableCounter("appliance.work.completed", () => transcoder.Status.Completed, "{order}", "Orders answered by a worker.");
        meter.CreateObservableCounter("appliance.work.preempted", () => transcoder.Status.Preempted, "{order}", "Orders that gave way to a more urgent one.");
        meter.CreateObservableGauge("appliance.work.queued", () => ByPriority(transcoder.Status, queue => queue.Queued), "{order}", "Orders that wait for a worker, by their urgency.");
        meter.CreateObservableGauge("appliance.work.running", () => ByPriority(transcoder.Status, queue => queue.Running), "{order}", "Orders that a worker is busy with, by their urgency.");
        meter.CreateObservableGauge("appliance.work.quarantined", () => (long)transcoder.Status.Quarantined.Count, "{place}", "Places of sources that are not tried again for a while.");
    }

    private static IEnumerable<Measurement<long>> CountByState(IReadOnlyList<WorkerStatus> workers) =>
    [
        Of("state", "working", workers.Count(worker => worker is { Ready: true, Work: not null })),
        Of("state", "idle", workers.Count(worker => worker is { Ready: true, Work: null })),
        Of("state", "starting", workers.Count(worker => !worker.Ready)),
    ];

    private static IEnumerable<Measurement<long>> Replaced(PoolStatus pool) =>
        [Of("reason", "ended", pool.Restarts - pool.Hung), Of("reason", "hung", pool.Hung), Of("reason", "recycled", pool.Recycled)];

    private static IEnumerable<Measurement<long>> ByPriority(PoolStatus pool, Func<PriorityStatus, int> count) =>
        pool.Queues.Select(queue => Of("priority", queue.Priority.ToString(), count(queue)));

    private static Measurement<long> Of(string label, string value, long count) => new(count, new KeyValuePair<string, object?>(label, value));
}
