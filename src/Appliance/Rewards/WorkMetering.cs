using Appliance.Playback;
using global::Rewards.Metering;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Rewards;

/// <summary>Hands what a finished segment cost and gave to the ledger: the one place where video becomes neutral figures.</summary>
internal sealed partial class WorkMetering(WorkLedger ledger, ILogger<WorkMetering> logger)
{
    private int _failing;

    /// <summary>After a record is in the ledger, on any thread.</summary>
    public event Action? Recorded;

    /// <summary>Init segments, stills and thumbnails are not metered: they are small change, made once for all segments. Of segments,
    /// <see cref="MeteredAs"/> tells which are.</summary>
    /// <remarks>What cannot be recorded must not hinder playing: it is logged, once until it works again.</remarks>
    public async Task RecordAsync(Artifact artifact, WorkReport report, WorkPriority priority)
    {
        if (artifact.Order is not SegmentOrder order || !MeteredAs.Is(order.Recipe))
        {
            return;
        }

        try
        {
            await ledger.RecordAsync(Measure(order, artifact.Key.Fingerprint, report, priority));
            Recorded?.Invoke();
            Interlocked.Exchange(ref _failing, 0);
        }
        catch (Exception exception) when (exception is LedgerException or ArgumentException or ObjectDisposedException)
        {
            if (Interlocked.Exchange(ref _failing, 1) == 0)
            {
                NotRecorded(logger, exception);
            }
        }
    }

    private static WorkMeasurement Measure(SegmentOrder order, string fingerprint, WorkReport report, WorkPriority priority) => new(
        fingerprint,
        order.Recipe.Id,
        order.Index,
        report.Engine,
        report.Encoder,
        MeteredAs.Codec(order.Recipe),
        MeteredAs.BitDepth(order.Recipe),
        report.PixelsIn,
        report.PixelsOut,
        report.Frames,
        report.BytesIn,
        report.BytesOut,
        report.Sha256,
        report.StartedAt,
        report.ElapsedMicroseconds,
        report.CpuMicroseconds,
        priority switch
        {
            WorkPriority.Stalling or WorkPriority.Starting or WorkPriority.Playing => WorkDemand.Played,
            WorkPriority.ReadAhead => WorkDemand.ReadAhead,
            _ => WorkDemand.Background,
        });

    [LoggerMessage(Level = LogLevel.Error, Message = "Finished work could not be recorded (told once until it can be again)")]
    private static partial void NotRecorded(ILogger logger, Exception exception);
}
