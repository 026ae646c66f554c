using Appliance.Tests.Hosting;

namespace Appliance.Tests.Live;

/// <summary>What is seen of it, in a browser.</summary>
public sealed class LivePageTests(MadeFilm film, ITestOutputHelper output)
{
    [Fact]
    public async Task Library_FilmsThatComeAndGo_AreSeenWithoutReloadingAndWithoutPolling()
    {
        string script = Scripts.OfBrowser("live.mjs");
        using var scratch = new ScratchFolder();
        string[] films = [await film.BriefAsync(scratch.Path, seconds: 2), await film.BriefAsync(scratch.Path, seconds: 3)];
        await Scripts.SucceedsAsync(output, "node", [script, "--program", House.Program, .. films]);
    }
}
