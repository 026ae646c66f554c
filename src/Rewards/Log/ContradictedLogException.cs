namespace Rewards.Log;

/// <summary>The log, and what is brought into it, tell different stories: one of them was restored from another day, or is another's. Nothing was
/// written that contradicts what stands there; going on is for people to decide.</summary>
public sealed class ContradictedLogException(string message, Exception? inner = null)
    : LogException(message + " One of them was restored from another day. Nothing more is written to the log.", inner);
