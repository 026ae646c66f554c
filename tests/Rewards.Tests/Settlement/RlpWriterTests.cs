using System.Text;
using Rewards.Settlement;
using Xunit;

namespace Rewards.Tests.Settlement;

public sealed class RlpWriterTests
{
    /// <summary>The examples of Ethereum's own description of RLP.</summary>
    [Fact]
    public void ToList_Examples_AreAsDescribed()
    {
        Assert.Equal("c88363617483646f67", Hex(new RlpWriter().Add("cat"u8).Add("dog"u8)));
        Assert.Equal("c0", Hex(new RlpWriter()));
        Assert.Equal("c180", Hex(new RlpWriter().Add(UInt128.Zero)));
        Assert.Equal("c10f", Hex(new RlpWriter().Add((UInt128)15)));
        Assert.Equal("c3820400", Hex(new RlpWriter().Add((UInt128)1024)));
        Assert.Equal("c100", Hex(new RlpWriter().Add([0])));
        Assert.Equal("c1c0", Hex(new RlpWriter().AddEmptyList()));
    }

    [Theory]
    [InlineData(55, "f8" + "38" + "b7")]
    [InlineData(56, "f8" + "3a" + "b838")]
    [InlineData(255, "f90101" + "b8ff")]
    [InlineData(256, "f90103" + "b90100")]
    [InlineData(70_000, "fa011174" + "ba011170")]
    public void ToList_LongText_HasItsLengthBeforeIt(int length, string prefix) =>
        Assert.StartsWith(prefix, Hex(new RlpWriter().Add(Encoding.ASCII.GetBytes(new string('a', length)))), StringComparison.Ordinal);

    private static string Hex(RlpWriter writer) => Convert.ToHexStringLower(writer.ToList());
}
