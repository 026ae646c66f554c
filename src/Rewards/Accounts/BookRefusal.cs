namespace Rewards.Accounts;

/// <summary>Why nothing was entered.</summary>
/// <param name="Reason">In a word.</param>
/// <param name="Shortfall">How much is missing; 0 where that is not the reason.</param>
/// <param name="Text">For people.</param>
public sealed record BookRefusal(RefusalReason Reason, Int128 Shortfall, string Text);

/// <summary>Why nothing was entered.</summary>
public enum RefusalReason
{
    /// <summary>Funds, with credit where there is some, do not reach.</summary>
    InsufficientFunds,

    /// <summary>The quote holds no longer.</summary>
    QuoteExpired,

    /// <summary>Requester and payee are the same, or of the same household: that earns nothing and is not entered.</summary>
    SelfServed,

    /// <summary>Nothing was reserved by that key.</summary>
    ReservationUnknown,

    /// <summary>It was settled or released before.</summary>
    ReservationClosed,

    /// <summary>An account would hold or lack more than accounts do.</summary>
    BalanceTooLarge,
}
