using System.Globalization;
using Appliance.Access;
using Appliance.Admission;
using Appliance.Budgets;
using Appliance.Hardware;
using Appliance.Jobs;
using Appliance.Jobs.Batch;
using Appliance.Network;
using Appliance.Network.Advertising;
using Appliance.Network.Reach;
using Appliance.Playback;
using Appliance.Rewards.Accounts;
using Appliance.Rewards.Log;
using Appliance.Rewards.Log.Witnesses;
using Appliance.Sources;
using Appliance.Sources.Remote;
using Appliance.Sources.Watching;
using Appliance.Transcoding;
using Appliance.Uploads;
using Transcode.Engine.Workers;

namespace Appliance.Live;

/// <summary>The topics there are, and where each is seen.</summary>
internal static class LiveTopics
{
    public const string Library = "library";

    public static IReadOnlyList<LiveTopic> Of(IServiceProvider box)
    {
        SourceLibrary library = box.GetRequiredService<SourceLibrary>();
        SourceIntake intake = box.GetRequiredService<SourceIntake>();
        ServedPaths served = box.GetRequiredService<ServedPaths>();
        ITranscoder transcoder = box.GetRequiredService<ITranscoder>();
        SegmentCache cache = box.GetRequiredService<SegmentCache>();
        SegmentStore store = box.GetRequiredService<SegmentStore>();
        Viewers viewers = box.GetRequiredService<Viewers>();
        JobBoard jobs = box.GetRequiredService<JobBoard>();
        OutputSpace made = box.GetRequiredService<OutputSpace>();
        UploadStore uploads = box.GetRequiredService<UploadStore>();
        OriginCache origins = box.GetRequiredService<OriginCache>();
        HardwareBoard hardware = box.GetRequiredService<HardwareBoard>();
        BudgetKeeper budgets = box.GetRequiredService<BudgetKeeper>();
        ReachKeeper reach = box.GetRequiredService<ReachKeeper>();
        NetworkSettingsFile network = box.GetRequiredService<NetworkSettingsFile>();
        Advertiser advertiser = box.GetRequiredService<Advertiser>();
        PublicLog log = box.GetRequiredService<PublicLog>();
        BoxAccounts accounts = box.GetRequiredService<BoxAccounts>();
        Witnessing witnesses = box.GetRequiredService<Witnessing>();
        return
        [
            new(Library, Scope.Play, () => (library.Revision, intake.Waiting)),
            new("jobs", Scope.Jobs, () => Text(jobs.All.Select(job => $"{job.Id} {job.Revision}"))),
            new("activity", Scope.Owner, () => Activity(transcoder.Status, cache.Status, store.Status, viewers)),
            new("storage", Scope.Owner, () => (store.Status, made.UsedBytes, origins.Used, Text(uploads.All.Select(upload => $"{upload.Id} {upload.Offset}")), Paths(served))),
            new("hardware", Scope.Owner, () => hardware.Shown is { } view ? (view.Current, view.Step, Text(view.Results.Select(result => result.ToString()))) : null),
            new("budgets", Scope.Owner, () => budgets.Report is var report ? (report.Share, report.Quiet, report.Watts, Text(report.Zones.Select(zone => zone.ToString())), Text(report.Reasons)) : null),
            new("network", Scope.Owner, () => (network.Now, advertiser.Now, Text(reach.States.Select(state => state.ToString())))),
            new("earnings", Scope.Owner, () => (accounts.IsOpen, accounts.Refusal, log.Log?.Size, Text(witnesses.Standings.Select(standing => standing.ToString())))),
        ];
    }

    /// <summary>Not how old its workers are, which is always something else.</summary>
    private static (long, long, long, string, FlightStatus, StoreStatus, string) Activity(PoolStatus pool, FlightStatus making, StoreStatus store, Viewers viewers) =>
        (pool.Completed, pool.Preempted, pool.Restarts, Text(pool.Workers.Select(worker => $"{worker.ProcessId} {worker.Work} {worker.Fingerprint}")), making, store, Text(viewers.Now.Select(viewer => viewer.ToString())));

    private static string Paths(ServedPaths served) =>
        Text(served.All.Select(path => $"{path.Id} {path.IsThere} {path.Memory.Count.ToString(CultureInfo.InvariantCulture)}"));

    private static string Text(IEnumerable<string> parts) => string.Join('\n', parts);
}
