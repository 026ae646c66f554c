using Transcode.Engine.Segments.Codecs;
using Xunit;

namespace Transcode.Engine.Tests.Segments.Codecs;

public sealed class TemporalUnitTests
{
    /// <summary>A delimiter, a sequence header of two bytes, padding of three, a frame with an extension byte whose size takes
    /// two bytes of leb128.</summary>
    [Fact]
    public void Unit_WithDelimiterAndPadding_KeepsTheRest()
    {
        byte[] frame = [0x36, 0x00, 0x81, 0x01, .. Enumerable.Repeat((byte)7, 129)];
        byte[] unit = [0x12, 0x00, 0x0A, 0x02, 1, 2, 0x7A, 0x03, 0, 0, 0x80, .. frame];

        Assert.Equal([0x0A, 0x02, 1, 2, .. frame], TemporalUnit.ToSample(unit));
    }

    [Theory]
    [InlineData("08 02 01 02")]
    [InlineData("0A 03 01 02")]
    [InlineData("0A")]
    [InlineData("0A 80")]
    [InlineData("0A FF FF FF FF FF FF FF FF 01")]
    public void Unit_WithoutAValidSize_IsRefused(string unit) =>
        Assert.Throws<FormatException>(() => TemporalUnit.ToSample(Convert.FromHexString(unit.Replace(" ", "", StringComparison.Ordinal))));
}
