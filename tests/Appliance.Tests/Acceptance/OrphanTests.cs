using Appliance.Tests.Hosting;

namespace Appliance.Tests.Acceptance;

/// <summary>However the appliance ends, its workers end with it.</summary>
public sealed class OrphanTests(MadeFilm film)
{
    [Theory]
    [InlineData("TERM", 0)]
    [InlineData("KILL", 137)]
    public async Task Appliance_EndedWhileItWorks_LeavesNoWorker(string signal, int exitCode)
    {
        using var folder = new ScratchFolder();
        await using RunningAppliance box = await RunningAppliance.StartAsync(await film.PathAsync(), folder.Path);
        string rung = (await box.RenditionsAsync())[0];
        using HttpResponseMessage response = await box.Client.GetAsync(
            $"{rung}/3.m4s", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.NotEmpty(box.LivingWorkers());

        Assert.Equal(exitCode, await box.EndAsync(signal));

        // After KILL it is the kernel that tells them, each for itself.
        await Until.HoldsAsync(() => box.LivingWorkers().Length == 0);
    }
}
