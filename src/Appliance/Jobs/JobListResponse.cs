namespace Appliance.Jobs;

/// <summary>All jobs, oldest first.</summary>
internal sealed record JobListResponse(IReadOnlyList<JobResponse> Jobs);
