using Transcode.Engine.Media;
using Xunit;

namespace Transcode.Engine.Tests.Media;

public sealed class GridTests
{
    [Theory]
    [InlineData("24000/1001", 1000, 47, 22, 13)]
    [InlineData("24/1", 96, 48, 2, 48)]
    [InlineData("25/1", 101, 50, 3, 1)]
    [InlineData("30000/1001", 59, 59, 1, 59)]
    [InlineData("60/1", 7200, 120, 60, 120)]
    [InlineData("1/1", 5, 2, 3, 1)]
    public void Grid_Cut_IsWholeSegmentsOfTwoSecondsAtMost(string rate, long frames, int segmentFrames, int segments, int lastFrames)
    {
        var grid = new Grid(Rational.Parse(rate), frames);

        Assert.Equal((segmentFrames, segments, lastFrames), (grid.SegmentFrames, grid.SegmentCount, grid.FramesIn(segments - 1)));
        Assert.Equal(frames, Enumerable.Range(0, segments).Sum(grid.FramesIn));
        Assert.Equal(frames, grid.FirstFrame(segments));
    }

    /// <summary>48 kHz sound of 25 pictures a second: two seconds are 93.75 frames of sound.</summary>
    [Fact]
    public void Grid_SoundFrames_BeginAtOrAfterTheirPictures()
    {
        var grid = new Grid(new Rational(25, 1), 200);

        Assert.Equal([0L, 94, 188, 282, 375], Enumerable.Range(0, 5).Select(index => grid.FirstAudioFrame(index, 48_000, 1024)));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(1.9999, 0)]
    [InlineData(2, 1)]
    [InlineData(7.99, 3)]
    [InlineData(1000, 3)]
    public void Grid_InstantSought_IsInItsSegment(double seconds, int index) =>
        Assert.Equal(index, new Grid(new Rational(25, 1), 200).IndexAt(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void Grid_Duration_IsExactToTheTick() =>
        Assert.Equal(TimeSpan.FromTicks(10_010_000), new Grid(new Rational(24000, 1001), 24).Duration);
}
