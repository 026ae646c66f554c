using Rewards.Signing;
using Rewards.Tests.Receipts;
using Rewards.Verdicts;
using Xunit;

namespace Rewards.Tests.Verdicts;

/// <summary>What a box has against it, by hand. A, R, F and C stand for accepted, rejected, refuted and cannot tell, each over a receipt of its own.</summary>
public sealed class StandingRuleTests
{
    [Theory]
    [InlineData("", 0, StandingGrade.Good, 0)]
    [InlineData("AAAA", 0, StandingGrade.Good, 0)]
    [InlineData("R", 8, StandingGrade.Good, 0)]
    [InlineData("RA", 7, StandingGrade.Good, 0)]
    [InlineData("RCCCC", 8, StandingGrade.Good, 0)]
    [InlineData("RAAAAAAAAAA", 0, StandingGrade.Good, 0)]
    [InlineData("RR", 16, StandingGrade.Doubtful, 0)]
    [InlineData("RRA", 15, StandingGrade.Good, 0)]
    [InlineData("RRRR", 32, StandingGrade.Doubtful, 0)]
    [InlineData("RRRRR", 40, StandingGrade.Lost, 5)]
    [InlineData("RRRRAR", 39, StandingGrade.Doubtful, 0)]
    [InlineData("F", 20, StandingGrade.Doubtful, 0)]
    [InlineData("FF", 40, StandingGrade.Lost, 2)]
    public void Of_Verdicts_IsWhatTheRuleSays(string outcomes, int points, StandingGrade grade, int lostBy)
    {
        if (outcomes.Length > 0)
        {
            BoxStanding standing = Assert.Single(StandingRule.Of(Chain(outcomes)));
            Assert.Equal((points, grade, (ulong)lostBy), (standing.Points, standing.Grade, standing.LostBy));
            Assert.Equal(
                (outcomes.Count(o => o == 'A'), outcomes.Count(o => o is 'R' or 'F'), outcomes.Count(o => o == 'C')), (standing.Accepted, standing.Rejected, standing.CannotTell));
        }
        else
        {
            Assert.Empty(StandingRule.Of([]));
        }
    }

    /// <summary>No good time before is a credit, and none after mends it.</summary>
    [Fact]
    public void Of_LongGoodTimes_NeitherSaveNorRestore()
    {
        BoxStanding standing = Assert.Single(StandingRule.Of(Chain(new string('A', 1000) + "RRRRR" + new string('A', 1000))));
        Assert.Equal((StandingGrade.Lost, 1005UL, 0), (standing.Grade, standing.LostBy, standing.Points));
    }

    [Fact]
    public void Of_TheSameReceiptAgain_CountsOnce_ByTheFirstThatCouldTell()
    {
        WorkVerdict verdict = Verdicts.Of(VerdictOutcome.CannotTell);
        SignedVerdict[] verdicts =
        [
            Signed(verdict), Signed(verdict with { Outcome = VerdictOutcome.Rejected }), Signed(verdict with { Outcome = VerdictOutcome.Rejected }), Signed(verdict with { Outcome = VerdictOutcome.Accepted }),
        ];
        BoxStanding standing = Assert.Single(StandingRule.Of(verdicts));
        Assert.Equal((0, 1, 1, 8), (standing.Accepted, standing.Rejected, standing.CannotTell, standing.Points));
    }

    /// <summary>What one verifier says of a box is nothing that another said.</summary>
    [Fact]
    public void Of_SeveralVerifiersAndBoxes_AreApart()
    {
        WorkVerdict verdict = Verdicts.Of(VerdictOutcome.Rejected);
        SignedVerdict[] verdicts =
        [
            Signed(verdict),
            SignedVerdict.Sign(verdict with { Verifier = Sample.Device.Address, Device = Sample.Requester.Address }, Sample.Domain, Sample.Device),
            SignedVerdict.Sign(verdict with { Verifier = Sample.Device.Address }, Sample.Domain, Sample.Device),
        ];
        Assert.Equal(3, StandingRule.Of(verdicts).Count);
        Assert.All(StandingRule.Of(verdicts), standing => Assert.Equal(8, standing.Points));
    }

    private static IEnumerable<SignedVerdict> Chain(string outcomes) => outcomes.Select((outcome, i) => Signed(Verdicts.Of(
        outcome switch { 'A' => VerdictOutcome.Accepted, 'R' => VerdictOutcome.Rejected, 'F' => VerdictOutcome.Refuted, _ => VerdictOutcome.CannotTell }, i + 1) with
    {
        Seq = (ulong)i + 1, Previous = i == 0 ? Hash256.Zero : Keccak256.Of(BitConverter.GetBytes(i)),
    }));

    private static SignedVerdict Signed(WorkVerdict verdict) => SignedVerdict.Sign(verdict, Sample.Domain, Sample.Requester);
}
