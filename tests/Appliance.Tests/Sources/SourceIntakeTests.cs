using Appliance.Sources;
using Appliance.Tests.Hosting;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Sources;

public sealed class SourceIntakeTests
{
    [Fact]
    public async Task Probe_GivesWayToPlaying_IsTriedAgainAndAtLastFirst()
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync(new ScriptedTranscoder { ProbesToGiveWay = 3 });

        Assert.IsType<SourceState.Ready>(Assert.Single(appliance.Library.All).State);
        Assert.Equal(
            [WorkPriority.Background, WorkPriority.Background, WorkPriority.Background, WorkPriority.Playing],
            appliance.Work.Started.Where(started => started.Order is ProbeOrder).Select(started => started.Priority));
    }
}
