namespace Rewards.Metering;

/// <summary>The ledger cannot be opened, read or written, for a reason its owner can act on. What is on disk is left as
/// it is.</summary>
public sealed class LedgerException(string message, Exception? inner = null) : Exception(message, inner);
