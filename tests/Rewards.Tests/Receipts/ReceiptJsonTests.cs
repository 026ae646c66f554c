using System.Text;
using Rewards.Receipts;
using Rewards.Signing;
using Xunit;

namespace Rewards.Tests.Receipts;

public sealed class ReceiptJsonTests
{
    [Theory]
    [InlineData("{\"deviceSignature\"", "{ \"deviceSignature\"")]
    [InlineData("\"seq\":\"1\"", "\"seq\":\"01\"")]
    [InlineData("\"seq\":\"1\"", "\"seq\":1")]
    [InlineData("\"seq\":\"1\"", "\"seq\":\"-1\"")]
    [InlineData("\"seq\":\"1\"", "\"seq\":\"18446744073709551616\"")]
    [InlineData("\"seq\":\"1\",", "")]
    [InlineData("\"seq\":\"1\",", "\"seq\":\"1\",\"seq\":\"1\",")]
    [InlineData("\"seq\":\"1\",", "\"seq\":\"1\",\"set\":\"1\",")]
    [InlineData("receipt/v1", "receipt/v2")]
    [InlineData("\"chainId\":31337", "\"chainId\":31337.0")]
    [InlineData("\"chainId\":31337", "\"chainId\":\"31337\"")]
    [InlineData("\"chainId\":31337", "\"chainId\":0")]
    [InlineData("\"name\":\"Appliance\"", "\"name\":\"App\\u006ciance\"")]
    [InlineData("\"name\":\"Appliance\"", "\"name\":\"\"")]
    [InlineData("\"name\":\"Appliance\"", "\"name\":null")]
    [InlineData("\"deviceSignature\":\"0x", "\"deviceSignature\":\"")]
    [InlineData("0x5FbDB2315678afecb367f032d93F642f64180aa3", "0x5fbdb2315678afecb367f032d93f642f64180aa3")]
    [InlineData("}", "")]
    public void Read_TextThatDiffers_IsRefused(string from, string to)
    {
        string text = Encoding.UTF8.GetString(ReceiptJson.Write(Sample.Signed(1, Hash256.Zero)));
        Assert.Contains(from, text, StringComparison.Ordinal);

        Assert.Throws<FormatException>(() => ReceiptJson.Read(Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"message\":[]}")]
    [InlineData("[[[[[[]]]]]]")]
    public void Read_SomethingElse_IsRefused(string text) =>
        Assert.Throws<FormatException>(() => ReceiptJson.Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Read_LongText_IsRefusedByItsLength() =>
        Assert.Contains("at most 4096 bytes", Assert.Throws<FormatException>(() => ReceiptJson.Read(new byte[4097])).Message, StringComparison.Ordinal);

    /// <summary>Every byte of a receipt changed in turn: none is read and holds, unless it is the same receipt.</summary>
    [Fact]
    public void Read_AnyByteChanged_IsRefusedOrDoesNotHold()
    {
        byte[] text = ReceiptJson.Write(Sample.Signed(1, Hash256.Zero));
        for (int i = 0; i < text.Length; i++)
        {
            byte[] changed = [.. text];
            changed[i] ^= 1;
            try
            {
                Assert.True(ReceiptJson.Read(changed).Fault() is not null, $"Byte {i} does not matter.");
            }
            catch (FormatException)
            {
            }
        }
    }
}
