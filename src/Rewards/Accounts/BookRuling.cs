namespace Rewards.Accounts;

/// <summary>What follows from an order.</summary>
/// <param name="Refusal">Why nothing does; null where something does.</param>
/// <param name="Postings">Sum 0; each account once, in the order of first being touched.</param>
/// <param name="Closes">Entry of the reservation that is closed by it; 0 where none is.</param>
/// <param name="Charges">Work that is charged for as made from now on.</param>
internal sealed record BookRuling(BookRefusal? Refusal, IReadOnlyList<Posting> Postings, long Closes, IReadOnlyList<long> Charges)
{
    public static BookRuling Refuse(RefusalReason reason, string text, Int128 shortfall = default) => new(new(reason, shortfall, text), [], 0, []);
}
