using Appliance.Tests.Hosting;

namespace Appliance.Tests.OwnersView;

/// <summary>What the owner sees and does on his screens, in a browser.</summary>
public sealed class OwnerScreensPageTests(MadeFilm film, ITestOutputHelper output)
{
    [Fact]
    public async Task Screens_AsTheOwnerUsesThem_TellAndDoWhatTheySay()
    {
        string script = Scripts.OfBrowser("owner-screens.mjs");
        using var scratch = new ScratchFolder();
        await Scripts.SucceedsAsync(output, "node", script, "--program", House.Program, await film.BriefAsync(scratch.Path, seconds: 20));
    }
}
