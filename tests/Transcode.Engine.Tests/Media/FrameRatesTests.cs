using Transcode.Engine.Media;
using Xunit;

namespace Transcode.Engine.Tests.Media;

public sealed class FrameRatesTests
{
    [Theory]
    [InlineData("24000/1001", "24000/1001", "24000/1001")]
    [InlineData("23976/1000", null, "24000/1001")]
    [InlineData("24/1", "24/1", "24/1")]
    [InlineData("25/1", "50/1", "25/1")]
    [InlineData("30000/1001", null, "30000/1001")]
    [InlineData("120/1", "120/1", "60/1")]
    [InlineData("240000/1001", "240000/1001", "60000/1001")]
    [InlineData("100/1", "100/1", "50/1")]
    [InlineData("25/2", "25/2", "25/2")]
    [InlineData("5/1", "5/1", "10/1")]
    [InlineData("1/1", "1/1", "10/1")]
    [InlineData("27/1", "1000/1", "30/1")]
    [InlineData("18/1", "18/1", "18/1")]
    [InlineData("90000/1", null, "30/1")]
    [InlineData(null, null, "30/1")]
    public void Rate_Claimed_IsThatOfTheGrid(string? claimed, string? finest, string grid) =>
        Assert.Equal(Rational.Parse(grid), FrameRates.ForGrid(Parsed(claimed), Parsed(finest)));

    private static Rational? Parsed(string? text) => text is null ? null : Rational.Parse(text);
}
