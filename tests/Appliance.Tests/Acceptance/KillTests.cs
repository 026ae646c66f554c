using Appliance.Tests.Hosting;

namespace Appliance.Tests.Acceptance;

/// <summary>Short forms of the commands of tests/endurance.</summary>
public sealed class KillTests(MadeFilm film, ITestOutputHelper output)
{
    [Fact]
    public async Task KilledWorkers_EightInstantsFiveClients_EverySegmentArrivesTheSame()
    {
        using var folder = new ScratchFolder();
        string brief = await film.BriefAsync(folder.Path, 12);
        await Scripts.SucceedsAsync(output, "node", [House.At("tests", "endurance", "kill-workers.mjs"), "--program", House.Program, "--kills", "8", brief]);
    }

    [Fact]
    public async Task KilledAppliance_ThreeInstantsOfABatchJob_TheJobEndsWithTheSameBytes()
    {
        using var folder = new ScratchFolder();
        string brief = await film.BriefAsync(folder.Path, 12);
        await Scripts.SucceedsAsync(output, "node", [House.At("tests", "endurance", "kill-appliance.mjs"), "--program", House.Program, "--kills", "3", brief]);
    }
}
