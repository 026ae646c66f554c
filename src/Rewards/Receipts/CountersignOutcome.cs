namespace Rewards.Receipts;

/// <summary>What became of a countersignature.</summary>
public enum CountersignOutcome
{
    /// <summary>It is kept now, durably.</summary>
    Done,

    /// <summary>The receipt was countersigned before: that countersignature stands.</summary>
    AlreadyDone,

    /// <summary>There is no such receipt.</summary>
    Unknown,

    /// <summary>It is not the requester's over this receipt, or the receipt is one that the device made out to itself.</summary>
    Foreign,
}
