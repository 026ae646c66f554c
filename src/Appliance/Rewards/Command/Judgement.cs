using global::Rewards.Verdicts;

namespace Appliance.Rewards.Command;

/// <summary>What came of looking at a piece of work, before it is signed.</summary>
/// <param name="What">The piece, for people.</param>
/// <param name="Outcome">In one word.</param>
/// <param name="Check">That decided; may be empty.</param>
/// <param name="Reason">For people.</param>
/// <param name="Frames">Pictures that were drawn; 0 where it was compared by bytes.</param>
/// <param name="IsDelivered">Whether the box gave the bytes that it is paid for.</param>
internal sealed record Judgement(string What, VerdictOutcome Outcome, string Check, string Reason, int Frames = 0, bool IsDelivered = true);
