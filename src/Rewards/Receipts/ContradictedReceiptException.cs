namespace Rewards.Receipts;

/// <summary>The receipts, and the ledger that they are for, tell different stories: one of them was restored from another day, or is another's. Nothing was written;
/// going on is for people to decide.</summary>
public sealed class ContradictedReceiptException(string message)
    : ReceiptException(message + " One of them was restored from another day. No more receipts are made.");
