using Rewards.Log;
using Xunit;

namespace Rewards.Tests.Log;

public sealed class TilePathTests
{
    [Theory]
    [InlineData("0/000", 0, 0L, 256)]
    [InlineData("0/x001/x234/067", 0, 1_234_067L, 256)]
    [InlineData("2/x123/456.p/7", 2, 123_456L, 7)]
    [InlineData("63/999.p/255", 63, 999L, 255)]
    [InlineData("entries/x001/000", null, 1000L, 256)]
    [InlineData("entries/000.p/1", null, 0L, 1)]
    public void TryParse_Address_IsReadAndWrittenAlike(string text, int? level, long index, int width)
    {
        Assert.True(TilePath.TryParse(text, out TilePath path));
        Assert.Equal(new(level, index, width), path);
        Assert.Equal(text, path.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0/")]
    [InlineData("0/0")]
    [InlineData("0/0000")]
    [InlineData("00/000")]
    [InlineData("64/000")]
    [InlineData("-1/000")]
    [InlineData("0/x000/001")]
    [InlineData("0/001/x002")]
    [InlineData("0/x001/x002")]
    [InlineData("0/1234067")]
    [InlineData("0/000.p/0")]
    [InlineData("0/000.p/256")]
    [InlineData("0/000.p/01")]
    [InlineData("0/000.p")]
    [InlineData("0/../000")]
    [InlineData("tile/000")]
    [InlineData("0/x999/x999/x999/x999/x999/x999/x999/999")]
    public void TryParse_AnotherForm_IsRefused(string text) => Assert.False(TilePath.TryParse(text, out _));
}
