using Rewards.CrashWriter;
using Rewards.Metering;
using Rewards.Receipts;
using Rewards.Signing;
using Rewards.Tests.Accounts;
using Xunit;

namespace Rewards.Tests.Receipts;

public sealed class ReceiptIssuingTests : IAsyncLifetime
{
    private static readonly Hash256 Job = Keccak256.Of("job"u8);

    private readonly ScratchFolder _folder = new();
    private WorkLedger _ledger = null!;
    private ReceiptStore _store = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _ledger = OpenLedger("work.db");
        _store = ReceiptStore.Open(_folder.At("receipts.db"), new ReceiptStoreOptions(), new TestClock());
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _ledger.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Hashes computed apart from this code: printf and sha256sum.</summary>
    [Fact]
    public async Task CatchUp_Records_GetTheirReceiptsInOrder()
    {
        await RecordAsync(_ledger, 0, 3);

        Assert.Equal(3, await CatchUpAsync(_ledger, record => record.Work.Index == 1 ? null : (Sample.Requester.Address, Job)));

        IReadOnlyList<SignedReceipt> receipts = await _store.ReadAsync(0, 10, Cancelled);
        Assert.All(receipts, receipt => Assert.Null(receipt.Fault()));
        Assert.Equal(
            new WorkReceipt(
                Sample.Device.Address,
                Sample.Requester.Address,
                Job,
                Seq: 1,
                SourceHash: Hash256.Parse("ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
                RecipeHash: Hash256.Parse(new string('b', 64)),
                OutputsRoot: Hash256.Parse("2e3aa189e1f666b2c3e864e21d978388020b89a6725e31ff2657bad5840a7f02"),
                Pixels: 59_236_800,
                InputPixels: 100_000_000,
                StartedAt: 1_767_323_045_678_000,
                FinishedAt: 1_767_323_046_078_000,
                Hash256.Zero),
            receipts[0].Receipt);
        Assert.Equal(
            [(Sample.Requester.Address, Job), (Sample.Device.Address, Hash256.Zero), (Sample.Requester.Address, Job)],
            receipts.Select(receipt => (receipt.Receipt.Requester, receipt.Receipt.JobId)));
        Assert.Equal([Hash256.Zero, receipts[0].Digest(), receipts[1].Digest()], receipts.Select(receipt => receipt.Receipt.Previous));
        Assert.Equal([1UL, 2UL, 3UL], receipts.Select(receipt => receipt.Receipt.Seq));
    }

    [Fact]
    public async Task CatchUp_SomeHaveOne_GoesOnWhereItStopped()
    {
        await RecordAsync(_ledger, 0, 300);
        Assert.Equal(300, await CatchUpAsync(_ledger, _ => null));
        Assert.Equal(0, await CatchUpAsync(_ledger, _ => throw new InvalidOperationException("Nobody is to be asked.")));
        await RecordAsync(_ledger, 300, 2);
        Assert.Equal(2, await CatchUpAsync(_ledger, _ => (Sample.Requester.Address, Job)));

        Assert.Equal(302UL, (await _store.LastAsync(Cancelled))!.Receipt.Seq);
        Assert.Equal(2, await _store.OutstandingAsync(Sample.Requester.Address, Cancelled));
    }

    [Fact]
    public async Task CatchUp_AfterAHandover_GoesOnWithTheLaterKey()
    {
        using DeviceKey later = DeviceKey.FromSecret(Keccak256.Of("later"u8).ToArray());
        await RecordAsync(_ledger, 0, 1);
        await CatchUpAsync(_ledger, _ => null);
        await RecordAsync(_ledger, 1, 1);

        Assert.Equal(1, await ReceiptIssuing.CatchUpAsync(_ledger, _store, later, Sample.Domain, _ => null, Cancelled));

        Assert.Equal(
            [Sample.Device.Address, later.Address], (await _store.ReadAsync(0, 10, Cancelled)).Select(receipt => receipt.Receipt.Requester));
    }

    [Fact]
    public async Task CatchUp_LedgerOfAnotherDay_IsSaid()
    {
        await RecordAsync(_ledger, 0, 3);
        await CatchUpAsync(_ledger, _ => null);
        await using WorkLedger shorter = OpenLedger("shorter.db");
        await RecordAsync(shorter, 0, 2);
        await using WorkLedger other = OpenLedger("other.db");
        await RecordAsync(other, 0, 2);
        await other.RecordAsync(Segment.Of(2) with { OutputSha256 = new string('d', 64) }, Cancelled);
        await RecordAsync(other, 3, 5);

        Assert.Equal(
            "There is a receipt 3, and the ledger has no such record. One of them was restored from another day. No more receipts are made.",
            (await Assert.ThrowsAsync<ContradictedReceiptException>(() => CatchUpAsync(shorter, _ => null))).Message);
        Assert.Equal(
            "Receipt 3 is not that of record 3 of the ledger. One of them was restored from another day. No more receipts are made.",
            (await Assert.ThrowsAsync<ContradictedReceiptException>(() => CatchUpAsync(other, _ => null))).Message);
        Assert.Equal(3UL, (await _store.LastAsync(Cancelled))!.Receipt.Seq);
    }

    /// <summary>A box that is paid by another contract from some day on has one chain of receipts all the same.</summary>
    [Fact]
    public async Task CatchUp_ForAnotherChain_GoesOn()
    {
        SigningDomain later = Sample.Domain with { ChainId = 1 };
        await RecordAsync(_ledger, 0, 1);
        await CatchUpAsync(_ledger, _ => null);
        await RecordAsync(_ledger, 1, 2);
        Assert.Equal(2, await ReceiptIssuing.CatchUpAsync(_ledger, _store, Sample.Device, later, _ => null, Cancelled));

        IReadOnlyList<SignedReceipt> receipts = await _store.ReadAsync(0, 10, Cancelled);
        Assert.Equal([Sample.Domain, later, later], receipts.Select(receipt => receipt.Domain));
        var chain = new ReceiptChain([Sample.Device.Address], TimeSpan.Zero);
        Assert.All(receipts, receipt => Assert.Equal(ReceiptStepKind.Follows, chain.Add(receipt.Receipt, receipt.Digest()).Kind));
    }

    [Fact]
    public async Task CatchUp_RecordThatNoReceiptCanSay_NamesIt()
    {
        await RecordAsync(_ledger, 0, 1);
        await _ledger.RecordAsync(Segment.Of(1) with { StartedAt = new DateTimeOffset(2999, 1, 1, 0, 0, 0, TimeSpan.Zero) }, Cancelled);

        Assert.Contains("Record 2 cannot have a receipt. A receipt is not sound: FinishedAt must be 0 to 2^53", (await Assert.ThrowsAsync<ReceiptException>(
            () => CatchUpAsync(_ledger, _ => null))).Message, StringComparison.Ordinal);
    }

    private static async Task RecordAsync(WorkLedger ledger, int first, int count)
    {
        // One after the other, so that they are numbered in their order.
        for (int i = first; i < first + count; i++)
        {
            await ledger.RecordAsync(Segment.Of(i), Cancelled);
        }
    }

    private WorkLedger OpenLedger(string name) => WorkLedger.Open(_folder.At(name), new WorkLedgerOptions(), TimeProvider.System);

    private Task<int> CatchUpAsync(WorkLedger ledger, Func<WorkRecord, (EthereumAddress Requester, Hash256 Job)?> whoAsked) =>
        ReceiptIssuing.CatchUpAsync(ledger, _store, Sample.Device, Sample.Domain, whoAsked, Cancelled);
}
