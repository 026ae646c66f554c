using Transcode.Engine.Recipes;
using Transcode.Engine.Tuning.Plans;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Plans;

/// <summary>What the rule decides by what a shot is like, worked out by hand.</summary>
public sealed class TuningRuleTests
{
    private static readonly TuningMeasures Clean = new(Noise: 0.4, Banding: 0.5, Flatness: 0.5, SpatialInformation: 40, Sharpness: 0.6, Energy: 20);

    public static TheoryData<TuningMeasures, TuningPlan> Shots => new()
    {
        { Clean, TuningPlan.None },
        { Clean with { Noise = 1.19 }, TuningPlan.None },
        { Clean with { Noise = 1.2 }, new(0, 13, 0, 0) },
        { Clean with { Noise = 3.5 }, new(0, 31, 0, 0) },
        { Clean with { Noise = 50 }, new(0, 170, 0, 0) },
        { Clean with { Banding = 7.9 }, TuningPlan.None },
        { Clean with { Banding = 8 }, new(0, 0, 8, 0) },
        { Clean with { Noise = 3.5, Banding = 9, Sharpness = 0.1 }, new(0, 31, 0, 0) },
        { Clean with { Sharpness = 0.175 }, new(0, 0, 0, 20) },
        { Clean with { Sharpness = null }, TuningPlan.None },
        { Clean with { Sharpness = 0 }, new(0, 0, 0, 40) },
    };

    [Theory]
    [MemberData(nameof(Shots))]
    public void Plan_OfAShot_IsWhatItNeeds(TuningMeasures measures, TuningPlan expected)
    {
        List<string> reasons = [];

        Assert.Equal(expected, TuningRule.Decide(measures, reasons));
        Assert.Equal(["noise", "bands", "edges"], reasons.Select(reason => reason[..reason.IndexOf(':')]));
        Assert.True(expected.IsPossible());
    }

    /// <summary>Strength is taken back by halves until texture keeps what it must, and all of it where nothing else helps.</summary>
    [Theory]
    [InlineData(100, 0)]
    [InlineData(60, 1)]
    [InlineData(30, 2)]
    [InlineData(0, 3)]
    public void Plan_ThatTakesDetail_IsWeakened(int strongestHarmless, int steps)
    {
        List<string> reasons = [];
        List<TuningPlan> tried = [];
        TuningPlan plan = TuningRule.Guarded(
            new(0, 72, 16, 20),
            asked =>
            {
                tried.Add(asked);
                return asked.SpatialTenths <= strongestHarmless ? 0.97 : 0.96;
            },
            reasons);

        int[] strengths = [72, 36, 18, 0];
        Assert.Equal(new(0, strengths[steps], 16, 20), plan);
        Assert.Equal(steps, reasons.Count);
        Assert.All(tried, asked => Assert.Equal((0, 0, 0), (asked.TemporalQuarters, asked.DebandQuarters, asked.SharpenHundredths)));
    }

    [Fact]
    public void Plan_WithoutTexture_Stays() =>
        Assert.Equal(new(0, 72, 0, 0), TuningRule.Guarded(new(0, 72, 0, 0), _ => null, []));

    [Theory]
    [InlineData(-1, 0, 0, 0)]
    [InlineData(256, 0, 0, 0)]
    [InlineData(0, 9, 0, 0)]
    [InlineData(0, 301, 0, 0)]
    [InlineData(0, 0, 65, 0)]
    [InlineData(0, 0, 0, 101)]
    public void Strength_OutOfRange_IsNotPossible(int temporal, int spatial, int deband, int sharpen) =>
        Assert.False(new TuningPlan(temporal, spatial, deband, sharpen).IsPossible());
}
