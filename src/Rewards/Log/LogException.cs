namespace Rewards.Log;

/// <summary>The log cannot be opened, read or written, for a reason its owner can act on. Nothing it signed was taken back.</summary>
public class LogException(string message, Exception? inner = null) : Exception(message, inner);
