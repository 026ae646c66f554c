using Rewards.Accounts;
using Rewards.CrashWriter;
using Rewards.Metering;
using Rewards.Signing;
using Xunit;

namespace Rewards.Tests.Accounts;

public sealed class AccountBooksTests : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private readonly TestClock _clock = new();
    private AccountBooks _books = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _books = Open();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _books.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Settle_PrepaidWork_PaysWhatWasMeteredAndFreesTheRest()
    {
        await DoneAsync("d", new DepositOrder(5000, "0xabc", Books.Ann));
        await DoneAsync("r", new ReserveOrder(Books.Quote(Books.Ann, _clock, segments: 3)));
        Assert.Equal(new(Books.Ann, 2000, 3000, 0, 0), await StandingAsync(Books.Ann));

        await DoneAsync("s", Books.Settle("r", (1, DeliveryKind.Made, 900), (2, DeliveryKind.Made, 1), (3, DeliveryKind.FromCache, 1001)));

        // 900, the minimum of 10, and a tenth of 1001 rounded up.
        Assert.Equal(new(Books.Ann, 5000 - 1011, 0, 0, 0), await StandingAsync(Books.Ann));
        Assert.Equal(1011, await EarnedAsync());
        await BalancedAsync();
    }

    [Fact]
    public async Task Settle_MoreThanQuoted_NeverExceedsTheQuote()
    {
        await DoneAsync("d", new DepositOrder(5000, "", Books.Ann));
        await DoneAsync("r", new ReserveOrder(Books.Quote(Books.Ann, _clock)));

        await DoneAsync("s", Books.Settle("r", (1, DeliveryKind.Made, 4000), (2, DeliveryKind.Made, long.MaxValue)));

        Assert.Equal(1000, await EarnedAsync());
        Assert.Equal(new(Books.Ann, 4000, 0, 0, 0), await StandingAsync(Books.Ann));
    }

    [Fact]
    public async Task Release_FailedWork_PaysNothing()
    {
        await DoneAsync("d", new DepositOrder(800, "", Books.Ann));
        await DoneAsync("r", new ReserveOrder(Books.Quote(Books.Ann, _clock)));
        Assert.Equal(new(Books.Ann, 0, 1000, 200, 0), await StandingAsync(Books.Ann));

        await DoneAsync("f", new ReleaseOrder("cancelled", "r"));

        Assert.Equal(new(Books.Ann, 800, 0, 0, 0), await StandingAsync(Books.Ann));
        Assert.Equal(0, await EarnedAsync());
        await BalancedAsync();
    }

    [Fact]
    public async Task Reserve_WithoutFunds_IsRefusedWithTheShortfall()
    {
        await DoneAsync("d", new DepositOrder(300, "", Books.Ann));
        var order = new ReserveOrder(Books.Quote(Books.Ann, _clock));

        BookAnswer refused = await _books.EnterAsync("r", order, Cancelled);

        Assert.Equal(BookOutcome.Refused, refused.Outcome);
        Assert.Equal(
            new(RefusalReason.InsufficientFunds, 200, "1000 must be reserved; there are 300 in funds and 500 of credit: 200 are missing."), refused.Refusal);
        Assert.Equal(new(Books.Ann, 300, 0, 0, 0), await StandingAsync(Books.Ann));

        // What was refused left no trace: the same may be brought again.
        await DoneAsync("d2", new DepositOrder(200, "", Books.Ann));
        await DoneAsync("r", order);
    }

    [Fact]
    public async Task Settle_OnCredit_IsOwedUntilItIsPaidIn()
    {
        await DoneAsync("d", new DepositOrder(700, "", Books.Ann));
        await DoneAsync("r", new ReserveOrder(Books.Quote(Books.Ann, _clock)));
        await DoneAsync("s", Books.Settle("r", (1, DeliveryKind.Made, 900)));
        Assert.Equal(700, await EarnedAsync());
        Assert.Equal(new(Books.Ann, 0, 0, 200, 200), await StandingAsync(Books.Ann));

        await DoneAsync("d2", new DepositOrder(150, "", Books.Ann));
        Assert.Equal(850, await EarnedAsync());
        Assert.Equal(new(Books.Ann, 0, 0, 50, 50), await StandingAsync(Books.Ann));

        await DoneAsync("d3", new DepositOrder(150, "", Books.Ann));
        Assert.Equal(900, await EarnedAsync());
        Assert.Equal(new(Books.Ann, 100, 0, 0, 0), await StandingAsync(Books.Ann));
        await BalancedAsync();
    }

    [Fact]
    public async Task Release_WhileSomethingIsOwed_PaysThatFirst()
    {
        await DoneAsync("d", new DepositOrder(1000, "", Books.Ann));
        await DoneAsync("funded", new ReserveOrder(Books.Quote(Books.Ann, _clock)));
        await DoneAsync("credit", new ReserveOrder(Books.Quote(Books.Ann, _clock, pixels: 400)));
        await DoneAsync("s", Books.Settle("credit", (1, DeliveryKind.Made, 300)));
        Assert.Equal(0, await EarnedAsync());

        await DoneAsync("f", new ReleaseOrder("", "funded"));

        Assert.Equal(300, await EarnedAsync());
        Assert.Equal(new(Books.Ann, 700, 0, 0, 0), await StandingAsync(Books.Ann));
    }

    [Fact]
    public async Task Reserve_Credit_IsCappedOverAllOfARequestersWork()
    {
        await DoneAsync("r1", new ReserveOrder(Books.Quote(Books.Ann, _clock, pixels: 400)));
        BookAnswer refused = await _books.EnterAsync("r2", new ReserveOrder(Books.Quote(Books.Ann, _clock, pixels: 101)), Cancelled);
        Assert.Equal(1, refused.Refusal!.Shortfall);
        await DoneAsync("r3", new ReserveOrder(Books.Quote(Books.Ann, _clock, pixels: 100)));
        await DoneAsync("bob", new ReserveOrder(Books.Quote(Books.Bob, _clock, pixels: 500)));
        Assert.Equal(new(Books.Ann, 0, 500, 500, 0), await StandingAsync(Books.Ann));
    }

    [Fact]
    public async Task Reserve_OwnWork_NeverEntersTheBooks()
    {
        await DoneAsync("d", new DepositOrder(5000, "", Books.Ann));
        await DoneAsync("b", new DepositOrder(5000, "", Books.Box));
        await _books.DisposeAsync();
        _books = Open(new AccountBooksOptions { Household = new HashSet<EthereumAddress> { Books.Ann } });

        BookAnswer household = await _books.EnterAsync("r", new ReserveOrder(Books.Quote(Books.Ann, _clock)), Cancelled);
        BookAnswer itself = await _books.EnterAsync("r", new ReserveOrder(Books.Quote(Books.Box, _clock)), Cancelled);

        Assert.Equal(RefusalReason.SelfServed, household.Refusal!.Reason);
        Assert.Equal(RefusalReason.SelfServed, itself.Refusal!.Reason);
        Assert.Equal(2, (await _books.ReadAsync(0, 10, Cancelled)).Count);
    }

    [Fact]
    public async Task Settle_WorkThatWasPaidForAsMade_IsFromTheCacheEverAfter()
    {
        await DoneAsync("d", new DepositOrder(9000, "", Books.Ann));
        await DoneAsync("e", new DepositOrder(9000, "", Books.Bob));
        await DoneAsync("r1", new ReserveOrder(Books.Quote(Books.Ann, _clock, segments: 3)));
        await DoneAsync("r2", new ReserveOrder(Books.Quote(Books.Bob, _clock, segments: 3)));

        // Twice within one order, and once more for another: one is made, the others are a tenth.
        await DoneAsync("s1", Books.Settle("r1", (7, DeliveryKind.Made, 1000), (7, DeliveryKind.Made, 1000)));
        await DoneAsync("s2", Books.Settle("r2", (7, DeliveryKind.Made, 1000)));

        Assert.Equal(1000 + 100 + 100, await EarnedAsync());
    }

    [Fact]
    public async Task Settle_WorkFirstDeliveredFromTheCache_DoesNotSpendThePriceOfMakingIt()
    {
        await DoneAsync("d", new DepositOrder(9000, "", Books.Ann));
        await DoneAsync("r1", new ReserveOrder(Books.Quote(Books.Ann, _clock)));
        await DoneAsync("s1", Books.Settle("r1", (7, DeliveryKind.FromCache, 1000)));
        await DoneAsync("r2", new ReserveOrder(Books.Quote(Books.Ann, _clock)));
        await DoneAsync("s2", Books.Settle("r2", (7, DeliveryKind.Made, 1000)));

        Assert.Equal(100 + 1000, await EarnedAsync());
    }

    /// <summary>From the work ledger on: what was made ahead is paid for by whoever gets it first, and by nobody before.</summary>
    [Fact]
    public async Task Settle_ReadAhead_IsPaidForByWhoeverGetsItFirst()
    {
        await using WorkLedger ledger = WorkLedger.Open(_folder.Ledger, new WorkLedgerOptions(), _clock);
        WorkRecord played = (await ledger.RecordAsync(Segment.Of(0), Cancelled)).Record;
        WorkRecord ahead = (await ledger.RecordAsync(Segment.Of(1) with { Demand = WorkDemand.ReadAhead }, Cancelled)).Record;
        Int128 made = played.WeightedPixels;
        await DoneAsync("d", new DepositOrder(made * 10, "", Books.Ann));
        await DoneAsync("e", new DepositOrder(made * 10, "", Books.Bob));
        await DoneAsync("r1", new ReserveOrder(Books.Quote(Books.Ann, _clock, 2, 60_000_000)));
        await DoneAsync("r2", new ReserveOrder(Books.Quote(Books.Bob, _clock, 2, 60_000_000)));

        await DoneAsync("s1", new SettleOrder([Delivery.Of(played, DeliveryKind.Made)], "r1"));
        Assert.Equal(made, await EarnedAsync());

        await DoneAsync("s2", new SettleOrder([Delivery.Of(ahead, DeliveryKind.Made), Delivery.Of(played, DeliveryKind.FromCache)], "r2"));
        Assert.Equal(made + made + (made / 10), await EarnedAsync());
    }

    [Fact]
    public async Task Settle_FreeCache_MayCostNothingAtAll()
    {
        PriceTable free = Books.Prices with { FromCache = new(0, 0), CreditLimit = 0 };
        await DoneAsync("d", new DepositOrder(1000, "", Books.Ann));
        await DoneAsync("r", new ReserveOrder(Books.Quote(Books.Ann, _clock, prices: free)));

        await DoneAsync("s", Books.Settle("r", (1, DeliveryKind.FromCache, 1000)));

        Assert.Equal(new(Books.Ann, 1000, 0, 0, 0), await StandingAsync(Books.Ann));
    }

    [Fact]
    public async Task Withdraw_MoreThanIsFree_IsRefused()
    {
        await DoneAsync("d", new DepositOrder(1500, "", Books.Ann));
        await DoneAsync("r", new ReserveOrder(Books.Quote(Books.Ann, _clock)));

        BookAnswer refused = await _books.EnterAsync("w", new WithdrawOrder(501, "", Books.Ann), Cancelled);
        Assert.Equal((RefusalReason.InsufficientFunds, (Int128)1), (refused.Refusal!.Reason, refused.Refusal.Shortfall));
        await DoneAsync("w", new WithdrawOrder(500, "", Books.Ann));

        Assert.Equal(new(Books.Ann, 0, 1000, 0, 0), await StandingAsync(Books.Ann));
        Assert.Equal(-1000, (await _books.TotalsAsync(Cancelled))[AccountKind.Outside]);
    }

    [Fact]
    public async Task Enter_SameKeyAgain_MovesNothingTwice()
    {
        var deposit = new DepositOrder(2000, "0xabc", Books.Ann);
        BookEntry first = await DoneAsync("d", deposit);
        var reserve = new ReserveOrder(Books.Quote(Books.Ann, _clock));
        await DoneAsync("r", reserve);
        SettleOrder settle = Books.Settle("r", (1, DeliveryKind.Made, 900));
        await DoneAsync("s", settle);
        _clock.Now = _clock.Now.AddDays(1);

        BookAnswer again = await _books.EnterAsync("d", deposit with { }, Cancelled);

        Assert.Equal(BookOutcome.AlreadyDone, again.Outcome);
        Assert.Equal(first.Hash(), again.Entry!.Hash());
        // The quote has expired, and the reservation is closed: what stands stands.
        Assert.Equal(BookOutcome.AlreadyDone, (await _books.EnterAsync("r", reserve, Cancelled)).Outcome);
        Assert.Equal(BookOutcome.AlreadyDone, (await _books.EnterAsync("s", Books.Settle("r", (1, DeliveryKind.Made, 900)), Cancelled)).Outcome);
        Assert.Equal(3, (await _books.ReadAsync(0, 10, Cancelled)).Count);
    }

    [Fact]
    public async Task Enter_SameKeyOtherOrder_IsAContradiction()
    {
        await DoneAsync("k", new DepositOrder(2000, "0xabc", Books.Ann));

        foreach (BookOrder other in new BookOrder[]
        {
            new DepositOrder(2001, "0xabc", Books.Ann), new DepositOrder(2000, "0xabd", Books.Ann), new DepositOrder(2000, "0xabc", Books.Bob),
            new WithdrawOrder(2000, "0xabc", Books.Ann), new ReserveOrder(Books.Quote(Books.Ann, _clock)),
        })
        {
            BookAnswer answer = await _books.EnterAsync("k", other, Cancelled);
            Assert.Equal((BookOutcome.Contradicted, 1L), (answer.Outcome, answer.Entry!.Sequence));
        }

        Assert.Equal(2000, (await StandingAsync(Books.Ann)).Funds);
    }

    [Fact]
    public async Task Enter_ReservationUnknownOrClosedOrQuoteExpired_IsRefused()
    {
        await DoneAsync("d", new DepositOrder(5000, "", Books.Ann));
        Quote quote = Books.Quote(Books.Ann, _clock);
        await DoneAsync("r", new ReserveOrder(quote));
        await DoneAsync("s", Books.Settle("r", (1, DeliveryKind.Made, 1)));

        Assert.Equal(RefusalReason.ReservationClosed, await RefusedAsync(Books.Settle("r", (2, DeliveryKind.Made, 1))));
        Assert.Equal(RefusalReason.ReservationClosed, await RefusedAsync(new ReleaseOrder("", "r")));
        Assert.Equal(RefusalReason.ReservationUnknown, await RefusedAsync(new ReleaseOrder("", "d")));
        Assert.Equal(RefusalReason.ReservationUnknown, await RefusedAsync(Books.Settle("none", (2, DeliveryKind.Made, 1))));
        _clock.Now = _clock.Now.AddSeconds(900);
        Assert.Equal(RefusalReason.QuoteExpired, await RefusedAsync(new ReserveOrder(quote)));
    }

    [Fact]
    public async Task Enter_OutsideTheRanges_IsRefusedBeforeTheBooks()
    {
        Quote quote = Books.Quote(Books.Ann, _clock);
        foreach ((string key, BookOrder order) in new (string, BookOrder)[]
        {
            ("", new DepositOrder(1, "", Books.Ann)), ("\"", new DepositOrder(1, "", Books.Ann)), (new string('k', 129), new DepositOrder(1, "", Books.Ann)),
            ("k", new DepositOrder(0, "", Books.Ann)), ("k", new DepositOrder(Amounts.Limit + 1, "", Books.Ann)), ("k", new DepositOrder(1, "é", Books.Ann)),
            ("k", new DepositOrder(1, "", default)), ("k", new WithdrawOrder(-1, "", Books.Ann)),
            ("k", new ReserveOrder(quote with { Bound = 1 })), ("k", new ReserveOrder(quote with { ExpiresAt = long.MaxValue })),
            ("k", new ReserveOrder(quote with { Payee = default })), ("k", new ReserveOrder(quote with { IssuedAt = long.MaxValue })),
            ("k", Books.Settle("r")), ("k", Books.Settle("r", (0, DeliveryKind.Made, 1))), ("k", Books.Settle("r", (1, 0, 1))),
            ("k", Books.Settle("r", (1, DeliveryKind.Made, -1))), ("k", Books.Settle("", (1, DeliveryKind.Made, 1))),
        })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => _books.EnterAsync(key, order, Cancelled));
        }

        Assert.Empty(await _books.ReadAsync(0, 10, Cancelled));
    }

    [Fact]
    public async Task Enter_BalanceBeyondTheLimit_IsRefused()
    {
        // A million of the largest fill an account; a test has not the time, so it looks at the rule itself.
        Assert.True(AccountName.Funds(Books.Ann).Allows(Amounts.BalanceLimit));
        Assert.False(AccountName.Funds(Books.Ann).Allows(Amounts.BalanceLimit + 1));
        Assert.False(AccountName.Outside.Allows(-Amounts.BalanceLimit - 1));
        await DoneAsync("d", new DepositOrder(Amounts.Limit, "", Books.Ann));
        await DoneAsync("e", new DepositOrder(Amounts.Limit, "", Books.Ann));
        Assert.Equal(Amounts.Limit * 2, (await StandingAsync(Books.Ann)).Funds);
    }

    [Fact]
    public async Task Statements_OfTwoDaysAndTwoRequesters_TellWhoPaidWhen()
    {
        _clock.Now = new(2026, 1, 31, 23, 59, 0, TimeSpan.Zero);
        await DoneAsync("d1", new DepositOrder(5000, "", Books.Ann));
        await DoneAsync("d2", new DepositOrder(5000, "", Books.Bob));
        await DoneAsync("r1", new ReserveOrder(Books.Quote(Books.Ann, _clock)));
        await DoneAsync("r2", new ReserveOrder(Books.Quote(Books.Bob, _clock)));
        await DoneAsync("r3", new ReserveOrder(Books.Quote(Books.Ann, _clock)));
        await DoneAsync("s1", Books.Settle("r1", (1, DeliveryKind.Made, 100)));
        await DoneAsync("s2", Books.Settle("r2", (2, DeliveryKind.Made, 200)));
        _clock.Now = _clock.Now.AddMinutes(1);
        await DoneAsync("s3", Books.Settle("r3", (3, DeliveryKind.Made, 300)));

        DateOnly january = new(2026, 1, 1);
        DateOnly february = new(2026, 2, 1);
        Assert.Equal(
            [new(new(2026, 1, 31), Books.Box, Books.Ann, 100, 1), new(new(2026, 1, 31), Books.Box, Books.Bob, 200, 1), new(february, Books.Box, Books.Ann, 300, 1)],
            await _books.EarningsAsync(january, february.AddMonths(1), Cancelled));
        Assert.Equal(2, (await _books.EarningsAsync(january, february, Cancelled)).Count);
        Assert.Empty(await _books.OpenReservationsAsync(Cancelled));
        IReadOnlyList<StatementLine> lines = await _books.StatementAsync(Books.Ann, 1, 2, Cancelled);
        Assert.Equal(
            [(3L, "r1", AccountKind.Funds, (Int128)(-1000)), (3L, "r1", AccountKind.Reserved, 1000), (5L, "r3", AccountKind.Funds, -1000), (5L, "r3", AccountKind.Reserved, 1000)],
            lines.Select(line => (line.Entry, line.Key, line.Account.Kind, line.Amount)));
        Assert.Equal([6L, 7L, 8L], (await _books.StatementAsync(Books.Box, 0, 10, Cancelled)).Select(line => line.Entry));
        await BalancedAsync();
    }

    [Fact]
    public async Task OpenReservations_AfterAStart_AreThere()
    {
        await DoneAsync("d", new DepositOrder(700, "", Books.Ann));
        await DoneAsync("r", new ReserveOrder(Books.Quote(Books.Ann, _clock)));
        await _books.DisposeAsync();
        _books = Open();

        Reservation open = Assert.Single(await _books.OpenReservationsAsync(Cancelled));
        Assert.Equal(("r", (Int128)700, (Int128)1000), (open.Key, open.Funded, open.Quote.Bound));
    }

    private AccountBooks Open(AccountBooksOptions? options = null) =>
        AccountBooks.Open(_folder.At("accounts.db"), options ?? new AccountBooksOptions(), _clock);

    private async Task<BookEntry> DoneAsync(string key, BookOrder order)
    {
        BookAnswer answer = await _books.EnterAsync(key, order, Cancelled);
        Assert.True(answer.Outcome == BookOutcome.Done, $"{key}: {answer.Outcome} {answer.Refusal}");
        return answer.Entry!;
    }

    private async Task<RefusalReason> RefusedAsync(BookOrder order) => (await _books.EnterAsync("refused", order, Cancelled)).Refusal!.Reason;

    private Task<RequesterStanding> StandingAsync(EthereumAddress requester) => _books.StandingAsync(requester, Cancelled);

    private async Task<Int128> EarnedAsync() => (await _books.TotalsAsync(Cancelled)).GetValueOrDefault(AccountKind.Earnings);

    private async Task BalancedAsync()
    {
        Int128 total = 0;
        foreach (Int128 sum in (await _books.TotalsAsync(Cancelled)).Values)
        {
            total += sum;
        }

        Assert.Equal(0, total);
    }
}
