using Appliance.Tests.Hosting;

namespace Appliance.Tests.Hardware;

/// <summary>What the owner sees of it, in a browser.</summary>
public sealed class HardwarePageTests(MadeFilm film, ITestOutputHelper output)
{
    [Fact]
    public async Task Page_AfterAProbe_SaysWhyEachEncoderIsNotUsed()
    {
        string script = Scripts.OfBrowser("hardware.mjs");
        using var scratch = new ScratchFolder();
        await Scripts.SucceedsAsync(output, "node", script, "--program", House.Program, await film.BriefAsync(scratch.Path, seconds: 2));
    }
}
