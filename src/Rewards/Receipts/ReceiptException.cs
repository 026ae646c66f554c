namespace Rewards.Receipts;

/// <summary>The receipts cannot be opened, read, written or gone on with, for a reason their owner can act on. What is on disk is left as it is.</summary>
public class ReceiptException(string message, Exception? inner = null) : Exception(message, inner);
