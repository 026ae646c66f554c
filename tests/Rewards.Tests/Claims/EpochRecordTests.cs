using System.Text;
using Rewards.Claims;
using Rewards.Signing;
using Xunit;

namespace Rewards.Tests.Claims;

public sealed class EpochRecordTests
{
    private static readonly EpochRecord Record = new(7, Keccak256.Of([1]), Keccak256.Of([2]), 12_345);

    [Fact]
    public void ToJson_Record_IsCanonicalAndReadBack()
    {
        byte[] json = Record.ToJson();

        Assert.Equal($"{{\"epoch\":7,\"logRoot\":\"{Record.LogRoot}\",\"logSize\":12345,\"root\":\"{Record.Root}\"}}", Encoding.UTF8.GetString(json));
        Assert.Equal(Record, EpochRecord.Parse(json));
    }

    [Theory]
    [InlineData("\"epoch\":7", "\"epoch\":0")]
    [InlineData("\"epoch\":7", "\"epoch\":7.0")]
    [InlineData("\"epoch\":7", "\"epoch\":\"7\"")]
    [InlineData("\"epoch\":7", "\"epoch\":9007199254740993")]
    [InlineData("\"epoch\":7", "\"epoch\":99999999999999999999")]
    [InlineData("12345", "-1")]
    [InlineData("\"epoch\":7,", "")]
    [InlineData("\"epoch\":7,", "\"epoch\": 7,")]
    [InlineData("\"epoch\":7,", "\"epoch\":7,\"epoch\":7,")]
    [InlineData("\"root\":\"0x", "\"root\":\"")]
    [InlineData("}", "")]
    [InlineData("{", "[{")]
    public void Parse_TextThatDiffers_IsRefused(string from, string to) =>
        Assert.Throws<FormatException>(() => EpochRecord.Parse(
            Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Record.ToJson()).Replace(from, to, StringComparison.Ordinal))));
}
