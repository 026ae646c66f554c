using System.Net;
using System.Text.Json;
using Appliance.Rewards.Log;
using Appliance.Startup;
using Appliance.Tests.Hosting;
using Appliance.Transcoding;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Startup;

public sealed class FirstAnswerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Keys, log and books are opened once the box listens: who does not ask for them is answered meanwhile, and who does waits until they are open.</summary>
    [Fact(Timeout = 120_000)]
    public async Task Start_WhileTheLogIsStillBeingOpened_AnswersWhoNeedsNoLog()
    {
        using var folder = new ScratchFolder();
        using var opening = new SemaphoreSlim(0);
        using var mayOpen = new ManualResetEventSlim();
        var options = new ApplianceOptions([folder.File("A film.mkv")], 0, Path.Combine(folder.Path, "data"), IPAddress.Loopback, 1L << 30, NewOwner: false);
        await using WebApplication app = Program.Build(options, builder =>
        {
            builder.Services.AddSingleton<ITranscoder>(new ScriptedTranscoder());
            builder.Services.AddSingleton(new WorkerPoolOptions { Slots = 1 });
            builder.Services.AddSingleton(services =>
            {
                opening.Release();
                mayOpen.Wait(Token);
                return ActivatorUtilities.CreateInstance<PublicLog>(services);
            });
        });
        await app.StartAsync(Token);
        try
        {
            // Nobody asked: the bookkeeper itself opens it.
            await opening.WaitAsync(Token);
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{ApplianceServer.BoundPort(app)}") };
            using HttpResponseMessage live = await client.GetAsync("/health/live", Token);
            using HttpResponseMessage sources = await client.GetAsync("/v1/sources", Token);
            Task<HttpResponseMessage> asked = client.GetAsync("/v1/identity", Token);

            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
            Assert.Equal(HttpStatusCode.OK, sources.StatusCode);
            Assert.False(asked.IsCompleted);

            mayOpen.Set();
            using HttpResponseMessage identity = await asked;
            using JsonDocument keys = JsonDocument.Parse(await identity.Content.ReadAsStringAsync(Token));
            Assert.Equal(HttpStatusCode.OK, identity.StatusCode);
            Assert.StartsWith("0x", keys.RootElement.GetProperty("device").GetString(), StringComparison.Ordinal);
        }
        finally
        {
            mayOpen.Set();
            await app.StopAsync(CancellationToken.None);
        }
    }
}
