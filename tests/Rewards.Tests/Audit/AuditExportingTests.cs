using System.Text;
using Rewards.Accounts;
using Rewards.Audit;
using Rewards.Claims;
using Rewards.CrashWriter;
using Rewards.Entries;
using Rewards.Log;
using Rewards.Metering;
using Rewards.Receipts;
using Rewards.Signing;
using Rewards.Tests.Accounts;
using Rewards.Tests.Receipts;
using Xunit;

namespace Rewards.Tests.Audit;

/// <summary>A whole box: paid in, reserved, made, receipted, countersigned, logged, settled, closed, given out and audited.</summary>
public sealed class AuditExportingTests : IAsyncLifetime
{
    private const int Jobs = 3;

    private static readonly EthereumAddress Requester = Sample.Requester.Address;

    private static readonly long Pixels = WeightTable.Current.WeightedPixels(Segment.Of(0));

    private readonly ScratchFolder _folder = new();
    private readonly TestClock _clock = new();
    private WorkLedger _ledger = null!;
    private ReceiptStore _receipts = null!;
    private AccountBooks _books = null!;
    private TransparencyLog _log = null!;
    private EntrySalts _salts = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _ledger = WorkLedger.Open(_folder.Ledger, new WorkLedgerOptions(), _clock);
        _receipts = ReceiptStore.Open(_folder.At("receipts.db"), new ReceiptStoreOptions(), _clock);
        _books = AccountBooks.Open(_folder.At("accounts.db"), new AccountBooksOptions(), _clock);
        _log = TransparencyLog.Open(
            Directory.CreateDirectory(_folder.At("log")).FullName, SoundExport.Key, new TransparencyLogOptions { Origin = SoundExport.Verifier.Name });
        _salts = EntrySalts.Open(_folder.Path, saltedBefore: false);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await _books.DisposeAsync();
        await _receipts.DisposeAsync();
        await _ledger.DisposeAsync();
        _salts.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Make_OfALiveBox_HoldsUnderTheAudit()
    {
        (EpochRecord epoch, ClaimTree tree) = await LiveAsync();

        // What the log does not have yet is not given out.
        await EnterAsync("late", new WithdrawOrder(1, "", Requester));
        await _ledger.RecordAsync(Segment.Of(100), Cancelled);
        await IssueAsync();
        AuditExport export = await MakeAsync(epoch, tree);

        Assert.Null(RewardsAudit.Fault(export, _log.VerifierKey, Cancelled));
        Assert.Equal((7, 6, 13), (export.Books.Count, export.Receipts.Count, export.Entries.Count));
        Assert.Equal([new(Books.Box, (UInt128)(2 * (Pixels + (Int128)Books.Prices.Of(DeliveryKind.FromCache, Pixels))))], tree.Claims.ToArray());
        Assert.Equal(
            [false, true, false, true, false, true], export.Receipts.Select(receipt => ReceiptJson.Read(receipt).RequesterSignature is null));
    }

    /// <summary>Each link from the ledger to the payment broken once, by the box itself: with its keys, it can sign any log.</summary>
    [Fact]
    public async Task Make_OfALiveBoxThatBreaksALink_IsNamed()
    {
        (EpochRecord epoch, ClaimTree tree) = await LiveAsync();
        AuditExport sound = await MakeAsync(epoch, tree);
        int third = (int)(await _receipts.IndexOfAsync(3, Cancelled))!.Value;
        ReadOnlyMemory<byte> smaller = Replaced(sound.Entries[third], Pixels.ToString(), (Pixels - 1).ToString());
        SignedReceipt last = ReceiptJson.Read(sound.Receipts[4]);
        ReadOnlyMemory<byte> unsigned = ReceiptJson.Write(last with { RequesterSignature = null });
        SignedReceipt other = SignedReceipt.Sign(last.Receipt with { OutputsRoot = Hash256.Zero }, last.Domain, Sample.Device).Countersign(Sample.Requester);

        RequireFault("The log has entry 4 of the ledger after entry 2", Logged(sound, [.. sound.Entries.Where((_, i) => i != third)]));
        RequireFault("The log has two different entries 3 of the ledger", Logged(sound, [.. sound.Entries, smaller]));
        RequireFault("Receipt 3 is not the one that the log has in its place", Logged(sound, Set(sound.Entries, third, smaller)));
        RequireFault("Receipt 5 is not the one that the log has in its place", sound with { Receipts = Set(sound.Receipts, 4, ReceiptJson.Write(other)) });
        RequireFault("Receipt 6 is in the log, and is not shown", sound with { Receipts = [.. sound.Receipts.SkipLast(1)] });
        RequireFault("Receipt 5 is missing", sound with { Receipts = [.. sound.Receipts.Take(4), sound.Receipts[5]] });
        RequireFault("is paid for work 5, whose receipt its requester did not countersign", sound with { Receipts = Set(sound.Receipts, 4, unsigned) });
        RequireFault("Entry 7 of the books is in the log, and is not shown", sound with { Books = [.. sound.Books.SkipLast(1)] });
        Assert.Null(RewardsAudit.Fault(Logged(sound, [.. sound.Entries, sound.Entries[third]]), _log.VerifierKey, Cancelled));
    }

    /// <summary>Work that was made for nobody may be paid for by whoever got it first; work that was made for somebody by nobody else.</summary>
    [Fact]
    public async Task Make_OfWorkPaidForByAnother_IsNamed()
    {
        await LiveAsync();
        await EnterAsync("ann", new DepositOrder(10 * Pixels, "", Books.Ann));
        await EnterAsync("other", new ReserveOrder(Books.Quote(Books.Ann, _clock, segments: 1, pixels: (int)Pixels)));
        await _ledger.RecordAsync(Segment.Of(200), Cancelled);
        await IssueAsync();
        await WorkLog.CatchUpAsync(_ledger, _receipts, _log, _salts, Cancelled);
        await EnterAsync("settled", Books.Settle("other", (7, DeliveryKind.Made, Pixels)));
        await BookLog.CatchUpAsync(_books, _log, Cancelled);
        (EpochRecord epoch, ClaimTree tree) = (await EpochClosing.CloseAsync(_books, 2, _log.Checkpoint, Cancelled))!.Value;

        RequireFault($"is paid by {Books.Ann} for making work 7, which {Requester} had asked for", await MakeAsync(epoch, tree));
    }

    [Fact]
    public async Task Make_OfAStoreOlderThanTheLog_IsSaid()
    {
        (EpochRecord epoch, ClaimTree tree) = await LiveAsync();
        await using ReceiptStore older = ReceiptStore.Open(_folder.At("older.db"), new ReceiptStoreOptions(), _clock);
        await older.AppendAsync((await _receipts.FindAsync(1, Cancelled))! with { RequesterSignature = null }, Cancelled);

        Assert.Equal("The log has work of 6 receipts, and there are 1: they are older than the log.", (await Assert.ThrowsAsync<ReceiptException>(
            () => AuditExporting.MakeAsync(Identity(), _log, _books, older, tree, epoch, Cancelled))).Message);
    }

    private static KeyIdentity Identity() => new(
        KeyIdentity.CurrentFormat, Sample.Device.Address.ToString().ToLowerInvariant(), "0x" + Convert.ToHexStringLower(SoundExport.Key.PublicKey), []);

    /// <summary>The same box with another log that it signed, closed over the whole of it.</summary>
    private static AuditExport Logged(AuditExport export, IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        (EpochRecord epoch, ClaimTree tree) = EpochClosing.Close(
            EpochClosing.Earnings(entries), 1, new Checkpoint(SoundExport.Verifier.Name, entries.Count, SoundExport.Root(entries)))!.Value;
        using var claims = new MemoryStream();
        ClaimTreeJson.Write(tree, claims);
        return export with { Entries = entries, Checkpoint = SoundExport.Note(entries), Epoch = epoch.ToJson(), Claims = claims.ToArray() };
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> Set(IReadOnlyList<ReadOnlyMemory<byte>> parts, int at, ReadOnlyMemory<byte> part) =>
        [.. parts.Select((before, i) => i == at ? part : before)];

    private static byte[] Replaced(ReadOnlyMemory<byte> bytes, string from, string to)
    {
        string before = Encoding.UTF8.GetString(bytes.Span);
        string after = before.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(before, after);
        return Encoding.UTF8.GetBytes(after);
    }

    private void RequireFault(string fault, AuditExport broken) =>
        Assert.Contains(fault, RewardsAudit.Fault(broken, _log.VerifierKey, Cancelled), StringComparison.Ordinal);

    private Task<AuditExport> MakeAsync(EpochRecord epoch, ClaimTree tree) =>
        AuditExporting.MakeAsync(Identity(), _log, _books, _receipts, tree, epoch, Cancelled);

    /// <summary>Three jobs of two segments, of which the second was made ahead; the epoch closes after two.</summary>
    private async Task<(EpochRecord Record, ClaimTree Tree)> LiveAsync()
    {
        await EnterAsync("d", new DepositOrder(10 * Pixels, "", Requester));
        (EpochRecord Record, ClaimTree Tree)? closing = null;
        for (int job = 1; job <= Jobs; job++)
        {
            await EnterAsync("r" + job, new ReserveOrder(Books.Quote(Requester, _clock, segments: 2, pixels: (int)Pixels)));
            long first = (await _ledger.RecordAsync(Segment.Of(job * 2), Cancelled)).Record.Sequence;
            long ahead = (await _ledger.RecordAsync(Segment.Of((job * 2) + 1), Cancelled)).Record.Sequence;
            Assert.Equal(2, await IssueAsync());
            await _receipts.CountersignAsync(first, Sample.Requester.Sign((await _receipts.FindAsync(first, Cancelled))!.Digest()), Cancelled);
            Assert.Equal(2, await WorkLog.CatchUpAsync(_ledger, _receipts, _log, _salts, Cancelled));
            await EnterAsync("s" + job, Books.Settle("r" + job, (first, DeliveryKind.Made, Pixels), (ahead, DeliveryKind.FromCache, Pixels)));
            await BookLog.CatchUpAsync(_books, _log, Cancelled);
            closing = job == 2 ? await EpochClosing.CloseAsync(_books, 1, _log.Checkpoint, Cancelled) : closing;
        }

        return closing!.Value;
    }

    private Task<int> IssueAsync() => ReceiptIssuing.CatchUpAsync(
        _ledger, _receipts, Sample.Device, Sample.Domain, record => record.Work.Index % 2 == 0 ? (Requester, Keccak256.Of("job"u8)) : null, Cancelled);

    private async Task EnterAsync(string key, BookOrder order) =>
        Assert.Equal(BookOutcome.Done, (await _books.EnterAsync(key, order, Cancelled)).Outcome);
}
