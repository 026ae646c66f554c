using Appliance.Tests.Hosting;

namespace Appliance.Tests.Rewards;

/// <summary>What the owner sees of it, in a browser.</summary>
public sealed class EarningsPageTests(MadeFilm film, ITestOutputHelper output)
{
    [Fact]
    public async Task Page_AfterAnOrder_ShowsWhatWasEarnedByWhomAndProofs()
    {
        string script = Scripts.OfBrowser("earnings.mjs");
        Scripts.OfOracles("rewards");
        using var scratch = new ScratchFolder();
        await Scripts.SucceedsAsync(output, "node", script, "--program", House.Program, await film.BriefAsync(scratch.Path, seconds: 6));
    }
}
