using Microsoft.Data.Sqlite;
using Rewards.Accounts;
using Rewards.CrashWriter;
using Xunit;

namespace Rewards.Tests.Accounts;

/// <summary>A commit that fails, and one that is done and says that it failed: at every step, and then everything is brought again.</summary>
public sealed class AccountBooksFaultTests : IDisposable
{
    private const int DiskIoError = 10;
    private const int Jobs = 10;

    private readonly ScratchFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Enter_EachCommitFailingOnce_EndsInTheSameBooks(bool afterIsDone)
    {
        string expected = await WriteAsync("sound", null);
        string path = _folder.At("faulty");
        int commits = 0;
        bool failed = false;

        string faulty = await WriteAsync("faulty", transaction =>
        {
            // Every commit is tried twice: the first time it fails.
            failed = !failed;
            if (!failed || afterIsDone)
            {
                transaction.Commit();
                commits++;
            }

            if (failed)
            {
                throw new SqliteException("disk I/O error", DiskIoError);
            }
        });

        Assert.Equal(expected, faulty);
        Assert.True(commits >= Jobs * 3);
        await using AccountBooks opened = AccountBooks.Open(path, new AccountBooksOptions(), BookWriter.Time);
        Assert.Equal(Jobs * 3, (await opened.ReadAsync(0, AccountBooks.ReadLimit, Cancelled)).Count);
    }

    [Fact]
    public async Task Enter_DoneButSaidToHaveFailed_IsAlreadyDoneWhenBroughtAgain()
    {
        bool fail = true;
        await using AccountBooks books = AccountBooks.Open(
            _folder.At("accounts.db"),
            new AccountBooksOptions
            {
                Commit = transaction =>
                {
                    transaction.Commit();
                    if (fail)
                    {
                        throw new SqliteException("disk I/O error", DiskIoError);
                    }
                },
            },
            BookWriter.Time);
        var deposit = new DepositOrder(7, "", Books.Ann);
        Assert.Contains("could not be written", (await Assert.ThrowsAsync<AccountsException>(() => books.EnterAsync("d", deposit, Cancelled))).Message, StringComparison.Ordinal);
        fail = false;

        Assert.Equal(BookOutcome.AlreadyDone, (await books.EnterAsync("d", deposit, Cancelled)).Outcome);
        Assert.Equal(7, (await books.StandingAsync(Books.Ann, Cancelled)).Funds);
    }

    /// <summary>Brings each order until it is answered; the hash of the last entry tells the books.</summary>
    private async Task<string> WriteAsync(string name, Action<SqliteTransaction>? commit)
    {
        var options = new AccountBooksOptions();
        await using AccountBooks books = AccountBooks.Open(_folder.At(name), commit is null ? options : options with { Commit = commit }, BookWriter.Time);
        string head = "";
        foreach ((string key, BookOrder order) in Enumerable.Range(0, Jobs).SelectMany(BookWriter.Orders))
        {
            BookAnswer? answer = null;
            while (answer is null)
            {
                try
                {
                    answer = await books.EnterAsync(key, order, Cancelled);
                }
                catch (AccountsException)
                {
                    // Brought again with the same key.
                }
            }

            head = answer.Entry!.Hash().ToString();
        }

        return head;
    }
}
