using Appliance.Playback;
using Appliance.Tests.Hosting;
using Transcode.Engine.Recipes;

namespace Appliance.Tests.Playback;

/// <summary>Whose work it was, as reports of a rung that a device is to make tell.</summary>
public sealed class WorkShareTests
{
    [Theory]
    [InlineData("h264_vaapi", "device", "none")]
    [InlineData("h264_vaapi+libx264", "both", "device")]
    [InlineData("libx264", "software", "device")]
    public void Encoded_OfADevicesRung_IsByWhatTheReportNames(string encoder, string by, string reason)
    {
        var own = (VideoRecipe)Ladder.For(new ScriptedTranscoder().Description).Video.First(rung => rung.Recipe is VideoRecipe).Recipe;

        Assert.Equal(new WorkShare(by, reason), WorkShare.Encoded(own with { Encoder = "h264_vaapi", Spare = "libx264", EncoderDevice = "0123456789abcdef", ParameterSets = "" }, encoder));
        Assert.Equal(new WorkShare("software", "unused"), WorkShare.Encoded(own, "libx264"));
    }
}
