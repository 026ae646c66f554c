namespace Rewards.Signing;

/// <summary>A key cannot be used, for a reason its owner can act on. No key file was made, changed or removed.</summary>
public sealed class KeyException(string message, Exception? inner = null) : Exception(message, inner);
