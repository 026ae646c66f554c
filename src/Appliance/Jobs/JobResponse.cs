using Appliance.Jobs.Batch;

namespace Appliance.Jobs;

/// <summary>A job as HTTP shows it.</summary>
/// <param name="Id">As in URLs.</param>
/// <param name="Source">The source's id.</param>
/// <param name="Title">The source's title.</param>
/// <param name="State">Where it is.</param>
/// <param name="Reason">Why it waits or failed, or null.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="Renditions">Names of what is made.</param>
/// <param name="Progress">How far it is; null before its first turn since the box started.</param>
/// <param name="Failures">Segments that cannot be made, the first 1000.</param>
/// <param name="Payment">Who pays for it, and what; null for the owner's own.</param>
internal sealed record JobResponse(
    string Id,
    string Source,
    string Title,
    JobState State,
    string? Reason,
    DateTimeOffset CreatedAt,
    IReadOnlyList<string> Renditions,
    JobProgressResponse? Progress,
    IReadOnlyList<BatchFailure> Failures,
    JobPayment? Payment)
{
    public static JobResponse Of(JobRecord record, JobState state, string? reason, BatchStatus? status) => new(
        record.Id,
        record.SourceId,
        record.Title,
        state,
        reason,
        record.CreatedAt,
        [.. record.Sheet.Renditions.Select(r => r.Name)],
        status is null ? null : JobProgressResponse.Of(status, state == JobState.Running),
        record.End?.Failures ?? [],
        record.Payment);
}
