using Appliance.Jobs.Batch;

namespace Appliance.Jobs;

/// <summary>How a job ended.</summary>
/// <param name="Reason">Why it failed, in one sentence; null where all is made.</param>
/// <param name="Failures">Segments that cannot be made, the first of them.</param>
internal sealed record JobEnd(string? Reason, IReadOnlyList<BatchFailure> Failures)
{
    /// <summary>When, in UTC.</summary>
    public DateTimeOffset At { get; init; }
}
