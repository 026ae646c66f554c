using Appliance.Jobs;

namespace Appliance.Rewards.Orders;

/// <summary>An order as its requester sees it.</summary>
/// <param name="Quote">The quote's id, which is the order's too.</param>
/// <param name="Requester">Who pays.</param>
/// <param name="Source">The source's id: what was made is played from there.</param>
/// <param name="Renditions">Names of what is made, as <c>720p</c> or <c>960x540-1800k</c>; sound and subtitles last.</param>
/// <param name="State">Of the work.</param>
/// <param name="Reason">Why it waits or failed, or null.</param>
/// <param name="Share">How much is made, 0 to 1; null before its first turn since the box started.</param>
/// <param name="Charged">What was paid in the end, in the token's smallest unit; null as long as it is not settled.</param>
/// <param name="CountersignUntil">When it is settled by what was countersigned until then; null as long as the work goes on.</param>
internal sealed record OrderResponse(
    string Quote, string Requester, string Source, IReadOnlyList<string> Renditions, JobState State, string? Reason, double? Share, string? Charged, DateTimeOffset? CountersignUntil)
{
    public static OrderResponse Of(Job job)
    {
        JobResponse shown = job.Look().Response;
        JobRecord record = job.Record;
        JobPayment payment = record.Payment!;
        return new(
            payment.Quote, payment.Requester, record.SourceId, shown.Renditions, shown.State, shown.Reason, shown.Progress?.Share, payment.Charged,
            record.End is { } end && payment.Charged is null ? end.At + OrderSettling.Grace : null);
    }
}
