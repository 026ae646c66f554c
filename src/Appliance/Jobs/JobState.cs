using System.Text.Json.Serialization;

namespace Appliance.Jobs;

/// <summary>Where a job is.</summary>
[JsonConverter(typeof(JobStateConverter))]
internal enum JobState
{
    /// <summary>It has not had its turn since the box started.</summary>
    Queued,

    /// <summary>It is being made.</summary>
    Running,

    /// <summary>Something is in its way that may pass; it is tried again by itself.</summary>
    Waiting,

    /// <summary>All is made.</summary>
    Done,

    /// <summary>It ended with something not made.</summary>
    Failed,
}
