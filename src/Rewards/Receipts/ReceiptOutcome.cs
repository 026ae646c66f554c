namespace Rewards.Receipts;

/// <summary>What became of a receipt.</summary>
public enum ReceiptOutcome
{
    /// <summary>It is kept now, durably.</summary>
    Done,

    /// <summary>The same receipt was brought before.</summary>
    AlreadyDone,

    /// <summary>Another receipt was brought before under its number: that one stands.</summary>
    Contradicted,
}
