namespace Rewards.Accounts;

/// <summary>The books cannot be opened, read or written, for a reason their owner can act on. What is on disk is left as it is.</summary>
public sealed class AccountsException(string message, Exception? inner = null) : Exception(message, inner);
