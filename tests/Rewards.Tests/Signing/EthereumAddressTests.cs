using Rewards.Signing;
using Xunit;

namespace Rewards.Tests.Signing;

public sealed class EthereumAddressTests
{
    /// <summary>The examples of EIP-55.</summary>
    [Theory]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData("0xde709f2102306220921060314715629080e2fb77")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [InlineData("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [InlineData("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    public void ToString_ExampleOfEip55_HasItsChecksum(string example)
    {
        Assert.Equal(example, EthereumAddress.Parse(example).ToString());
        Assert.Equal(example, EthereumAddress.Parse(example.ToLowerInvariant()).ToString());
    }

    [Theory]
    [InlineData("0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAedd")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg")]
    [InlineData("")]
    public void Parse_WrongChecksumOrForm_IsRefused(string text) =>
        Assert.Throws<FormatException>(() => EthereumAddress.Parse(text));

    [Fact]
    public void CompareTo_IsTheOrderOfTheBytes()
    {
        EthereumAddress[] addresses = [.. Enumerable.Range(0, 50).Select(i => DeviceKey.FromSecret(Secret(i)).Address)];

        Assert.Equal(addresses.OrderBy(a => a.ToString(), StringComparer.OrdinalIgnoreCase), addresses.Order());
    }

    private static byte[] Secret(int i) => [.. new byte[31], (byte)(i + 1)];
}
