using Transcode.Engine.Workers;

namespace Appliance.Playback;

/// <summary>How urgently somebody waits for an artifact.</summary>
/// <param name="Now">When it is asked for.</param>
/// <param name="StallsAfter">After how long a wait it becomes <see cref="WorkPriority.Stalling"/>, or null for never.</param>
internal readonly record struct Urgency(WorkPriority Now, TimeSpan? StallsAfter = null)
{
    /// <summary>Of a client that says nothing of itself.</summary>
    public static readonly Urgency Playing = new(WorkPriority.Playing);
}
