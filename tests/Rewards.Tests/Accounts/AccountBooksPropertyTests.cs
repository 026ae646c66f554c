using System.Globalization;
using Rewards.Accounts;
using Rewards.Signing;
using Xunit;

namespace Rewards.Tests.Accounts;

/// <summary>Random sequences of orders, each followed by what must always hold. REWARDS_ORDERS says how many.</summary>
public sealed class AccountBooksPropertyTests : IDisposable
{
    private static readonly int Orders =
        int.Parse(Environment.GetEnvironmentVariable("REWARDS_ORDERS") ?? "600", CultureInfo.InvariantCulture);

    private static readonly EthereumAddress[] Requesters = [Books.Address(1), Books.Address(2), Books.Address(3)];

    private static readonly EthereumAddress[] Boxes = [Books.Box, Books.Address(0xC0)];

    private readonly ScratchFolder _folder = new();
    private readonly TestClock _clock = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Enter_RandomOrders_ConserveMoneyAndKeepCaps(int seed)
    {
        var random = new Random(seed);
        Int128 deposited = 0;
        Int128 withdrawn = 0;
        Int128 earnedBefore = 0;
        Dictionary<string, Int128> open = [];
        List<(string Key, BookOrder Order)> brought = [];
        Dictionary<BookOutcome, int> outcomes = [];
        AccountBooks books = Open();
        for (int i = 0; i < Orders; i++)
        {
            bool again = brought.Count > 0 && random.Next(8) == 0;
            (string key, BookOrder order) = again ? brought[random.Next(brought.Count)] : ("k" + i, Draw(random, open));
            BookAnswer answer = await books.EnterAsync(key, order, Cancelled);
            outcomes[answer.Outcome] = outcomes.GetValueOrDefault(answer.Outcome) + 1;
            brought.Add((key, order));
            _clock.Now = _clock.Now.AddSeconds(random.Next(200));

            IReadOnlyDictionary<AccountKind, Int128> totals = await books.TotalsAsync(Cancelled);
            Int128 earned = totals.GetValueOrDefault(AccountKind.Earnings) + totals.GetValueOrDefault(AccountKind.Owed);
            if (answer.Outcome == BookOutcome.Done)
            {
                switch (order)
                {
                    case DepositOrder deposit:
                        deposited += deposit.Amount;
                        break;
                    case WithdrawOrder withdraw:
                        withdrawn += withdraw.Amount;
                        break;
                    case ReserveOrder reserve:
                        open.Add(key, reserve.Quote.Bound);
                        break;
                    case SettleOrder settle:
                        Assert.InRange(earned - earnedBefore, 0, open[settle.Reservation]);
                        Assert.True(open.Remove(settle.Reservation));
                        break;
                    case ReleaseOrder release:
                        Assert.True(open.Remove(release.Reservation));
                        break;
                }
            }

            if (order is not SettleOrder)
            {
                Assert.Equal(earnedBefore, earned);
            }

            earnedBefore = earned;
            Assert.Equal(0, totals.Values.Aggregate((Int128)0, (sum, balance) => sum + balance));
            Assert.Equal(withdrawn - deposited, totals.GetValueOrDefault(AccountKind.Outside));
            Assert.Equal(open.Values.Aggregate((Int128)0, (sum, bound) => sum + bound), totals.GetValueOrDefault(AccountKind.Reserved));
            // What can be claimed was paid in.
            Assert.True(totals.GetValueOrDefault(AccountKind.Earnings) <= deposited - withdrawn);
            foreach (EthereumAddress requester in Requesters)
            {
                RequesterStanding standing = await books.StandingAsync(requester, Cancelled);
                Assert.True(standing.Funds >= 0 && standing.Reserved >= 0 && standing.Owed >= 0);
                Assert.InRange(standing.OnCredit, standing.Owed, Books.Prices.CreditLimit);
                Assert.True(standing.Funds == 0 || standing.Owed == 0);
            }

            if (random.Next(100) == 0)
            {
                await books.DisposeAsync();
                books = Open();
            }
        }

        await books.DisposeAsync();
        Assert.Equal(4, outcomes.Count + (outcomes.ContainsKey(BookOutcome.Contradicted) ? 0 : 1));
        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(", ", outcomes.Select(pair => $"{pair.Value} {pair.Key}")));
        await using AccountBooks reopened = Open();
        Assert.Equal(open.Keys.Order(), (await reopened.OpenReservationsAsync(Cancelled)).Select(reservation => reservation.Key).Order());
    }

    private BookOrder Draw(Random random, Dictionary<string, Int128> open)
    {
        EthereumAddress requester = Requesters[random.Next(Requesters.Length)];
        string reservation = open.Count == 0 || random.Next(10) == 0 ? "k0" : open.Keys.ElementAt(random.Next(open.Count));
        return random.Next(10) switch
        {
            0 or 1 => new DepositOrder(random.Next(1, 1500), "", requester),
            2 => new WithdrawOrder(random.Next(1, 800), "", requester),
            3 => new ReleaseOrder("", reservation),
            4 or 5 or 6 => new ReserveOrder(Books.Quote(requester, _clock, random.Next(1, 4), random.Next(0, 400), payee: Boxes[random.Next(Boxes.Length)])),
            _ => new SettleOrder(
                [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => new Delivery(random.Next(1, 300), (DeliveryKind)random.Next(1, 3), random.Next(0, 500)))], reservation),
        };
    }

    private AccountBooks Open() => AccountBooks.Open(_folder.At("accounts.db"), new AccountBooksOptions(), _clock);
}
