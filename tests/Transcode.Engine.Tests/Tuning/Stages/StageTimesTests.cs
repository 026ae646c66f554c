using Transcode.Engine.Tuning.Stages;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Stages;

public sealed class StageTimesTests
{
    /// <summary>By turns until each has done its trials; whoever's median is less does the rest. The first two of each, and a single
    /// slow one, say nothing.</summary>
    [Theory]
    [InlineData(5, 7, true)]
    [InlineData(7, 5, false)]
    [InlineData(5, 5, false)]
    public void Work_IsTheQuickersOnceBothAreKnown(int device, int processor, bool isDevice)
    {
        var clock = new HandClock();
        var times = new StageTimes(clock);
        int byDevice = 0;
        for (int piece = 0; piece < 2 * StageTimes.Trials; piece++)
        {
            Assert.Null(times.IsDeviceQuicker);
            bool takes = times.TakesDevice();
            Assert.Equal(piece % 2 == 0, takes);
            long start = times.Now();
            clock.Advance(piece < 4 || piece is 8 or 9 ? 1000 : takes ? device : processor);
            times.Add(takes, times.Since(start));
            byDevice += takes ? 1 : 0;
        }

        Assert.Equal(StageTimes.Trials, byDevice);
        Assert.Equal(isDevice, times.IsDeviceQuicker);
        Assert.Equal(isDevice, times.TakesDevice());
        times.Add(!isDevice, 0);
        Assert.Equal(isDevice, times.TakesDevice());
    }

    [Fact]
    public void Kinds_BeyondThoseThatAreKept_AreTheProcessors()
    {
        Assert.All(Enumerable.Range(0, 256), kind => Assert.NotNull(PictureDevice.None.TimesOf($"{kind}")));
        Assert.Null(PictureDevice.None.TimesOf("one more"));
        Assert.Same(PictureDevice.None.TimesOf("7"), PictureDevice.None.TimesOf("7"));
    }

    private sealed class HandClock : TimeProvider
    {
        private long now;

        public void Advance(long by) => now += by;

        public override long GetTimestamp() => now;
    }
}
