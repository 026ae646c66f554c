using System.Globalization;
using System.Text;
using Rewards.Accounts;
using Rewards.Signing;

namespace Rewards.CrashWriter;

/// <summary>Enters job after job into books, several at once, until it is killed.</summary>
public static class BookWriter
{
    public static EthereumAddress Box { get; } = Address(0xB0);

    /// <summary>A clock that stands, so that a job brought again is the same to the byte.</summary>
    public static TimeProvider Time { get; } = new StandingClock();

    public static EthereumAddress Requester(int job) => Address((byte)(1 + (job % 3)));

    /// <summary>What job number <paramref name="job"/> does, in order, each with its key.</summary>
    public static IReadOnlyList<(string Key, BookOrder Order)> Orders(int job)
    {
        string n = job.ToString(CultureInfo.InvariantCulture);
        QuotedRendition rendition = new(8, "h264", 48, 100_000, 120_000, 1_000_000 + job, 4);
        Quote quote = Quote.Of(Requester(job), Box, [rendition], PriceTable.Default, Time.GetUtcNow());
        BookOrder end = job % 5 == 4
            ? new ReleaseOrder("cancelled", "reserve-" + n)
            : new SettleOrder([.. Enumerable.Range(0, 4).Select(i => new Delivery((job * 4) + i + 1, DeliveryKind.Made, 1_015_000 + job))], "reserve-" + n);
        return
        [
            ("deposit-" + n, new DepositOrder(quote.Bound, "0x" + n, Requester(job))),
            ("reserve-" + n, new ReserveOrder(quote)),
            ("end-" + n, end),
        ];
    }

    /// <summary>After each acknowledgement, and never before, its key, number and outcome are a line on the output.</summary>
    public static async Task RunAsync(string path, int first, Stream output)
    {
        await using AccountBooks books = AccountBooks.Open(path, new AccountBooksOptions(), Time);
        int next = first - 1;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                foreach ((string key, BookOrder order) in Orders(Interlocked.Increment(ref next)))
                {
                    BookAnswer answer = await books.EnterAsync(key, order);
                    lock (output)
                    {
                        output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{key} {answer.Entry?.Sequence ?? 0} {answer.Outcome}\n")));
                    }
                }
            }
        })));
    }

    private static EthereumAddress Address(byte digit) => new(Enumerable.Repeat(digit, EthereumAddress.Length).ToArray());

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    }
}
