using Rewards.Signing;

namespace Rewards.Receipts;

/// <summary>How a receipt stands to the one before it.</summary>
/// <param name="Kind">In a word.</param>
/// <param name="FirstMissing">Number of the first receipt that should lie between; 0 where none should.</param>
/// <param name="LastMissing">Number of the last such.</param>
/// <param name="Text">For people; empty where it follows.</param>
public sealed record ReceiptStep(ReceiptStepKind Kind, ulong FirstMissing, ulong LastMissing, string Text);

/// <summary>How a receipt stands to the one before it.</summary>
public enum ReceiptStepKind
{
    /// <summary>It is the next, and says so itself.</summary>
    Follows,

    /// <summary>It is the very same once more.</summary>
    Repeats,

    /// <summary>Receipts are missing in between.</summary>
    Gap,

    /// <summary>Its number was given before, to another receipt, or is of the past.</summary>
    NumberUsedAgain,

    /// <summary>It has the next number but names another as the one before it.</summary>
    OtherPast,

    /// <summary>It is by a device that the chain does not belong to, or no longer.</summary>
    OtherDevice,

    /// <summary>Its work ended before that of the one before it by more than receipts may overtake each other.</summary>
    ClockSetBack,
}
