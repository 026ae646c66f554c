using Rewards.Accounts;
using Rewards.Audit;
using Rewards.Claims;
using Rewards.Log;
using Rewards.Receipts;
using Rewards.Signing;
using Rewards.Tests.Accounts;
using Rewards.Tests.Receipts;
using Xunit;

namespace Rewards.Tests.Audit;

public sealed class AuditExportingTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    /// <summary>The whole way: paid in, reserved, made, receipted, logged, settled, closed, given out and audited.</summary>
    [Fact]
    public async Task Make_OfALiveBox_HoldsUnderTheAudit()
    {
        var clock = new TestClock();
        await using AccountBooks books = AccountBooks.Open(_folder.At("accounts.db"), new AccountBooksOptions(), clock);
        await using TransparencyLog log = TransparencyLog.Open(
            Directory.CreateDirectory(_folder.At("log")).FullName, SoundExport.Key, new TransparencyLogOptions { Origin = SoundExport.Verifier.Name });
        EthereumAddress requester = Sample.Requester.Address;
        await EnterAsync(books, "d", new DepositOrder(10_000, "", requester));
        await using ReceiptStore receipts = ReceiptStore.Open(_folder.At("receipts.db"), new ReceiptStoreOptions(), clock);
        Hash256 previous = Hash256.Zero;
        (EpochRecord Record, ClaimTree Tree)? closing = null;
        for (int job = 1; job <= 3; job++)
        {
            await EnterAsync(books, "r" + job, new ReserveOrder(Books.Quote(requester, clock)));
            SignedReceipt signed = SignedReceipt.Sign(
                Sample.Receipt((ulong)job, previous) with { Pixels = 900 }, Sample.Domain, Sample.Device);
            previous = signed.Digest();
            await receipts.AppendAsync(signed, Cancelled);
            await receipts.CountersignAsync(job, Sample.Requester.Sign(previous), Cancelled);
            await log.AppendAsync(SoundExport.Entry(signed), null, Cancelled);
            await EnterAsync(books, "s" + job, Books.Settle("r" + job, (job, DeliveryKind.Made, 900)));
            await BookLog.CatchUpAsync(books, log, Cancelled);
            closing = job == 2 ? await EpochClosing.CloseAsync(books, 1, log.Checkpoint, Cancelled) : closing;
        }

        // What the log does not have yet is not given out.
        await EnterAsync(books, "late", new WithdrawOrder(1, "", requester));
        await receipts.AppendAsync(Sample.Signed(4, previous) with { RequesterSignature = null }, Cancelled);
        var identity = new KeyIdentity(
            KeyIdentity.CurrentFormat, Sample.Device.Address.ToString().ToLowerInvariant(), "0x" + Convert.ToHexStringLower(SoundExport.Key.PublicKey), []);

        (EpochRecord record, ClaimTree tree) = closing!.Value;
        AuditExport export = await AuditExporting.MakeAsync(identity, log, books, receipts, tree, record, Cancelled);

        Assert.Null(RewardsAudit.Fault(export, log.VerifierKey, Cancelled));
        Assert.Equal((7, 3, 10), (export.Books.Count, export.Receipts.Count, export.Entries.Count));
        Assert.Equal([new(Books.Box, 1800)], tree.Claims.ToArray());
    }

    private static async Task EnterAsync(AccountBooks books, string key, BookOrder order) =>
        Assert.Equal(BookOutcome.Done, (await books.EnterAsync(key, order, Cancelled)).Outcome);
}
