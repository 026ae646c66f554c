using Appliance.Startup;
using Appliance.Tuning;
using Transcode.Engine.Recipes;

namespace Appliance.Tests.Tuning;

public sealed class ToneMapChoiceTests
{
    public static TheoryData<string?, PictureToneMap> Choices => new()
    {
        { null, PictureToneMap.Auto },
        { "auto", PictureToneMap.Auto },
        { "curve=bt2390,gamut=desaturate,peak=shots", PictureToneMap.Auto },
        { "curve=spline", PictureToneMap.Auto with { Curve = "spline-1" } },
        { "curve=mobius, gamut=clip, peak=film", new() { Curve = "mobius-1", Gamut = "clip-1" } },
        { "peak=203", PictureToneMap.Auto with { PeakRule = null, PeakNits = 203 } },
        { "peak=10000", PictureToneMap.Auto with { PeakRule = null, PeakNits = 10_000 } },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public void Choice_InWords_IsWhatItSays(string? text, PictureToneMap expected) => Assert.Equal(expected, ToneMapChoice.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("off")]
    [InlineData("curve")]
    [InlineData("curve=hable")]
    [InlineData("gamut=shots")]
    [InlineData("peak=")]
    [InlineData("peak=-5")]
    [InlineData("peak=1e3")]
    [InlineData("curve=spline;peak=600")]
    public void Choice_WithoutSense_IsOneLine(string text)
    {
        string message = Assert.Throws<UsageException>(() => ToneMapChoice.Parse(text)).Message;

        Assert.Equal(
            $"--tone-map wants auto, or any of curve=bt2390/mobius/spline, peak=shots/film/NITS and gamut=desaturate/clip, as curve=spline,peak=600, not {text}.", message);
    }

    [Theory]
    [InlineData("202")]
    [InlineData("10001")]
    public void Peak_BeyondWhatThereIs_IsOneLine(string nits) => Assert.Equal(
        $"--tone-map: peak goes from 203 to 10000 cd/m², or is shots or film, not {nits}.",
        Assert.Throws<UsageException>(() => ToneMapChoice.Parse($"peak={nits}")).Message);
}
