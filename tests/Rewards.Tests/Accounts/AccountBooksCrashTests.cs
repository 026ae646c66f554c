using System.Diagnostics;
using System.Globalization;
using Rewards.Accounts;
using Rewards.CrashWriter;
using Xunit;

namespace Rewards.Tests.Accounts;

/// <summary>A process that enters orders without pause is killed at random instants; the books must hold all they acknowledged, nothing
/// twice, and balance. REWARDS_KILLS says how often.</summary>
public sealed class AccountBooksCrashTests : IDisposable
{
    private static readonly int Kills =
        int.Parse(Environment.GetEnvironmentVariable("REWARDS_KILLS") ?? "15", CultureInfo.InvariantCulture);

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
            repeated += await WriteUntilKilledAsync(first, random.Next(0, 60), random.Next(0, 3000), acknowledged, cancelled);

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

    private async Task<int> WriteUntilKilledAsync(
        int first, int lines, int spins, Dictionary<string, long> acknowledged, CancellationToken cancelled)
    {
        int repeated = 0;
        using Process writer = Process.Start(new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "Rewards.CrashWriter"),
            ["accounts", _folder.At("accounts.db"), first.ToString(CultureInfo.InvariantCulture)])
        { RedirectStandardOutput = true })!;
        for (int i = 0; i < lines && await writer.StandardOutput.ReadLineAsync(cancelled) is { } line; i++)
        {
            Note(line);
        }

        Thread.SpinWait(spins);
        writer.Kill();
        while (await writer.StandardOutput.ReadLineAsync(cancelled) is { } line)
        {
            Note(line);
        }

        await writer.WaitForExitAsync(cancelled);
        Assert.Equal(128 + 9, writer.ExitCode);
        return repeated;

        void Note(string line)
        {
            Assert.DoesNotContain(nameof(BookOutcome.Refused), line, StringComparison.Ordinal);
            Assert.DoesNotContain(nameof(BookOutcome.Contradicted), line, StringComparison.Ordinal);
            // The last line may be cut short; all of it is there once its outcome is.
            if (line.Split(' ') is [var key, var sequence, nameof(BookOutcome.Done) or nameof(BookOutcome.AlreadyDone)])
            {
                long number = long.Parse(sequence, CultureInfo.InvariantCulture);
                Assert.True(!acknowledged.TryGetValue(key, out long before) || before == number, $"{key} was entry {before}, and then {number}.");
                repeated += acknowledged.TryAdd(key, number) ? 0 : 1;
            }
        }
    }
}
