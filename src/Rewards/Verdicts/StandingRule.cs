using Rewards.Signing;

namespace Rewards.Verdicts;

/// <summary>By what a box loses its standing. A rule over one verifier's verdicts in their order, in whole numbers, so that whoever has them comes to the same.</summary>
/// <remarks>
/// Points against a box: a rejection adds <see cref="RejectedPoints"/>, a refutation <see cref="RefutedPoints"/>, an acceptance takes one away, down to none; who could not
/// tell changes nothing. From <see cref="DoubtfulFrom"/> on it is doubtful, at <see cref="LostFrom"/> its standing is lost, and stays so: a new key is a new box. Of several
/// verdicts over one receipt the first that could tell counts.
/// The sum is a cumulative one that never goes below nothing (Page, <i>Continuous inspection schemes</i>, Biometrika 41, 1954): a long good time is no credit
/// for a bad one. The figures weigh an honest box, of whose work the verifier wrongly rejects two to four in a hundred, against one that cheats in a fifth of
/// it; what that gives in verdicts, <c>docs/verification.md</c> tells.
/// </remarks>
public static class StandingRule
{
    public const int RejectedPoints = 8;

    public const int RefutedPoints = 20;

    public const int DoubtfulFrom = 16;

    public const int LostFrom = 40;

    /// <summary>How every box stands that was looked at.</summary>
    /// <param name="verdicts">Of one verifier or several, each verifier's in their order and whole: see <see cref="VerdictBook.Read"/>.</param>
    /// <returns>One for each box and verifier, in the order of their first verdicts.</returns>
    public static IReadOnlyList<BoxStanding> Of(IEnumerable<SignedVerdict> verdicts)
    {
        Dictionary<(EthereumAddress Device, EthereumAddress Verifier), BoxStanding> standings = [];
        HashSet<(EthereumAddress Device, EthereumAddress Verifier, Hash256 Receipt)> told = [];
        foreach (SignedVerdict signed in verdicts)
        {
            WorkVerdict verdict = signed.Verdict;
            (EthereumAddress, EthereumAddress) pair = (verdict.Device, verdict.Verifier);
            BoxStanding before = standings.GetValueOrDefault(pair) ?? new(verdict.Device, verdict.Verifier, 0, 0, 0, 0, StandingGrade.Good, 0);
            standings[pair] = verdict.Outcome == VerdictOutcome.CannotTell ? before with { CannotTell = before.CannotTell + 1 }
                : told.Add((verdict.Device, verdict.Verifier, verdict.Receipt)) ? After(before, verdict)
                : before;
        }

        return [.. standings.Values];
    }

    /// <summary>Points after one more verdict that could tell.</summary>
    public static int Next(int points, VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Accepted => Math.Max(0, points - 1),
        VerdictOutcome.Rejected => points + RejectedPoints,
        VerdictOutcome.Refuted => points + RefutedPoints,
        _ => points,
    };

    private static BoxStanding After(BoxStanding before, WorkVerdict verdict)
    {
        int points = Next(before.Points, verdict.Outcome);
        ulong lostBy = before.LostBy != 0 ? before.LostBy : points >= LostFrom ? verdict.Seq : 0;
        return before with
        {
            Accepted = before.Accepted + (verdict.Outcome == VerdictOutcome.Accepted ? 1 : 0),
            Rejected = before.Rejected + (verdict.Outcome == VerdictOutcome.Accepted ? 0 : 1),
            Points = points,
            LostBy = lostBy,
            Grade = lostBy != 0 ? StandingGrade.Lost : points >= DoubtfulFrom ? StandingGrade.Doubtful : StandingGrade.Good,
        };
    }
}
