namespace Transcode.Engine.Verification;

/// <summary>What came of looking at a rendition.</summary>
public enum VerdictKind
{
    /// <summary>Nothing speaks against it.</summary>
    Accepted,

    /// <summary>It is not what was asked for.</summary>
    Rejected,

    /// <summary>What it is to be compared with cannot be had.</summary>
    CannotTell,
}

/// <summary>What came of looking at a rendition, and why.</summary>
/// <param name="Kind">In one word.</param>
/// <param name="Check">What decided: the first check that failed; <see cref="VerificationCheck.Bytes"/> where these are the same; null where all
/// checks passed, or nobody can tell.</param>
/// <param name="Reason">For people, with figures.</param>
/// <param name="Frames">What was measured of the drawn pictures, as far as it came to that; may be empty.</param>
public sealed record Verdict(VerdictKind Kind, VerificationCheck? Check, string Reason, IReadOnlyList<FrameFigures> Frames)
{
    public static Verdict Accepted(VerificationCheck? check, string reason, IReadOnlyList<FrameFigures>? frames = null) =>
        new(VerdictKind.Accepted, check, reason, frames ?? []);

    public static Verdict Rejected(VerificationCheck check, string reason, IReadOnlyList<FrameFigures>? frames = null) =>
        new(VerdictKind.Rejected, check, reason, frames ?? []);

    public static Verdict CannotTell(string reason, IReadOnlyList<FrameFigures>? frames = null) =>
        new(VerdictKind.CannotTell, null, reason, frames ?? []);
}
