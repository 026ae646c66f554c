using System.Globalization;
using Rewards.Accounts;
using Rewards.CrashWriter;
using Xunit;

namespace Rewards.Tests.Accounts;

/// <summary>A process that enters orders without pause is killed at random instants; the books must hold all they acknowledged, nothing
/// twice, and balance. REWARDS_KILLS says how often.</summary>
public sealed class AccountBooksCrashTests : IDisposable
{
    private static readonly int Kills = KilledWriter.Kills(usual: 15);

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EnterAsync_ProcessKilledAtRandomInstants_LosesAndDoublesNothingAcknowledged()
    {
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        var random = new Random(20);
        Dictionary<string, long> acknowledged = [];
        int repeated = 0;
        int first = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            await KilledWriter.RunAsync(
                ["accounts", _folder.At("accounts.db"), first.ToString(CultureInfo.InvariantCulture)], random, 60,
                line => repeated += Note(line, acknowledged), cancelled);

            // Opening works all of it out anew: sums, balances, reservations and charges.
            await using AccountBooks books = AccountBooks.Open(_folder.At("accounts.db"), new AccountBooksOptions(), BookWriter.Time);
            Dictionary<string, long> kept = [];
            while (await books.ReadAsync(kept.Count, AccountBooks.ReadLimit, cancelled) is { Count: > 0 } entries)
            {
                foreach (BookEntry entry in entries)
                {
                    Assert.True(kept.TryAdd(entry.Key, entry.Sequence));
                }
            }

            Assert.All(acknowledged, pair => Assert.Equal(pair.Value, kept[pair.Key]));
            Assert.Equal(0, (await books.TotalsAsync(cancelled)).Values.Aggregate((Int128)0, (sum, balance) => sum + balance));

            // The next process brings some of the same again.
            first = Math.Max(0, (kept.Keys.Where(key => key.StartsWith("deposit-", StringComparison.Ordinal)).Select(JobOf).DefaultIfEmpty(0).Max()) - 10);
        }

        Assert.True(acknowledged.Count > Kills);
        TestContext.Current.TestOutputHelper!.WriteLine($"{Kills} kills, {acknowledged.Count} orders acknowledged, {repeated} times one was brought again");
    }

    private static int JobOf(string key) => int.Parse(key.Split('-')[1], CultureInfo.InvariantCulture);

    /// <returns>How often what it says was said before: 0 or 1.</returns>
    private static int Note(string line, Dictionary<string, long> acknowledged)
    {
        Assert.DoesNotContain(nameof(BookOutcome.Refused), line, StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(BookOutcome.Contradicted), line, StringComparison.Ordinal);
        // The last line may be cut short; all of it is there once its outcome is.
        if (line.Split(' ') is not [var key, var sequence, nameof(BookOutcome.Done) or nameof(BookOutcome.AlreadyDone)])
        {
            return 0;
        }

        long number = long.Parse(sequence, CultureInfo.InvariantCulture);
        Assert.True(!acknowledged.TryGetValue(key, out long before) || before == number, $"{key} was entry {before}, and then {number}.");
        return acknowledged.TryAdd(key, number) ? 0 : 1;
    }
}
