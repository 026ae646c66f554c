using Rewards.Durability;
using Rewards.Metering;

namespace Rewards.Accounts;

/// <summary>Enters an order, unless something stands under its key.</summary>
/// <param name="key">The caller's.</param>
/// <param name="order">In its ranges.</param>
/// <param name="options">Who belongs to the household.</param>
/// <param name="time">The clock.</param>
internal sealed class BookRequest(string key, BookOrder order, AccountBooksOptions options, TimeProvider time) : DatabaseRequest<BookTable, BookAnswer>
{
    public override void Execute(BookTable table)
    {
        if (table.Find(key) is { } standing)
        {
            // Records hold lists, which are equal by their text only; an entry's text differs from another's with the same place by its order alone.
            bool same = (standing with { Order = order }).Hash() == standing.Hash();
            Result = new(same ? BookOutcome.AlreadyDone : BookOutcome.Contradicted, standing, null);
            return;
        }

        if (order is ReserveOrder { Quote: var quote } && options.Household.Contains(quote.Requester))
        {
            Result = new(BookOutcome.Refused, null, new(RefusalReason.SelfServed, 0, "What the household asks of its own box earns nothing."));
            return;
        }

        long at = Microseconds.Of(time.GetUtcNow());
        BookRuling ruling = BookRules.Judge(order, at, table);
        if (ruling.Refusal is not null)
        {
            Result = new(BookOutcome.Refused, null, ruling.Refusal);
            return;
        }

        (long last, Signing.Hash256 head) = table.Last();
        var entry = new BookEntry(at, key, order, ruling.Postings, head, last + 1);
        table.Insert(entry, ruling);
        Result = new(BookOutcome.Done, entry, null);
    }
}
