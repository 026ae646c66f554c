namespace Rewards.Log;

/// <summary>What a witness says of a checkpoint.</summary>
/// <param name="Outcome">Which.</param>
/// <param name="Size">Of what it cosigned last of that log; 0 where there is none.</param>
/// <param name="Cosignature">Where it cosigned.</param>
public sealed record WitnessAnswer(WitnessOutcome Outcome, long Size, NoteSignature? Cosignature);

/// <summary>What a witness says of a checkpoint; in brackets the status that tlog-witness has for it.</summary>
public enum WitnessOutcome
{
    /// <summary>It continues what was seen (200).</summary>
    Cosigned,

    /// <summary>It is no request, or its old size is beyond its size (400).</summary>
    Malformed,

    /// <summary>The log did not sign it (403).</summary>
    NotSigned,

    /// <summary>The log is not one of those watched (404).</summary>
    UnknownLog,

    /// <summary>It continues another size than that cosigned last (409).</summary>
    OtherSize,

    /// <summary>It is signed, and has at the size cosigned last another root: the log has forked (409).</summary>
    Forked,

    /// <summary>It is signed, and its proof does not hold: the log has forked, or is mistaken (422).</summary>
    Inconsistent,
}
