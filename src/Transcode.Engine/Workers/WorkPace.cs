namespace Transcode.Engine.Workers;

/// <summary>How much of its time a pool may work, and for whom. It decides when work is begun, and never what is made.</summary>
/// <param name="Share">Of the time of all heavy slots together: above 0, at most 1.</param>
/// <param name="Least">The least urgent work that is begun; what is less urgent waits.</param>
public readonly record struct WorkPace(double Share, WorkPriority Least)
{
    /// <summary>All there is, for everybody.</summary>
    public static readonly WorkPace Full = new(1, WorkPriority.Background);
}
