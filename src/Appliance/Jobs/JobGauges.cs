using System.Diagnostics.Metrics;

namespace Appliance.Jobs;

/// <summary>Jobs by how they stand.</summary>
internal static class JobGauges
{
    public static void Create(IServiceProvider box, Meter meter)
    {
        JobBoard board = box.GetRequiredService<JobBoard>();
        meter.CreateObservableGauge("appliance.jobs", () => CountByState(board.All), "{job}", "Jobs, by their state.");
    }

    private static IEnumerable<Measurement<long>> CountByState(IReadOnlyList<Job> jobs) => Enum.GetValues<JobState>().Select(
        state => new Measurement<long>(jobs.Count(job => job.State == state), new KeyValuePair<string, object?>("state", state.ToString())));
}
