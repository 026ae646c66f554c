namespace Rewards.Verdicts;

/// <summary>Verdicts cannot be read or kept; the message is for people.</summary>
public sealed class VerdictException(string message, Exception? innerException = null) : Exception(message, innerException);
