using Rewards.Receipts;
using Rewards.Signing;
using Xunit;

namespace Rewards.Tests.Receipts;

public sealed class ReceiptChainTests
{
    private static readonly DeviceKey Later = DeviceKey.FromSecret(Keccak256.Of("later"u8).ToArray());

    private readonly ReceiptChain _chain = new([Sample.Device.Address, Later.Address], TimeSpan.FromSeconds(5));

    [Fact]
    public void Add_WholeChain_Follows()
    {
        List<WorkReceipt> receipts = Sample.Chain(5);

        Assert.All(receipts, r => Assert.Equal(ReceiptStepKind.Follows, Add(r).Kind));
        Assert.Equal(5UL, _chain.LastSeq);
        Assert.Equal(receipts[^1].Digest(Sample.Domain), _chain.Head);
    }

    [Theory]
    [InlineData(2, 2, 2UL, 2UL, "Receipt 2 is missing.")]
    [InlineData(2, 4, 2UL, 4UL, "Receipts 2 to 4 are missing.")]
    [InlineData(1, 1, 1UL, 1UL, "Receipt 1 is missing.")]
    public void Add_SomeLeftOut_SaysWhichAndGoesOn(int from, int to, ulong first, ulong last, string text)
    {
        List<WorkReceipt> receipts = Sample.Chain(7);
        receipts.RemoveRange(from - 1, to - from + 1);

        ReceiptStep[] steps = [.. receipts.Select(Add)];

        ReceiptStep gap = Assert.Single(steps, s => s.Kind != ReceiptStepKind.Follows);
        Assert.Equal(new(ReceiptStepKind.Gap, first, last, text), gap);
    }

    [Fact]
    public void Add_SameReceiptAgain_Repeats()
    {
        WorkReceipt receipt = Sample.Chain(1)[0];
        Add(receipt);

        Assert.Equal(ReceiptStepKind.Repeats, Add(receipt).Kind);
    }

    [Fact]
    public void Add_AnotherUnderTheSameNumber_IsFoundAndNotTaken()
    {
        List<WorkReceipt> receipts = Sample.Chain(3);
        receipts.ForEach(r => Add(r));
        Hash256 head = _chain.Head;

        Assert.Equal(ReceiptStepKind.NumberUsedAgain, Add(receipts[2] with { Pixels = 1 }).Kind);
        Assert.Equal(ReceiptStepKind.NumberUsedAgain, Add(receipts[0]).Kind);
        Assert.Equal(head, _chain.Head);
    }

    [Fact]
    public void Add_EditedPast_IsFoundByTheNext()
    {
        List<WorkReceipt> receipts = Sample.Chain(3);

        Assert.Equal(ReceiptStepKind.Follows, Add(receipts[0]).Kind);
        Assert.Equal(ReceiptStepKind.Follows, Add(receipts[1] with { Pixels = 1 }).Kind);
        Assert.Equal(ReceiptStepKind.OtherPast, Add(receipts[2]).Kind);
    }

    [Fact]
    public void Add_KeyHandedOver_FollowsOnceAndNotBack()
    {
        WorkReceipt first = Sample.Chain(1)[0];
        WorkReceipt second = Sample.Receipt(2, first.Digest(Sample.Domain)) with { Device = Later.Address };
        WorkReceipt third = Sample.Receipt(3, second.Digest(Sample.Domain));

        Assert.Equal(
            [ReceiptStepKind.Follows, ReceiptStepKind.Follows, ReceiptStepKind.OtherDevice], new[] { first, second, third }.Select(r => Add(r).Kind));
        Assert.Equal(ReceiptStepKind.OtherDevice, Add(Sample.Receipt(4, _chain.Head) with { Device = Sample.Requester.Address }).Kind);
    }

    [Theory]
    [InlineData(5_000_000, ReceiptStepKind.Follows)]
    [InlineData(5_000_001, ReceiptStepKind.ClockSetBack)]
    public void Add_EarlierThanTheOneBefore_MayBeByAsMuchAsWorkOvertakes(ulong microseconds, ReceiptStepKind kind)
    {
        WorkReceipt first = Sample.Chain(1)[0];
        WorkReceipt second = Sample.Receipt(2, first.Digest(Sample.Domain)) with { StartedAt = 0, FinishedAt = first.FinishedAt - microseconds };
        Add(first);

        Assert.Equal(kind, Add(second).Kind);
    }

    private ReceiptStep Add(WorkReceipt receipt) => _chain.Add(receipt, receipt.Digest(Sample.Domain));
}
