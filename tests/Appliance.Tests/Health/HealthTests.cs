using System.Net;
using Appliance.Tests.Hosting;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Health;

public sealed class HealthTests
{
    [Fact]
    public async Task Ready_WorkerSaidHello_Is200AndNamesTheEngine()
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        var answer = await appliance.GetJsonAsync("/health/ready");

        Assert.Equal("ready", answer.GetProperty("status").GetString());
        Assert.Equal("appliance/test (libtest 1.2.3)", answer.GetProperty("engine").GetString());
    }

    [Fact]
    public async Task Ready_NoWorkerCanStart_Is503WithTheReasonWhileLiveIs200()
    {
        var work = new ScriptedTranscoder
        {
            StartFailure = new(FailureStage.Worker, FailureCause.Internal, "libavcodec was not found."),
        };
        await using TestAppliance appliance = await TestAppliance.StartAsync(work);
        using HttpResponseMessage ready = await appliance.SendAsync(HttpMethod.Get, "/health/ready");
        using HttpResponseMessage live = await appliance.SendAsync(HttpMethod.Get, "/health/live");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("libavcodec was not found.", await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
    }
}
