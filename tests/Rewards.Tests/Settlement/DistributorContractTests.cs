using Rewards.Settlement;
using Xunit;

namespace Rewards.Tests.Settlement;

public sealed class DistributorContractTests
{
    [Fact]
    public void ReadNumber_Words_AreReadUpTo128Bits()
    {
        Assert.Equal((UInt128)258, DistributorContract.ReadNumber([.. new byte[30], 1, 2]));
        Assert.Equal(UInt128.MaxValue, DistributorContract.ReadNumber([.. new byte[16], .. Enumerable.Repeat((byte)255, 16)]));
        Assert.Throws<FormatException>(() => DistributorContract.ReadNumber([.. new byte[15], 1, .. new byte[16]]));
        Assert.Throws<FormatException>(() => DistributorContract.ReadNumber([]));
        Assert.Throws<FormatException>(() => DistributorContract.ReadHash(new byte[31]));
    }

    /// <summary>Selectors as 4byte directories list them.</summary>
    [Theory]
    [InlineData("d93c0665", "Payments are paused.")]
    [InlineData("118cdaa7", "Only the contract's owner may do this.")]
    [InlineData("e450d38c", "The contract does not hold enough of the token.")]
    [InlineData("00000000", null)]
    [InlineData("", null)]
    public void WhyRefused_Selector_IsSaidInWords(string revert, string? meaning) =>
        Assert.Equal(meaning, DistributorContract.WhyRefused(Convert.FromHexString(revert)));
}
