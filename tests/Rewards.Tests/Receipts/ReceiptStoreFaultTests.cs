using Microsoft.Data.Sqlite;
using Rewards.CrashWriter;
using Rewards.Metering;
using Rewards.Receipts;
using Rewards.Tests.Accounts;
using Xunit;

namespace Rewards.Tests.Receipts;

/// <summary>A commit that fails, and one that is done and says that it failed: at every step, and then everything is brought again.</summary>
public sealed class ReceiptStoreFaultTests : IDisposable
{
    private const int DiskIoError = 10;
    private const int Count = 10;
    private const int Records = 50;

    private readonly ScratchFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_EachCommitFailingOnce_EndsInTheSameReceipts(bool afterIsDone)
    {
        List<SignedReceipt> issued = Sample.Issued(Count);
        List<SignedReceipt> expected = [.. issued.Select(receipt => receipt.Countersign(Sample.Requester))];
        int failures = 0;
        await using (ReceiptStore store = Open(FailingEveryOther(afterIsDone, () => failures++)))
        {
            foreach (SignedReceipt receipt in issued)
            {
                long seq = (long)receipt.Receipt.Seq;
                ReceiptOutcome kept = await UntilAnsweredAsync(() => store.AppendAsync(receipt, Cancelled));
                CountersignOutcome countersigned = await UntilAnsweredAsync(() => store.CountersignAsync(seq, Sample.Requester.Sign(receipt.Digest()), Cancelled));
                await UntilAnsweredAsync(async () =>
                {
                    await store.MarkLoggedAsync(seq, seq * 2, Cancelled);
                    return true;
                });

                // Done and said to have failed is found to be done when it is brought again.
                Assert.Equal(afterIsDone ? ReceiptOutcome.AlreadyDone : ReceiptOutcome.Done, kept);
                Assert.Equal(afterIsDone ? CountersignOutcome.AlreadyDone : CountersignOutcome.Done, countersigned);
            }
        }

        Assert.Equal(Count * 3, failures);
        await using ReceiptStore opened = Open(new ReceiptStoreOptions());
        Assert.Equal(expected, await opened.ReadAsync(0, 1000, Cancelled));
        Assert.Equal((Count, Count * 2), await opened.LastLoggedAsync(Cancelled));
        Assert.Equal(0, await opened.OutstandingAsync(Sample.Requester.Address, Cancelled));
    }

    [Fact]
    public async Task AppendAsync_CommitThatFails_SaysToBringItAgain()
    {
        await using ReceiptStore store = Open(FailingEveryOther(afterIsDone: false, () => { }));

        Assert.Contains(
            "The store of receipts could not be written",
            (await Assert.ThrowsAsync<ReceiptException>(() => store.AppendAsync(Sample.Issued(1)[0], Cancelled))).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Commits of a few receipts each, of which some fail in the midst of a batch.</summary>
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 7)]
    [InlineData(true, 7)]
    public async Task CatchUp_CommitsFailing_EndsInTheSameReceipts(bool afterIsDone, int together)
    {
        await using WorkLedger ledger = WorkLedger.Open(_folder.Ledger, new WorkLedgerOptions(), TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, Records).Select(i => ledger.RecordAsync(Segment.Of(i), Cancelled)));
        int failures = 0;
        var random = new Random(together);
        await using (ReceiptStore store = Open(Failing(() => random.Next(2) == 0, afterIsDone, () => failures++) with { BatchLimit = together }))
        {
            await UntilAnsweredAsync(() => ReceiptIssuing.CatchUpAsync(ledger, store, Sample.Device, Sample.Domain, WhoAsked, Cancelled));
        }

        Assert.True(failures > 0);
        await using ReceiptStore opened = Open(new ReceiptStoreOptions());
        Assert.Equal(0, await ReceiptIssuing.CatchUpAsync(ledger, opened, Sample.Device, Sample.Domain, WhoAsked, Cancelled));
        IReadOnlyList<SignedReceipt> receipts = await opened.ReadAsync(0, 1000, Cancelled);
        Assert.Equal(Records, receipts.Count);
        Assert.All(receipts.Zip(await ledger.ReadAsync(0, 1000, Cancelled)), pair => Assert.Equal(
            WorkReceipt.Of(pair.Second, Sample.Device.Address, Sample.Requester.Address, default, pair.First.Receipt.Previous), pair.First.Receipt));
    }

    private static (Rewards.Signing.EthereumAddress, Rewards.Signing.Hash256)? WhoAsked(WorkRecord record) => (Sample.Requester.Address, default);

    /// <summary>Every commit is tried twice: the first time it fails.</summary>
    private static ReceiptStoreOptions FailingEveryOther(bool afterIsDone, Action failed)
    {
        bool fails = false;
        return Failing(() => fails = !fails, afterIsDone, failed);
    }

    private static ReceiptStoreOptions Failing(Func<bool> mustFail, bool afterIsDone, Action failed) => new()
    {
        Commit = transaction =>
        {
            bool fails = mustFail();
            if (!fails || afterIsDone)
            {
                transaction.Commit();
            }

            if (fails)
            {
                failed();
                throw new SqliteException("disk I/O error", DiskIoError);
            }
        },
    };

    private static async Task<T> UntilAnsweredAsync<T>(Func<Task<T>> bring)
    {
        while (true)
        {
            try
            {
                return await bring();
            }
            catch (ReceiptException)
            {
                // Brought again.
            }
        }
    }

    private ReceiptStore Open(ReceiptStoreOptions options) => ReceiptStore.Open(_folder.At("receipts.db"), options, new TestClock());
}
