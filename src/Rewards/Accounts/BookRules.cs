using Rewards.Signing;

namespace Rewards.Accounts;

/// <summary>What follows from an order: a function of the order, its time and the books before it, and of nothing else, so that
/// anybody can go through the books again.</summary>
/// <remarks>
/// A reservation takes what is in the funds first and the rest on credit, down to the cap. What is settled is paid out of the funded part
/// first; only that becomes earnings, which can be claimed. What was used on credit is owed until it is paid in: else somebody
/// could make earnings out of nothing by asking himself. Whenever a requester has funds and owes, the funds pay, box by box in
/// the order of their addresses. So nobody ever has both.
/// </remarks>
internal static class BookRules
{
    /// <param name="order">In its ranges.</param>
    /// <param name="at">Microseconds since 1970.</param>
    /// <param name="state">The books before it.</param>
    public static BookRuling Judge(BookOrder order, long at, IBookState state) => order switch
    {
        DepositOrder deposit => Deposit(deposit, state),
        ReserveOrder reserve => Reserve(reserve.Quote, at, state),
        SettleOrder settle => Settle(settle, state),
        ReleaseOrder release => Release(release, state),
        WithdrawOrder withdraw => Withdraw(withdraw, state),
        _ => throw new InvalidOperationException("There is no such order."),
    };

    private static BookRuling Deposit(DepositOrder order, IBookState state)
    {
        var moves = new BookMoves(state);
        moves.Move(AccountName.Outside, AccountName.Funds(order.Requester), order.Amount);
        moves.PayWhatIsOwed(order.Requester);
        return moves.Ruling();
    }

    private static BookRuling Reserve(Quote quote, long at, IBookState state)
    {
        if (quote.Requester == quote.Payee)
        {
            return BookRuling.Refuse(RefusalReason.SelfServed, "Who asks himself earns nothing.");
        }

        if (at >= quote.ExpiresAt)
        {
            return BookRuling.Refuse(RefusalReason.QuoteExpired, "The quote has expired: ask for another.");
        }

        Int128 funds = state.Balance(AccountName.Funds(quote.Requester));
        Int128 credit = Int128.Max(0, quote.Prices.CreditLimit + state.Balance(AccountName.Credit(quote.Requester)));
        Int128 shortfall = quote.Bound - funds - credit;
        if (shortfall > 0)
        {
            return BookRuling.Refuse(
                RefusalReason.InsufficientFunds, $"{quote.Bound} must be reserved; there are {funds} in funds and {credit} of credit: {shortfall} are missing.", shortfall);
        }

        Int128 funded = Int128.Min(funds, quote.Bound);
        var moves = new BookMoves(state);
        AccountName reserved = AccountName.Reserved(quote.Requester);
        moves.Move(AccountName.Funds(quote.Requester), reserved, funded);
        moves.Move(AccountName.Credit(quote.Requester), reserved, quote.Bound - funded);
        return moves.Ruling();
    }

    private static BookRuling Settle(SettleOrder order, IBookState state)
    {
        if (Find(order.Reservation, state, out Reservation reservation) is { } refusal)
        {
            return refusal;
        }

        // The first delivery of a piece of work is made, all others are from the cache, within one order too.
        HashSet<long> charges = [];
        Int128 cost = 0;
        foreach (Delivery delivery in order.Deliveries)
        {
            bool made = delivery.Kind == DeliveryKind.Made && !state.IsCharged(delivery.Work) && charges.Add(delivery.Work);
            cost += reservation.Quote.Prices.Of(made ? DeliveryKind.Made : DeliveryKind.FromCache, delivery.WeightedPixels);
        }

        var moves = new BookMoves(state);
        Close(moves, reservation, Int128.Min(cost, reservation.Quote.Bound));
        return moves.Ruling() with { Closes = reservation.Entry, Charges = [.. charges] };
    }

    private static BookRuling Release(ReleaseOrder order, IBookState state)
    {
        if (Find(order.Reservation, state, out Reservation reservation) is { } refusal)
        {
            return refusal;
        }

        var moves = new BookMoves(state);
        Close(moves, reservation, 0);
        return moves.Ruling() with { Closes = reservation.Entry };
    }

    private static BookRuling Withdraw(WithdrawOrder order, IBookState state)
    {
        Int128 funds = state.Balance(AccountName.Funds(order.Requester));
        if (order.Amount > funds)
        {
            return BookRuling.Refuse(
                RefusalReason.InsufficientFunds, $"There are {funds} in funds: {order.Amount - funds} are missing.", order.Amount - funds);
        }

        var moves = new BookMoves(state);
        moves.Move(AccountName.Funds(order.Requester), AccountName.Outside, order.Amount);
        return moves.Ruling();
    }

    /// <summary>Takes a reservation apart: the funded part pays first, the rest goes back to where it came from.</summary>
    /// <param name="moves">What follows.</param>
    /// <param name="reservation">Open.</param>
    /// <param name="paid">0 to what was reserved.</param>
    private static void Close(BookMoves moves, Reservation reservation, Int128 paid)
    {
        Quote quote = reservation.Quote;
        AccountName reserved = AccountName.Reserved(quote.Requester);
        Int128 fromFunds = Int128.Min(paid, reservation.Funded);
        Int128 onCredit = paid - fromFunds;
        moves.Move(reserved, AccountName.Earnings(quote.Payee), fromFunds);
        moves.Move(reserved, AccountName.Owed(quote.Requester, quote.Payee), onCredit);
        moves.Move(reserved, AccountName.Funds(quote.Requester), reservation.Funded - fromFunds);
        moves.Move(reserved, AccountName.Credit(quote.Requester), quote.Bound - reservation.Funded - onCredit);
        moves.PayWhatIsOwed(quote.Requester);
    }

    private static BookRuling? Find(string key, IBookState state, out Reservation reservation)
    {
        Reservation? found = state.FindReservation(key);
        reservation = found!;
        return found is not null ? null
            : state.WasReserved(key) ? BookRuling.Refuse(RefusalReason.ReservationClosed, $"The reservation {key} was settled or released before.")
            : BookRuling.Refuse(RefusalReason.ReservationUnknown, $"Nothing was reserved by the key {key}.");
    }
}
