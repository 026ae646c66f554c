using System.Text;
using Rewards.Accounts;
using Xunit;

namespace Rewards.Tests.Accounts;

public sealed class PriceTableTests
{
    private static readonly string Default = Encoding.UTF8.GetString(PriceTable.PublishedDefault());

    [Fact]
    public void Default_Prices_AreOneUnitAPixelAndNothingFromTheCache()
    {
        Assert.Equal(59_236_800, PriceTable.Default.Of(DeliveryKind.Made, 59_236_800));
        Assert.Equal(1_000_000, PriceTable.Default.Of(DeliveryKind.Made, 1));
        Assert.Equal(0, PriceTable.Default.Of(DeliveryKind.FromCache, 59_236_800));
        Assert.Equal(0, PriceTable.Default.CreditLimit);
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 1, 0, 1)]
    [InlineData(999, 1, 0, 1)]
    [InlineData(1000, 1, 0, 1)]
    [InlineData(1001, 1, 0, 2)]
    [InlineData(1001, 1, 2, 2)]
    [InlineData(1001, 1, 3, 3)]
    public void Of_Fraction_IsRoundedUpAndNotBelowTheMinimum(long pixels, long rate, int minimum, int cost) =>
        Assert.Equal(cost, new SegmentPrice(minimum, rate).Of(pixels));

    [Fact]
    public void Of_Pieces_AreNeverCheaperThanTheWhole()
    {
        var random = new Random(3);
        for (int i = 0; i < 1000; i++)
        {
            var price = new SegmentPrice(random.Next(5), random.Next(3000));
            int whole = random.Next(10_000);
            int piece = random.Next(whole + 1);

            Assert.True(price.Of(piece) + price.Of(whole - piece) >= price.Of(whole));
        }
    }

    [Fact]
    public void Of_LargestFigures_DoNotOverflow() =>
        Assert.Equal((Int128)long.MaxValue * 1_000_000_000_000, new SegmentPrice(0, 1_000_000_000_000_000).Of(long.MaxValue));

    [Theory]
    [InlineData("\"creditLimit\": \"0\"", "\"creditLimit\": \"-1\"", "creditLimit must be 0 to 10^30")]
    [InlineData("\"creditLimit\": \"0\"", "\"creditLimit\": \"1000000000000000000000000000001\"", "creditLimit must be 0 to 10^30")]
    [InlineData("\"creditLimit\": \"0\"", "\"creditLimit\": 0", "creditLimit")]
    [InlineData("\"creditLimit\": \"0\"", "\"creditLimit\": \"00\"", "without leading zeros")]
    [InlineData("\"creditLimit\": \"0\"", "\"creditLimit\": \"1e3\"", "whole number")]
    [InlineData("\"creditLimit\": \"0\",", "", "creditLimit")]
    [InlineData("\"creditLimit\": \"0\",", "\"creditLimit\": \"0\", \"creditLimit\": \"1\",", "creditLimit")]
    [InlineData("\"creditLimit\": \"0\",", "\"creditLimit\": \"0\", \"more\": 1,", "more")]
    [InlineData("\"perWeightedPixel\": 1000 ", "\"perWeightedPixel\": -1 ", "made must have a minimum of 0 to 10^30 and a perWeightedPixel of 0 to 10^15")]
    [InlineData("\"perWeightedPixel\": 1000 ", "\"perWeightedPixel\": 1000000000000001 ", "perWeightedPixel of 0 to 10^15")]
    [InlineData("\"perWeightedPixel\": 1000 ", "\"perWeightedPixel\": 0.5 ", "perWeightedPixel")]
    [InlineData("\"perWeightedPixel\": 0 ", "\"perWeightedPixel\": -1 ", "fromCache must have")]
    [InlineData("\"quoteSeconds\": 900", "\"quoteSeconds\": 0", "quoteSeconds must be 1 to 86400")]
    [InlineData("\"quoteSeconds\": 900", "\"quoteSeconds\": 86401", "quoteSeconds must be 1 to 86400")]
    [InlineData("\"version\": 1", "\"version\": 0", "version must be 1 or more")]
    [InlineData("\"weightsVersion\": 2", "\"weightsVersion\": 99", "weights of version 99, which this build does not know")]
    [InlineData("\"unit\": \"the", "\"unit\": \"é", "unit must be")]
    [InlineData("{\n  \"credit", "[\n  \"credit", "JSON")]
    public void Parse_NotAPriceTable_IsRefusedWithWhatIsWrong(string from, string to, string fault)
    {
        string changed = Default.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(Default, changed);

        Assert.Contains(fault, Assert.Throws<FormatException>(() => PriceTable.Parse(Encoding.UTF8.GetBytes(changed))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_TooLongOrEmpty_IsRefused()
    {
        Assert.Throws<FormatException>(() => PriceTable.Parse(new byte[PriceTable.LengthLimit + 1]));
        Assert.Throws<FormatException>(() => PriceTable.Parse("null"u8));
        Assert.Throws<FormatException>(() => PriceTable.Parse([]));
    }
}
