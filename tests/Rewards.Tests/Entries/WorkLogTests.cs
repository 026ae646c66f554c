using System.Text;
using Rewards.Accounts;
using Rewards.CrashWriter;
using Rewards.Entries;
using Rewards.Log;
using Rewards.Metering;
using Rewards.Receipts;
using Rewards.Signing;
using Rewards.Tests.Accounts;
using Rewards.Tests.Receipts;
using Xunit;

namespace Rewards.Tests.Entries;

public sealed class WorkLogTests : IAsyncLifetime
{
    private readonly ScratchFolder _folder = new();
    private WorkLedger _ledger = null!;
    private ReceiptStore _receipts = null!;
    private TransparencyLog _log = null!;
    private EntrySalts _salts = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _ledger = OpenLedger("work.db");
        _receipts = OpenReceipts("receipts.db");
        _log = OpenLog("log");
        _salts = EntrySalts.Open(_folder.Path, saltedBefore: false);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await _receipts.DisposeAsync();
        await _ledger.DisposeAsync();
        _salts.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task CatchUp_WithTheBooksBetween_NotesWhereEachStands()
    {
        await using AccountBooks books = AccountBooks.Open(_folder.At("accounts.db"), new AccountBooksOptions(), new TestClock());
        await books.EnterAsync("a", new DepositOrder(1, "", Books.Ann), Cancelled);
        Assert.Equal(1, await BookLog.CatchUpAsync(books, _log, Cancelled));
        await WorkAsync(2);
        Assert.Equal(2, await CatchUpAsync());
        await books.EnterAsync("b", new DepositOrder(1, "", Books.Ann), Cancelled);
        Assert.Equal(1, await BookLog.CatchUpAsync(books, _log, Cancelled));
        await WorkAsync(1);
        Assert.Equal(1, await CatchUpAsync());
        Assert.Equal(0, await CatchUpAsync());

        Assert.Equal((3L, 4L), await _receipts.LastLoggedAsync(Cancelled));
        Assert.Equal((1L, 2L), (await _receipts.IndexOfAsync(1, Cancelled), await _receipts.IndexOfAsync(2, Cancelled)));
        IReadOnlyList<WorkRecord> records = await _ledger.ReadAsync(0, 10, Cancelled);
        IReadOnlyList<SignedReceipt> receipts = await _receipts.ReadAsync(0, 10, Cancelled);
        Assert.Equal(WorkEntry.Of(records[2], _salts.Of(3), receipts[2].Digest()), _log.ReadEntry(4).ToArray());
        Assert.Equal(
            records.Zip(receipts, (record, receipt) => new LoggedWork(record.Sequence, record.WeightedPixels, receipt.Digest())), WorkEntry.InOrder(Entries()));
    }

    /// <summary>More than is made durable together, in the records' order.</summary>
    [Fact]
    public async Task CatchUp_ManyRecords_StandInTheirOrder()
    {
        await WorkAsync(600);

        Assert.Equal(600, await CatchUpAsync());

        Assert.Equal(600, _log.Size);
        Assert.Equal(Enumerable.Range(1, 600).Select(n => (long)n), Entries().Select(entry => WorkEntry.Read(entry)!.Sequence));
        Assert.Equal((600L, 599L), await _receipts.LastLoggedAsync(Cancelled));
    }

    [Fact]
    public async Task CatchUp_AfterACrashBetweenLogAndNote_BringsNothingTwice()
    {
        await WorkAsync(4);
        IReadOnlyList<byte[]> texts = await TextsAsync(_ledger, _receipts, _salts);
        await _log.AppendAsync("before"u8.ToArray(), null, Cancelled);
        await _log.AppendAsync(texts[0], null, Cancelled);
        await _receipts.MarkLoggedAsync(1, 1, Cancelled);
        await _log.AppendAsync("between"u8.ToArray(), null, Cancelled);
        await _log.AppendAsync(texts[1], null, Cancelled);
        await _log.AppendAsync(texts[2], null, Cancelled);

        Assert.Equal(3, await CatchUpAsync());

        Assert.Equal(6, _log.Size);
        Assert.Equal((4L, 5L), await _receipts.LastLoggedAsync(Cancelled));
        Assert.Equal(3L, await _receipts.IndexOfAsync(2, Cancelled));
    }

    [Fact]
    public async Task CatchUp_EntryThatStandsTwice_CountsWhereItStandsFirst()
    {
        await WorkAsync(2);
        foreach (byte[] text in await TextsAsync(_ledger, _receipts, _salts))
        {
            await _log.AppendAsync(text, null, Cancelled);
            await _log.AppendAsync(text, null, Cancelled);
        }

        await _receipts.MarkLoggedAsync(1, 0, Cancelled);
        await WorkAsync(1);
        Assert.Equal(2, await CatchUpAsync());

        Assert.Equal(2L, await _receipts.IndexOfAsync(2, Cancelled));
        Assert.Equal((3L, 4L), await _receipts.LastLoggedAsync(Cancelled));
        Assert.Equal([1L, 2L, 3L], WorkEntry.InOrder(Entries()).Select(work => work.Sequence));
    }

    [Fact]
    public async Task CatchUp_LogOlderThanTheReceipts_IsSaid()
    {
        await WorkAsync(3);
        await CatchUpAsync();
        await using TransparencyLog older = OpenLog("older");
        await older.AppendAsync(_log.ReadEntry(0), null, Cancelled);

        await RequireContradictionAsync("Entry 3 of the ledger was at 2 in the log, which has 1 entries.", older, _ledger, _receipts, _salts);
    }

    [Fact]
    public async Task CatchUp_ReceiptsOlderThanTheLog_IsSaid()
    {
        await WorkAsync(3);
        await CatchUpAsync();
        await using ReceiptStore older = OpenReceipts("older.db");
        await RequireContradictionAsync("The log has entry 3 of the ledger, of which there are 0.", _log, _ledger, older, _salts);
        await older.AppendAsync((await _receipts.FindAsync(1, Cancelled))!, Cancelled);
        await RequireContradictionAsync("The log has entry 3 of the ledger, of which there are 1.", _log, _ledger, older, _salts);
    }

    [Fact]
    public async Task CatchUp_AnotherLedger_IsSaid()
    {
        await WorkAsync(3);
        await CatchUpAsync();
        await using WorkLedger ledger = OpenLedger("other.db");
        await using ReceiptStore receipts = OpenReceipts("others.db");
        for (int i = 0; i < 5; i++)
        {
            await ledger.RecordAsync(Segment.Of(100 + i), Cancelled);
        }

        await IssueAsync(ledger, receipts);

        await RequireContradictionAsync("Entry 0 of the log is not entry 1 of the ledger.", _log, ledger, receipts, _salts);
    }

    /// <summary>The last that was noted is looked at too, and so are entries that are there once more.</summary>
    [Fact]
    public async Task CatchUp_AnotherEntryOfANotedNumber_IsSaid()
    {
        await WorkAsync(2);
        await CatchUpAsync();
        await using TransparencyLog other = OpenLog("other");
        await other.AppendAsync(_log.ReadEntry(0), null, Cancelled);
        await other.AppendAsync(Altered(_log.ReadEntry(1)), null, Cancelled);
        await RequireContradictionAsync("Entry 1 of the log is not entry 2 of the ledger.", other, _ledger, _receipts, _salts);

        await _log.AppendAsync(_log.ReadEntry(0), null, Cancelled);
        Assert.Equal(0, await CatchUpAsync());
        await _log.AppendAsync(Altered(_log.ReadEntry(0)), null, Cancelled);
        await RequireContradictionAsync("Entry 3 of the log is not entry 1 of the ledger.", _log, _ledger, _receipts, _salts);
    }

    [Fact]
    public async Task CatchUp_LogWithAHoleTwoOfANumberOrNoEntryOfOurs_IsSaid()
    {
        await WorkAsync(3);
        IReadOnlyList<byte[]> texts = await TextsAsync(_ledger, _receipts, _salts);
        await using (TransparencyLog hole = OpenLog("hole"))
        {
            await hole.AppendAsync(texts[1], null, Cancelled);
            await RequireContradictionAsync("The log has entry 2 of the ledger, and not entry 1.", hole, _ledger, _receipts, _salts);
        }

        await using (TransparencyLog two = OpenLog("two"))
        {
            await two.AppendAsync(texts[0], null, Cancelled);
            await two.AppendAsync(Altered(texts[0]), null, Cancelled);
            await RequireContradictionAsync("The log has two different entries 1 of the ledger.", two, _ledger, _receipts, _salts);
        }

        await _log.AppendAsync("{\"commitment\":1}"u8.ToArray(), null, Cancelled);
        await RequireContradictionAsync("Entry 0 of the log cannot be read: This is no log's entry of work", _log, _ledger, _receipts, _salts);
    }

    [Fact]
    public async Task CatchUp_OtherSalts_IsSaid()
    {
        await WorkAsync(1);
        await CatchUpAsync();
        using EntrySalts others = EntrySalts.Open(Directory.CreateDirectory(_folder.At("others")).FullName, saltedBefore: false);

        await RequireContradictionAsync("Entry 0 of the log is not entry 1 of the ledger.", _log, _ledger, _receipts, others);
    }

    [Fact]
    public async Task CatchUp_LedgerShorterThanTheReceipts_IsSaid()
    {
        await WorkAsync(2);
        await using WorkLedger shorter = OpenLedger("shorter.db");

        Assert.Contains("There is a receipt 2, and the ledger has no such record", (await Assert.ThrowsAsync<ReceiptException>(
            () => WorkLog.CatchUpAsync(shorter, _receipts, _log, _salts, Cancelled))).Message, StringComparison.Ordinal);
        Assert.Equal(0, _log.Size);
    }

    private static byte[] Altered(ReadOnlyMemory<byte> entry) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(entry.Span).Replace("59236800", "59236801", StringComparison.Ordinal));

    private static async Task RequireContradictionAsync(string fault, TransparencyLog log, WorkLedger ledger, ReceiptStore receipts, EntrySalts salts)
    {
        long size = log.Size;
        string message = (await Assert.ThrowsAsync<ContradictedLogException>(() => WorkLog.CatchUpAsync(ledger, receipts, log, salts, Cancelled))).Message;
        Assert.StartsWith(fault, message, StringComparison.Ordinal);
        Assert.EndsWith(" One of them was restored from another day. Nothing more is written to the log.", message, StringComparison.Ordinal);
        Assert.Equal(size, log.Size);
    }

    private static async Task<IReadOnlyList<byte[]>> TextsAsync(WorkLedger ledger, ReceiptStore receipts, EntrySalts salts) =>
    [
        .. (await ledger.ReadAsync(0, 1000, Cancelled)).Zip(
            await receipts.ReadAsync(0, 1000, Cancelled), (record, receipt) => WorkEntry.Of(record, salts.Of(record.Sequence), receipt.Digest())),
    ];

    private static Task<int> IssueAsync(WorkLedger ledger, ReceiptStore receipts) => ReceiptIssuing.CatchUpAsync(
        ledger, receipts, Sample.Device, Sample.Domain, record => record.Work.Index % 2 == 0 ? (Sample.Requester.Address, Hash256.Zero) : null, Cancelled);

    private List<ReadOnlyMemory<byte>> Entries() => [.. Enumerable.Range(0, (int)_log.Size).Select(i => _log.ReadEntry(i))];

    private WorkLedger OpenLedger(string name) => WorkLedger.Open(_folder.At(name), new WorkLedgerOptions(), TimeProvider.System);

    private ReceiptStore OpenReceipts(string name) => ReceiptStore.Open(_folder.At(name), new ReceiptStoreOptions(), new TestClock());

    private TransparencyLog OpenLog(string name) =>
        TransparencyLog.Open(Directory.CreateDirectory(_folder.At(name)).FullName, LogWriter.Key, LogWriter.Options);

    private Task<int> CatchUpAsync() => WorkLog.CatchUpAsync(_ledger, _receipts, _log, _salts, Cancelled);

    /// <summary>Recorded, and receipts made.</summary>
    private async Task WorkAsync(int count)
    {
        int first = (int)((await _receipts.LastAsync(Cancelled))?.Receipt.Seq ?? 0);
        await Task.WhenAll(Enumerable.Range(first, count).Select(i => _ledger.RecordAsync(Segment.Of(i), Cancelled)));
        Assert.Equal(count, await IssueAsync(_ledger, _receipts));
    }
}
