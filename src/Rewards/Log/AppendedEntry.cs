namespace Rewards.Log;

/// <summary>What became of an entry. It is durable, or its place is taken.</summary>
/// <param name="Outcome">Which.</param>
/// <param name="Index">Its place, or the place that is taken.</param>
public sealed record AppendedEntry(AppendOutcome Outcome, long Index);

/// <summary>What became of an entry.</summary>
public enum AppendOutcome
{
    /// <summary>It is now in the log.</summary>
    Appended,

    /// <summary>It was there already: brought again after its answer was lost.</summary>
    AlreadyThere,

    /// <summary>Another entry stands at the index it was meant for, and stays there.</summary>
    Contradicted,
}
