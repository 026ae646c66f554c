using Appliance.Admission;
using Appliance.Tests.Hosting;
using Transcode.Engine.Recipes;

namespace Appliance.Tests.Admission;

/// <summary>The same is refused to the same player twice, and then no more for a while.</summary>
public sealed class RefusalsTests
{
    private static readonly Ladder Ladder = Ladder.For(Household.Film(segments: 10));

    private readonly VirtualTime _time = new();
    private readonly Refusals _refusals;

    public RefusalsTests() => _refusals = new Refusals(_time);

    [Fact]
    public void MayRefuse_TheSameAThirdTime_No()
    {
        Assert.Equal([true, true, false, false], Enumerable.Range(0, 4).Select(_ => MayRefuse("one", rung: 0, 7)));
        Assert.True(MayRefuse("one", rung: 0, 8));
        Assert.True(MayRefuse("one", rung: 1, 7));
        Assert.True(MayRefuse("other", rung: 0, 7));
    }

    [Fact]
    public void MayRefuse_LongAfterwards_Again()
    {
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => MayRefuse("one", rung: 0, 7)));
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.True(MayRefuse("one", rung: 0, 7));
    }

    /// <summary>Nobody can fill the memory by asking under ever new names.</summary>
    [Fact]
    public void MayRefuse_MoreThanAreRemembered_NoneIsAddedUntilTheyAreForgotten()
    {
        Assert.Equal(1024, Enumerable.Range(0, 2000).Count(player => MayRefuse($"{player}", rung: 0, 7)));
        Assert.True(MayRefuse("0", rung: 0, 7));
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.True(MayRefuse("1999", rung: 0, 7));
    }

    private bool MayRefuse(string player, int rung, int index) => _refusals.MayRefuse(player, Ladder.Video[rung].Recipe, index);
}
