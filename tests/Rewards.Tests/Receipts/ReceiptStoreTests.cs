using Rewards.Receipts;
using Rewards.Signing;
using Rewards.Tests.Accounts;
using Xunit;

namespace Rewards.Tests.Receipts;

public sealed class ReceiptStoreTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly TestClock _clock = new();
    private readonly List<SignedReceipt> _issued = Sample.Issued(5);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AppendAsync_OneAfterTheOther_IsKeptAsItIs()
    {
        await using (ReceiptStore store = Open())
        {
            Assert.Null(await store.LastAsync(Cancelled));
            foreach (SignedReceipt receipt in _issued)
            {
                Assert.Equal(ReceiptOutcome.Done, await store.AppendAsync(receipt, Cancelled));
            }
        }

        await using ReceiptStore again = Open();
        Assert.Equal(_issued[^1], await again.LastAsync(Cancelled));
        Assert.Equal(_issued[2], await again.FindAsync(3, Cancelled));
        Assert.Null(await again.FindAsync(6, Cancelled));
        Assert.Null(await again.FindAsync(0, Cancelled));
        Assert.Equal(_issued, await again.ReadAsync(0, 1000, Cancelled));
        Assert.Equal(_issued[2..4], await again.ReadAsync(2, 2, Cancelled));
        Assert.Empty(await again.ReadAsync(5, 1, Cancelled));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => again.ReadAsync(0, 1001, Cancelled));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => again.ReadAsync(-1, 1, Cancelled));
    }

    [Fact]
    public async Task AppendAsync_SameAgainOrAnother_IsToldApart()
    {
        await using ReceiptStore store = await FilledAsync();
        SignedReceipt other = SignedReceipt.Sign(_issued[1].Receipt with { Pixels = 1 }, Sample.Domain, Sample.Device);

        Assert.Equal(ReceiptOutcome.AlreadyDone, await store.AppendAsync(_issued[1], Cancelled));
        Assert.Equal(ReceiptOutcome.Contradicted, await store.AppendAsync(other, Cancelled));

        Assert.Equal(_issued, await store.ReadAsync(0, 1000, Cancelled));
    }

    public static TheoryData<string, SignedReceipt> Misfits()
    {
        List<SignedReceipt> issued = Sample.Issued(7);
        SignedReceipt sixth = issued[5];
        return new()
        {
            { "Receipt 7 is not the next, which is 6.", issued[6] },
            { "Receipt 6 does not name the one before it.", SignedReceipt.Sign(Sample.Receipt(6, Keccak256.Of([6])), Sample.Domain, Sample.Device) },
            { "A receipt is kept before it is countersigned.", sixth.Countersign(Sample.Requester) },
            { "It is not signed by its device", sixth with { DeviceSignature = issued[4].DeviceSignature } },
            { "A receipt is not sound: Requester must be somebody", sixth with { Receipt = sixth.Receipt with { Requester = default } } },
        };
    }

    [Theory]
    [MemberData(nameof(Misfits), DisableDiscoveryEnumeration = true)]
    public async Task AppendAsync_WhatDoesNotFollow_IsRefused(string fault, SignedReceipt receipt)
    {
        await using ReceiptStore store = await FilledAsync();

        Assert.Contains(fault, (await Assert.ThrowsAsync<ArgumentException>(() => store.AppendAsync(receipt, Cancelled))).Message, StringComparison.Ordinal);
        Assert.Equal(_issued[^1], await store.LastAsync(Cancelled));
    }

    [Fact]
    public async Task AppendAsync_ByALaterKeyOfTheBox_IsTaken()
    {
        using DeviceKey later = DeviceKey.FromSecret(Keccak256.Of("later"u8).ToArray());
        await using ReceiptStore store = await FilledAsync();
        WorkReceipt sixth = Sample.Receipt(6, _issued[^1].Digest()) with { Device = later.Address };

        Assert.Equal(ReceiptOutcome.Done, await store.AppendAsync(SignedReceipt.Sign(sixth, Sample.Domain, later), Cancelled));
    }

    [Fact]
    public async Task CountersignAsync_ByTheRequester_IsKeptOnce()
    {
        RecoverableSignature signature = Sample.Requester.Sign(_issued[2].Digest());
        await using (ReceiptStore store = await FilledAsync())
        {
            Assert.Equal(5, await store.OutstandingAsync(Sample.Requester.Address, Cancelled));

            Assert.Equal(CountersignOutcome.Done, await store.CountersignAsync(3, signature, Cancelled));
            Assert.Equal(CountersignOutcome.AlreadyDone, await store.CountersignAsync(3, signature, Cancelled));
            Assert.Equal(CountersignOutcome.Unknown, await store.CountersignAsync(6, signature, Cancelled));
            Assert.Equal(CountersignOutcome.Foreign, await store.CountersignAsync(4, signature, Cancelled));
            Assert.Equal(CountersignOutcome.Foreign, await store.CountersignAsync(4, Sample.Device.Sign(_issued[3].Digest()), Cancelled));
            Assert.Equal(CountersignOutcome.Foreign, await store.CountersignAsync(3, Sample.Device.Sign(_issued[2].Digest()), Cancelled));
        }

        await using ReceiptStore again = Open();
        Assert.Equal(4, await again.OutstandingAsync(Sample.Requester.Address, Cancelled));
        SignedReceipt countersigned = _issued[2] with { RequesterSignature = signature };
        Assert.Equal(countersigned, await again.FindAsync(3, Cancelled));
        Assert.Equal([_issued[0], _issued[1], countersigned, _issued[3], _issued[4]], await again.ReadAsync(0, 10, Cancelled));

        // What stands is still the same receipt.
        Assert.Equal(ReceiptOutcome.AlreadyDone, await again.AppendAsync(_issued[2], Cancelled));
    }

    [Fact]
    public async Task CountersignAsync_OfWorkThatNobodyAskedFor_IsForeignAndOutstandingToNobody()
    {
        await using ReceiptStore store = Open();
        SignedReceipt own = SignedReceipt.Sign(
            Sample.Receipt(1, Hash256.Zero) with { Requester = Sample.Device.Address, JobId = Hash256.Zero }, Sample.Domain, Sample.Device);
        await store.AppendAsync(own, Cancelled);

        Assert.Equal(CountersignOutcome.Foreign, await store.CountersignAsync(1, own.DeviceSignature, Cancelled));

        Assert.Equal(own, await store.LastAsync(Cancelled));
        Assert.Equal(0, await store.OutstandingAsync(Sample.Device.Address, Cancelled));
        Assert.Equal([own], await store.OfJobAsync(Hash256.Zero, 0, 10, Cancelled));
    }

    [Fact]
    public async Task OfJobAsync_SomeJobs_GivesThoseOfOneInOrder()
    {
        await using ReceiptStore store = Open();
        Hash256 previous = Hash256.Zero;
        List<SignedReceipt> made = [];
        for (int i = 1; i <= 9; i++)
        {
            WorkReceipt receipt = Sample.Receipt((ulong)i, previous) with { JobId = Keccak256.Of([(byte)(i % 3)]) };
            made.Add(SignedReceipt.Sign(receipt, Sample.Domain, Sample.Device));
            previous = made[^1].Digest();
            await store.AppendAsync(made[^1], Cancelled);
        }

        Hash256 job = Keccak256.Of([1]);
        Assert.Equal([made[0], made[3], made[6]], await store.OfJobAsync(job, 0, 10, Cancelled));
        Assert.Equal([made[3]], await store.OfJobAsync(job, 1, 1, Cancelled));
        Assert.Empty(await store.OfJobAsync(Keccak256.Of([9]), 0, 10, Cancelled));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => store.OfJobAsync(job, 0, 0, Cancelled));
    }

    [Fact]
    public async Task MarkLoggedAsync_InOrderOnly_IsNoted()
    {
        await using ReceiptStore store = await FilledAsync();
        Assert.Equal((0L, -1L), await store.LastLoggedAsync(Cancelled));
        await Assert.ThrowsAsync<ArgumentException>(() => store.MarkLoggedAsync(2, 5, Cancelled));
        await store.MarkLoggedAsync(1, 5, Cancelled);
        await store.MarkLoggedAsync(1, 5, Cancelled);
        await Assert.ThrowsAsync<ArgumentException>(() => store.MarkLoggedAsync(1, 6, Cancelled));
        await Assert.ThrowsAsync<ArgumentException>(() => store.MarkLoggedAsync(2, 5, Cancelled));
        await Task.WhenAll(Enumerable.Range(2, 4).Select(seq => store.MarkLoggedAsync(seq, 10 + seq, Cancelled)));
        await Assert.ThrowsAsync<ArgumentException>(() => store.MarkLoggedAsync(6, 20, Cancelled));

        Assert.Equal((5L, 15L), await store.LastLoggedAsync(Cancelled));
        Assert.Equal(5L, await store.IndexOfAsync(1, Cancelled));
        Assert.Equal(12L, await store.IndexOfAsync(2, Cancelled));
        Assert.Null(await store.IndexOfAsync(6, Cancelled));
    }

    private ReceiptStore Open() => ReceiptStore.Open(_folder.At("receipts.db"), new ReceiptStoreOptions(), _clock);

    private async Task<ReceiptStore> FilledAsync()
    {
        ReceiptStore store = Open();
        ReceiptOutcome[] outcomes = await Task.WhenAll(_issued.Select(receipt => store.AppendAsync(receipt, Cancelled)));
        Assert.All(outcomes, outcome => Assert.Equal(ReceiptOutcome.Done, outcome));
        return store;
    }
}
