namespace Rewards.Verdicts;

/// <summary>What somebody found who looked at work. The numbers are signed: they never change.</summary>
public enum VerdictOutcome
{
    /// <summary>What it would have to be compared with could not be had.</summary>
    CannotTell = 0,

    /// <summary>Nothing speaks against it.</summary>
    Accepted = 1,

    /// <summary>It is not what was asked for.</summary>
    Rejected = 2,

    /// <summary>It is not what the box itself said it was: other bytes than it committed to, or than its engine makes. No honest box does that, by whatever chance.</summary>
    Refuted = 3,
}
