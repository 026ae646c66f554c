using Appliance.Tests.Hosting;

namespace Appliance.Tests.Startup;

public sealed class ReleaseTests(ITestOutputHelper output)
{
    /// <summary>What trimming and compiling ahead could have broken. Making the release takes minutes, so the one that is there is tried, if it is of these sources.</summary>
    [Fact]
    public async Task Release_ByItself_AnswersPlaysAndEnds()
    {
        const int NothingToTry = 77;
        Assert.SkipUnless(House.HasProgram("ffmpeg") && House.HasProgram("curl"), "The programs ffmpeg and curl are not on this machine.");
        (int code, string printed) = await House.RunAsync(House.At("tests", "release", "try"), "--as-it-is");
        output.WriteLine(printed);

        Assert.SkipWhen(code == NothingToTry, printed.Trim());
        Assert.True(code == 0, printed);
    }
}
