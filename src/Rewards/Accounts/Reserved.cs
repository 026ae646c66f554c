namespace Rewards.Accounts;

/// <summary>What the entry of a reservation tells.</summary>
internal static class Reserved
{
    /// <summary>The part of it that was taken from funds.</summary>
    public static Int128 Funded(BookEntry entry)
    {
        Int128 funds = 0;
        foreach (Posting posting in entry.Postings)
        {
            funds += posting.Account.Kind == AccountKind.Funds ? posting.Amount : 0;
        }

        return -funds;
    }
}
