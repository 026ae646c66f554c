using System.Diagnostics;
using System.Globalization;
using Rewards.Accounts;
using Rewards.Signing;

namespace Rewards.Bench;

/// <summary>Orders entered durably, books opened, and the largest order there is.</summary>
internal static class AccountFigures
{
    private const int Jobs = 5000;
    private const int AtOnce = 64;

    public static async Task PrintAsync()
    {
        Table.Head($"books, {AtOnce} orders at once");
        using var folder = new DiskFolder();
        string path = Path.Combine(folder.Path, "accounts.db");
        await using (AccountBooks books = AccountBooks.Open(path, new AccountBooksOptions(), TimeProvider.System))
        {
            var watch = Stopwatch.StartNew();
            await Parallel.ForAsync(0, Jobs, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (job, _) => await DoAsync(books, job, 1));
            Table.Row("deposits, reservations and settlements, durable", Rate(Jobs * 3, watch), "/s");
            watch.Restart();
            await DoAsync(books, Jobs + 1, SettleOrder.DeliveryLimit);
            Table.Row("a job of 50,000 deliveries, from deposit to settled", watch.Elapsed.TotalMilliseconds, "ms");
        }

        var opening = Stopwatch.StartNew();
        await using (AccountBooks.Open(path, new AccountBooksOptions(), TimeProvider.System))
        {
            Table.Row("entries worked out anew at opening", Rate((Jobs * 3) + 3, opening), "/s");
        }
    }

    private static async Task DoAsync(AccountBooks books, int job, int deliveries)
    {
        EthereumAddress requester = Address(1 + (job % 100));
        Quote quote = Quote.Of(requester, Address(1000), [new QuotedRendition(8, "h264", 48, 0, 0, 1_000_000, deliveries)], PriceTable.Default, TimeProvider.System.GetUtcNow());
        string key = job.ToString(CultureInfo.InvariantCulture);
        long first = ((long)job * SettleOrder.DeliveryLimit) + 1;
        await books.EnterAsync("d" + key, new DepositOrder(quote.Bound, "", requester));
        await books.EnterAsync("r" + key, new ReserveOrder(quote));
        await books.EnterAsync(
            "s" + key, new SettleOrder([.. Enumerable.Range(0, deliveries).Select(i => new Delivery(first + i, DeliveryKind.Made, 1_000_000))], "r" + key));
    }

    private static EthereumAddress Address(int number)
    {
        byte[] bytes = new byte[EthereumAddress.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return new(bytes);
    }

    private static double Rate(int count, Stopwatch watch) => count / watch.Elapsed.TotalSeconds;
}
