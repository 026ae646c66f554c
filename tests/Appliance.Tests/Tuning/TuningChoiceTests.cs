using Appliance.Startup;
using Appliance.Tuning;
using Transcode.Engine.Recipes;

namespace Appliance.Tests.Tuning;

public sealed class TuningChoiceTests
{
    [Theory]
    [InlineData("time=3", 12, 0, 0, 0)]
    [InlineData("space=3.5", 0, 35, 0, 0)]
    [InlineData("deband=2,sharpen=20", 0, 0, 8, 20)]
    [InlineData("time=0.25, space=30, deband=16, sharpen=100", 1, 300, 64, 100)]
    [InlineData("space=0", 0, 0, 0, 0)]
    public void Strengths_AreTaken(string text, int temporal, int spatial, int deband, int sharpen) =>
        Assert.Equal(PictureTuning.Of(new(temporal, spatial, deband, sharpen)), TuningChoice.Parse(text));

    /// <summary>Colour is averaged as brightness is where nothing else is said; saying the same is the same recipe.</summary>
    [Theory]
    [InlineData("space=3", 30, 30)]
    [InlineData("space=3,colour=3", 30, 30)]
    [InlineData("colour=5.5,space=3", 30, 55)]
    [InlineData("space=3,colour=0", 30, 0)]
    [InlineData("colour=2", 0, 20)]
    public void Strength_OfColour_IsTaken(string text, int brightness, int colour) =>
        Assert.Equal(PictureTuning.Of(TuningPlan.None.WithSpatial(brightness, colour, colour)), TuningChoice.Parse(text));

    [Fact]
    public void Words_AreTaken()
    {
        Assert.Equal(PictureTuning.Auto, TuningChoice.Parse(null));
        Assert.Equal(PictureTuning.Auto, TuningChoice.Parse("auto"));
        Assert.Null(TuningChoice.Parse("off"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("on")]
    [InlineData("space")]
    [InlineData("space=")]
    [InlineData("space=much")]
    [InlineData("colour")]
    [InlineData("colour=red")]
    [InlineData("space=-3")]
    [InlineData("space=1e3")]
    [InlineData("space=9999999999")]
    [InlineData("space=3;time=2")]
    public void Nonsense_IsRefusedInOneLine(string text)
    {
        string message = Assert.Throws<UsageException>(() => TuningChoice.Parse(text)).Message;

        Assert.Equal($"--tuning wants auto, off, or any of time=N, space=N, colour=N, deband=N and sharpen=N, as space=3.5,sharpen=20, not {text}.", message);
    }

    [Theory]
    [InlineData("space=0.5")]
    [InlineData("space=31")]
    [InlineData("colour=0.9")]
    [InlineData("space=3,colour=31")]
    [InlineData("time=64")]
    [InlineData("deband=17")]
    [InlineData("sharpen=101")]
    public void Strength_ThatThereIsNot_IsRefusedWithThoseThatThereAre(string text) =>
        Assert.Equal(
            "--tuning: time goes from 0 to 63.75, space and colour are 0 or from 1 to 30, deband goes to 16, sharpen to 100.",
            Assert.Throws<UsageException>(() => TuningChoice.Parse(text)).Message);
}
