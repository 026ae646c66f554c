using Appliance.Tests.Hosting;

namespace Appliance.Tests.Network;

/// <summary>What the owner sees of it, in a browser.</summary>
public sealed class NetworkPageTests(MadeFilm film, ITestOutputHelper output)
{
    [Fact]
    public async Task Page_SaysHowTheBoxIsReached_AndLetsItsOwnerSay()
    {
        string script = Scripts.OfBrowser("network.mjs");
        using var scratch = new ScratchFolder();
        await Scripts.SucceedsAsync(output, "node", script, "--program", House.Program, await film.BriefAsync(scratch.Path, seconds: 2));
    }
}
