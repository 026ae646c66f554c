using Transcode.Engine.Media;
using Xunit;

namespace Transcode.Engine.Tests.Media;

public sealed class RationalTests
{
    [Theory]
    [InlineData(48000, 2002, "24000/1001")]
    [InlineData(-6, -4, "3/2")]
    [InlineData(6, -4, "-3/2")]
    [InlineData(0, 7, "0/1")]
    public void Rational_Made_IsReduced(long numerator, long denominator, string text)
    {
        Assert.Equal(text, new Rational(numerator, denominator).ToString());
        Assert.Equal(new Rational(numerator, denominator), Rational.Parse(text));
    }

    [Theory]
    [InlineData(5, 2, 3, 3)]
    [InlineData(-5, -3, -2, -2)]
    [InlineData(4, 2, 2, 2)]
    [InlineData(long.MaxValue, 4611686018427387903, 4611686018427387904, 4611686018427387904)]
    [InlineData(long.MinValue, -4611686018427387904, -4611686018427387904, -4611686018427387904)]
    public void Half_OfAnyWholeNumber_RoundsAsItSays(long value, long floor, long ceiling, long nearest)
    {
        var half = new Rational(1, 2);

        Assert.Equal((floor, ceiling, nearest), (half.FloorOf(value), half.CeilingOf(value), half.RoundOf(value)));
    }

    [Fact]
    public void Rational_Arithmetic_IsExact()
    {
        var film = new Rational(24000, 1001);

        Assert.Equal(new Rational(1, 1), film / film);
        Assert.Equal(new Rational(12000, 1001), film * new Rational(1, 2));
        Assert.True(film < new Rational(24, 1));
        Assert.True(film > new Rational(23976, 1000));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rational(1, 0));
        Assert.Throws<OverflowException>(() => new Rational(long.MaxValue, 2) * new Rational(long.MaxValue, 3));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1/0")]
    [InlineData("1/-2")]
    [InlineData("1/2/3")]
    [InlineData("25 fps")]
    public void Text_NotAFraction_IsRefused(string text) => Assert.Throws<FormatException>(() => Rational.Parse(text));
}
