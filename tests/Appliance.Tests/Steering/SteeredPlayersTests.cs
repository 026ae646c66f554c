using Appliance.Tests.Hosting;

namespace Appliance.Tests.Steering;

/// <summary>Players that others wrote, led from the box to a CDN and back while they play, without standing still.</summary>
public sealed class SteeredPlayersTests(ITestOutputHelper output)
{
    /// <summary>Killed and back; in the long form also stopping and back, and too busy.</summary>
    [Theory]
    [InlineData("hls.js", "--brief")]
    [InlineData("dash.js", "--brief", Explicit = true)]
    [InlineData("hls.js", Explicit = true)]
    public async Task Player_BoxKilledStoppedAndBusy_PlaysOnElsewhereAndComesBack(string player, params string[] how)
    {
        Assert.SkipUnless(House.HasProgram("ffmpeg"), "The ffmpeg program, which makes the films, is not on this machine.");
        Assert.SkipUnless(File.Exists("/usr/sbin/nginx"), "nginx is not on this machine.");
        await Scripts.SucceedsAsync(output, "node", [Scripts.OfBrowser("steering.mjs"), "--program", House.Program, "--player", player, .. how]);
    }
}
