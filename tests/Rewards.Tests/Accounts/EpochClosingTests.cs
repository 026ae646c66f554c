using System.Text;
using Rewards.Accounts;
using Rewards.Claims;
using Rewards.Log;
using Rewards.Signing;
using Xunit;

namespace Rewards.Tests.Accounts;

public sealed class EpochClosingTests : IAsyncLifetime
{
    private static readonly LogKey Key = LogKey.FromSecret(Keccak256.Of("log"u8).ToArray());

    private static readonly EthereumAddress Other = Books.Address(0xC0);

    private readonly ScratchFolder _folder = new();
    private readonly TestClock _clock = new();
    private AccountBooks _books = null!;
    private TransparencyLog _log = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _books = AccountBooks.Open(_folder.At("accounts.db"), new AccountBooksOptions(), _clock);
        _log = TransparencyLog.Open(Directory.CreateDirectory(_folder.At("log")).FullName, Key, new TransparencyLogOptions { Origin = "log.example" });
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _books.DisposeAsync();
        await _log.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Close_Twice_GivesTheSameRoot()
    {
        await WorkAsync("a", Books.Box, 1, 100);
        await WorkAsync("b", Other, 2, 200);
        await BookLog.CatchUpAsync(_books, _log, Cancelled);
        Checkpoint checkpoint = _log.Checkpoint;

        (EpochRecord Record, ClaimTree Tree)? first = await EpochClosing.CloseAsync(_books, 1, checkpoint, Cancelled);
        await WorkAsync("c", Books.Box, 3, 300);
        await BookLog.CatchUpAsync(_books, _log, Cancelled);
        (EpochRecord Record, ClaimTree Tree)? again = await EpochClosing.CloseAsync(_books, 1, checkpoint, Cancelled);
        (EpochRecord Record, ClaimTree Tree)? next = await EpochClosing.CloseAsync(_books, 2, _log.Checkpoint, Cancelled);

        Assert.Equal(first!.Value.Record, again!.Value.Record);
        Assert.Equal([new(Books.Box, 100), new(Other, 200)], again.Value.Tree.Claims.ToArray());
        Assert.Equal([new(Books.Box, 400), new(Other, 200)], next!.Value.Tree.Claims.ToArray());
        Assert.NotEqual(first.Value.Record.Root, next.Value.Record.Root);
        Assert.Equal(checkpoint.Size, first.Value.Record.LogSize);
    }

    [Fact]
    public async Task Close_OfTheLogAlone_GivesTheRootOfTheBooks()
    {
        await WorkAsync("a", Books.Box, 1, 100);
        await _log.AppendAsync(Encoding.ASCII.GetBytes("something else"), null, Cancelled);
        await BookLog.CatchUpAsync(_books, _log, Cancelled);
        await WorkAsync("b", Other, 2, 200);
        await BookLog.CatchUpAsync(_books, _log, Cancelled);

        for (long size = 0; size <= _log.Size; size++)
        {
            IReadOnlyList<Claim> byLog = EpochClosing.Earnings(Entries(size));
            Assert.Equal(await _books.EarningsByAccountAsync(size, Cancelled), byLog);
            Assert.Equal(
                (await EpochClosing.CloseAsync(_books, 1, _log.Checkpoint with { Size = size }, Cancelled))?.Record,
                EpochClosing.Close(byLog, 1, _log.Checkpoint with { Size = size })?.Record);
        }
    }

    [Fact]
    public async Task CatchUp_AfterACrashBetweenLogAndNote_BringsNothingTwice()
    {
        await WorkAsync("a", Books.Box, 1, 100);
        // The log has the first two, and nobody noted it.
        IReadOnlyList<BookEntry> entries = await _books.ReadAsync(0, 10, Cancelled);
        await _log.AppendAsync("before"u8.ToArray(), null, Cancelled);
        await _log.AppendAsync(BookLog.Text(entries[0]), null, Cancelled);
        await _log.AppendAsync(BookLog.Text(entries[1]), null, Cancelled);

        Assert.Equal(3, await BookLog.CatchUpAsync(_books, _log, Cancelled));
        Assert.Equal(0, await BookLog.CatchUpAsync(_books, _log, Cancelled));

        Assert.Equal(4, _log.Size);
        Assert.Equal((3L, 3L), await _books.LastLoggedAsync(Cancelled));
    }

    /// <summary>An append may be done and said to have failed: brought again, the entry stands in the log twice.</summary>
    [Fact]
    public async Task CatchUp_EntryThatStandsTwice_CountsWhereItStandsFirst()
    {
        await WorkAsync("a", Books.Box, 1, 100);
        foreach (BookEntry entry in await _books.ReadAsync(0, 10, Cancelled))
        {
            await _log.AppendAsync(BookLog.Text(entry), null, Cancelled);
            await _log.AppendAsync(BookLog.Text(entry), null, Cancelled);
        }

        await WorkAsync("b", Books.Box, 2, 50);
        Assert.Equal(6, await BookLog.CatchUpAsync(_books, _log, Cancelled));

        Assert.Equal(9, _log.Size);
        for (long size = 0; size <= _log.Size; size++)
        {
            Assert.Equal(await _books.EarningsByAccountAsync(size, Cancelled), EpochClosing.Earnings(Entries(size)));
        }

        byte[] another = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(_log.ReadEntry(4).Span).Replace("\"100\"", "\"200\"", StringComparison.Ordinal));
        Assert.Contains("two different entries 3 of the books", Assert.Throws<FormatException>(
            () => EpochClosing.Earnings([.. Entries(9), another])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CatchUp_LogOfAnotherDay_IsSaidAndNothingIsWritten()
    {
        await WorkAsync("a", Books.Box, 1, 100);
        await BookLog.CatchUpAsync(_books, _log, Cancelled);
        await using AccountBooks others = AccountBooks.Open(_folder.At("others.db"), new AccountBooksOptions(), _clock);
        Assert.Equal(
            "The log has entry 3 of the books, of which there are 0. One of them was restored from another day. Nothing more is written to the log.",
            (await Assert.ThrowsAsync<ContradictedLogException>(() => BookLog.CatchUpAsync(others, _log, Cancelled))).Message);
        await others.EnterAsync("d", new DepositOrder(7, "", Books.Bob), Cancelled);
        Assert.Contains("Entry 0 of the log is not entry 1 of the books.", (await Assert.ThrowsAsync<ContradictedLogException>(
            () => BookLog.CatchUpAsync(others, _log, Cancelled))).Message, StringComparison.Ordinal);
        Assert.Equal(3, _log.Size);
    }

    [Fact]
    public async Task MarkLogged_OutOfOrder_IsRefused()
    {
        await WorkAsync("a", Books.Box, 1, 100);
        await Assert.ThrowsAsync<ArgumentException>(() => _books.MarkLoggedAsync(2, 5, Cancelled));
        await _books.MarkLoggedAsync(1, 5, Cancelled);
        await _books.MarkLoggedAsync(1, 5, Cancelled);
        await Assert.ThrowsAsync<ArgumentException>(() => _books.MarkLoggedAsync(1, 6, Cancelled));
        await Assert.ThrowsAsync<ArgumentException>(() => _books.MarkLoggedAsync(2, 5, Cancelled));
        await _books.MarkLoggedAsync(2, 9, Cancelled);
        await _books.MarkLoggedAsync(3, 10, Cancelled);
        await Assert.ThrowsAsync<ArgumentException>(() => _books.MarkLoggedAsync(4, 11, Cancelled));
    }

    [Fact]
    public async Task LogText_OfAnEntry_NamesNoRequester()
    {
        await WorkAsync("a", Books.Box, 1, 100);

        foreach (BookEntry entry in await _books.ReadAsync(0, 10, Cancelled))
        {
            string text = Encoding.UTF8.GetString(BookLog.Text(entry));
            Assert.DoesNotContain(Books.Ann.ToString(), text, StringComparison.OrdinalIgnoreCase);
            (long number, IReadOnlyList<Claim> earned, Hash256 hash) = BookLog.Read(BookLog.Text(entry))!.Value;
            Assert.Equal((entry.Sequence, entry.Hash()), (number, hash));
            Assert.Equal(number == 3 ? [new(Books.Box, 100)] : [], earned);
        }
    }

    [Fact]
    public async Task Earnings_OfALogWithAnEntryMissing_AreRefused()
    {
        await WorkAsync("a", Books.Box, 1, 100);
        await BookLog.CatchUpAsync(_books, _log, Cancelled);

        Assert.Contains("entry 3 of the books after entry 1", Assert.Throws<FormatException>(
            () => EpochClosing.Earnings(Entries(3).Where((_, i) => i != 1))).Message, StringComparison.Ordinal);
        Assert.Null(EpochClosing.Close([], 1, _log.Checkpoint));
    }

    private List<ReadOnlyMemory<byte>> Entries(long size) => [.. Enumerable.Range(0, (int)size).Select(i => _log.ReadEntry(i))];

    /// <summary>Paid in, reserved and settled.</summary>
    private async Task WorkAsync(string name, EthereumAddress payee, long work, int pixels)
    {
        foreach ((string key, BookOrder order) in new (string, BookOrder)[]
        {
            ("d" + name, new DepositOrder(pixels, "", Books.Ann)),
            ("r" + name, new ReserveOrder(Books.Quote(Books.Ann, _clock, pixels: pixels, payee: payee))),
            ("s" + name, Books.Settle("r" + name, (work, DeliveryKind.Made, pixels))),
        })
        {
            Assert.Equal(BookOutcome.Done, (await _books.EnterAsync(key, order, Cancelled)).Outcome);
        }
    }
}
