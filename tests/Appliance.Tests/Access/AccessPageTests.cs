using Appliance.Tests.Hosting;

namespace Appliance.Tests.Access;

/// <summary>What the owner does in a browser.</summary>
public sealed class AccessPageTests(MadeFilm film, ITestOutputHelper output)
{
    [Fact]
    public async Task Page_FromSetUpToAKey_LetsTheOwnerDecideAndPlay()
    {
        string script = Scripts.OfBrowser("access.mjs");
        using var scratch = new ScratchFolder();
        await Scripts.SucceedsAsync(output, "node", script, "--program", House.Program, await film.BriefAsync(scratch.Path, seconds: 6));
    }
}
