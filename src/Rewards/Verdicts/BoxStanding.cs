using Rewards.Signing;

namespace Rewards.Verdicts;

/// <summary>What to think of a box.</summary>
public enum StandingGrade
{
    /// <summary>Nothing speaks against it.</summary>
    Good,

    /// <summary>Look at more of its work.</summary>
    Doubtful,

    /// <summary>Order nothing of it.</summary>
    Lost,
}

/// <summary>How a box stands by the verdicts of one verifier.</summary>
/// <param name="Device">The box, by its key.</param>
/// <param name="Verifier">Whose verdicts they are.</param>
/// <param name="Accepted">Pieces of work.</param>
/// <param name="Rejected">Pieces of work, those that are refuted too.</param>
/// <param name="CannotTell">Pieces of work.</param>
/// <param name="Points">Against it, now: see <see cref="StandingRule"/>.</param>
/// <param name="Grade">What to think of it.</param>
/// <param name="LostBy">Number of the verdict by which it lost its standing; 0 where it has not.</param>
public sealed record BoxStanding(
    EthereumAddress Device, EthereumAddress Verifier, int Accepted, int Rejected, int CannotTell, int Points, StandingGrade Grade, ulong LostBy);
