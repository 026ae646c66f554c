namespace Rewards.Accounts;

/// <summary>What became of an order.</summary>
public enum BookOutcome
{
    /// <summary>It is in the books now, durably.</summary>
    Done,

    /// <summary>The same order was entered before by the same key: the entry stands, and nothing moves twice.</summary>
    AlreadyDone,

    /// <summary>Another order was entered before by the same key: that one stands.</summary>
    Contradicted,

    /// <summary>It cannot be; nothing was entered, and the key is free: the same order may be brought again when things have changed.</summary>
    Refused,
}

/// <summary>What became of an order.</summary>
/// <param name="Outcome">In a word.</param>
/// <param name="Entry">What stands under its key; null where it was refused.</param>
/// <param name="Refusal">Why it was refused; null where it was not.</param>
public sealed record BookAnswer(BookOutcome Outcome, BookEntry? Entry, BookRefusal? Refusal);
