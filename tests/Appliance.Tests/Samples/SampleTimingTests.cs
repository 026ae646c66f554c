using Appliance.Samples;
using Transcode.Engine.Media;
using Xunit;

namespace Appliance.Tests.Samples;

public sealed class SampleTimingTests
{
    [Fact]
    public void Counts_FractionalRate_AreExact()
    {
        var timing = new SampleTiming(new SampleOptions { Seconds = 6, FrameRate = new Rational(30000, 1001) });

        Assert.Equal(180, timing.FrameCount);
        Assert.Equal(288_288, timing.SampleCount);
    }

    [Fact]
    public void Flashes_WholeFilm_AreTheLastThreeWholeSecondsOfTheCard()
    {
        var timing = new SampleTiming(new SampleOptions());

        Assert.Equal(960, timing.FrameCount);
        Assert.Equal([37, 38, 39], timing.FlashSeconds);
        Assert.Equal((37 * 24, (37 * 24) + 2), timing.Flash(37));
        Assert.True(timing.IsFlash((37 * 24) + 1));
        Assert.False(timing.IsFlash((37 * 24) + 2));
    }
}
