using System.Text.Json;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tuning.Plans;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Plans;

/// <summary>What the rule decides by what a shot is like, worked out by hand.</summary>
public sealed class TuningRuleTests
{
    private static readonly TuningMeasures Clean = new(Noise: 0.4, CbNoise: 0.3, CrNoise: 0.3, Banding: 0.5, Flatness: 0.5, SpatialInformation: 40, Sharpness: 0.6, Energy: 20);

    public static TheoryData<TuningMeasures, TuningPlan> Shots => new()
    {
        { Clean, TuningPlan.None },
        { Clean with { Noise = 1.19 }, TuningPlan.None },
        { Clean with { Noise = 1.2 }, Averaged(14, 0, 0) },
        { Clean with { Noise = 3.5 }, Averaged(34, 0, 0) },
        { Clean with { Noise = 50 }, Averaged(190, 0, 0) },
        { Clean with { CbNoise = 1.19, CrNoise = 1.19 }, TuningPlan.None },
        { Clean with { CbNoise = 1.2 }, Averaged(0, 13, 0) },
        { Clean with { CrNoise = 3.5 }, Averaged(0, 0, 31) },
        { Clean with { Noise = 3.5, CbNoise = 2, CrNoise = 50 }, Averaged(34, 17, 170) },
        { Clean with { CbNoise = 2, Banding = 8, Sharpness = 0.175 }, Averaged(0, 17, 0) with { DebandQuarters = 8, SharpenHundredths = 20 } },
        { Clean with { Banding = 7.9 }, TuningPlan.None },
        { Clean with { Banding = 8 }, new(0, 0, 8, 0) },
        { Clean with { Noise = 3.5, Banding = 9, Sharpness = 0.1 }, Averaged(34, 0, 0) },
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
        Assert.Equal(["noise", "noise of Cb", "noise of Cr", "bands", "edges"], reasons.Select(reason => reason[..reason.IndexOf(':')]));
        Assert.True(expected.IsPossible());
    }

    /// <summary>Strength is taken back by halves until texture keeps what it must, and all of it where nothing else helps: of each plane for itself.</summary>
    [Theory]
    [InlineData(100, 0, 0)]
    [InlineData(100, 1, 0)]
    [InlineData(60, 0, 1)]
    [InlineData(30, 1, 2)]
    [InlineData(0, 2, 3)]
    public void Plan_ThatTakesDetail_IsWeakened(int strongestHarmless, int plane, int steps)
    {
        List<string> reasons = [];
        List<TuningPlan> tried = [];
        TuningPlan plan = TuningRule.Guarded(
            new(0, 72, 16, 20),
            asked =>
            {
                tried.Add(asked);
                return [.. Enumerable.Range(0, 3).Select(one => one != plane || asked.SpatialTenthsOf(one) <= strongestHarmless ? 0.97 : (double?)0.96)];
            },
            reasons);

        int[] strengths = [72, 36, 18, 0];
        int[] expected = [72, 72, 72];
        expected[plane] = strengths[steps];
        Assert.Equal(expected, Enumerable.Range(0, 3).Select(plan.SpatialTenthsOf));
        Assert.Equal((0, 16, 20), (plan.TemporalQuarters, plan.DebandQuarters, plan.SharpenHundredths));
        Assert.Equal(steps, reasons.Count);
        Assert.All(reasons, reason => Assert.StartsWith(plane == 0 ? "noise:" : plane == 1 ? "noise of Cb:" : "noise of Cr:", reason, StringComparison.Ordinal));
        Assert.All(tried, asked => Assert.Equal((0, 0, 0), (asked.TemporalQuarters, asked.DebandQuarters, asked.SharpenHundredths)));
    }

    [Fact]
    public void Plan_WithoutTexture_Stays() =>
        Assert.Equal(Averaged(72, 0, 90), TuningRule.Guarded(Averaged(72, 0, 90), _ => [null, null, null], []));

    /// <summary>What is not averaged is not looked at.</summary>
    [Fact]
    public void Plan_WithoutAveraging_Stays() =>
        Assert.Equal(new(0, 0, 8, 20), TuningRule.Guarded(new(0, 0, 8, 20), _ => throw new InvalidOperationException(), []));

    /// <summary>A recipe's JSON says of colour only what is other than of brightness, so that plans without it are the recipes that they were.</summary>
    [Theory]
    [InlineData(20, 20, 20, "\"spatialTenths\":20,\"debandQuarters\":0,\"sharpenHundredths\":0")]
    [InlineData(20, 0, 0, "\"cbTenths\":0,\"crTenths\":0")]
    [InlineData(0, 38, 0, "\"cbTenths\":38")]
    public void Plan_AsJson_ComesBack(int brightness, int cb, int cr, string words)
    {
        TuningPlan plan = Averaged(brightness, cb, cr);
        string json = JsonSerializer.Serialize(PictureTuning.Of(plan), EngineJson.Default.PictureTuning);

        Assert.Contains(words, json, StringComparison.Ordinal);
        Assert.Equal(cb != brightness, json.Contains("cbTenths", StringComparison.Ordinal));
        Assert.Equal(cr != brightness, json.Contains("crTenths", StringComparison.Ordinal));
        Assert.Equal(plan, JsonSerializer.Deserialize(json, EngineJson.Default.PictureTuning)!.Plan);
        Assert.Equal([brightness, cb, cr], Enumerable.Range(0, 3).Select(plan.SpatialTenthsOf));
    }

    [Theory]
    [InlineData(-1, 0, 0, 0)]
    [InlineData(256, 0, 0, 0)]
    [InlineData(0, 9, 0, 0)]
    [InlineData(0, 301, 0, 0)]
    [InlineData(0, 0, 65, 0)]
    [InlineData(0, 0, 0, 101)]
    public void Strength_OutOfRange_IsNotPossible(int temporal, int spatial, int deband, int sharpen) =>
        Assert.False(new TuningPlan(temporal, spatial, deband, sharpen).IsPossible());

    [Theory]
    [InlineData(null, true)]
    [InlineData(0, true)]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-1, false)]
    public void Strength_ForColour_HasTheSameRange(int? tenths, bool isPossible)
    {
        Assert.Equal(isPossible, new TuningPlan(0, 20, 0, 0) { CbTenths = tenths }.IsPossible());
        Assert.Equal(isPossible, new TuningPlan(0, 20, 0, 0) { CrTenths = tenths }.IsPossible());
    }

    private static TuningPlan Averaged(int brightness, int cb, int cr) => TuningPlan.None.WithSpatial(brightness, cb, cr);
}
