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

    /// <summary>The short form of <c>tests/endurance/kill-orders</c>.</summary>
    [Fact]
    public async Task Appliance_KilledWhileSomebodyPays_LosesAndDoublesNothing()
    {
        Assert.SkipUnless(House.HasProgram("ffmpeg"), "The ffmpeg program, which makes the films, is not on this machine.");
        await Scripts.SucceedsAsync(output, "node", Scripts.OfOracles("rewards", "kill-orders.mjs"), "--program", House.Program, "--kills", "3");
    }
}
