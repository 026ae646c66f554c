using Transcode.Engine.Tuning.ToneMapping;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.ToneMapping;

public sealed class PeakTrackTests
{
    /// <summary>PQ signals in 1024ths: 595 is diffuse white, 770 are 1000 cd/m².</summary>
    [Fact]
    public void Peak_OfAShot_BeginsWithItsOwnAndFollows()
    {
        var track = new PeakTrack();

        Assert.Equal(Nits(652), track.Next(650));
        Assert.Equal(Nits(652), track.Next(651));
        Assert.Equal([Nits(660), Nits(668), Nits(676)], [track.Next(770), track.Next(770), track.Next(770)]);
        Assert.Equal([Nits(672), Nits(668)], [track.Next(0), track.Next(0)]);
        Assert.Equal(Nits(668), track.Next(668));
        track.Cut();
        Assert.Equal(Nits(772), track.Next(770));
        track.Cut();
        Assert.Equal(203, track.Next(0));
        Assert.Equal(203, track.Next(592));
        track.Cut();
        Assert.Equal(10_000, track.Next(1024));
    }

    /// <summary>A flash of one picture in twelve moves what is white by two steps, and lets it come back.</summary>
    [Fact]
    public void Peak_WhereSomethingFlashes_HardlyMoves()
    {
        var track = new PeakTrack();
        int[] peaks = [.. Enumerable.Range(0, 120).Select(i => track.Next(i % 12 == 6 ? 1000 : 700))];

        Assert.Equal((Nits(700), Nits(708)), (peaks.Min(), peaks.Max()));
        Assert.Equal(Nits(700), peaks[^1]);
    }

    private static int Nits(int signal) => (int)Math.Ceiling(ExactToneMap.PqNits(signal / 1024.0));
}
