using Appliance.Tests.Hosting;

namespace Appliance.Tests.Page;

public sealed class SuggestedBitrateTests
{
    [Fact]
    public async Task Levels_StayBelowWhatTheBoxSuggests()
    {
        Assert.SkipUnless(House.HasProgram("node"), "Node.js is not on this machine.");
        Assert.SkipUnless(
            Directory.Exists(House.At("src", "Appliance", "web", "node_modules", "esbuild")), "The page's packages are not installed.");
        (int code, string output) = await House.RunAsync("node", House.At("tests", "browser", "suggested-bitrate.mjs"));

        Assert.True(code == 0, output);
        Assert.Contains("The page heeds what the box suggests.", output, StringComparison.Ordinal);
    }
}
