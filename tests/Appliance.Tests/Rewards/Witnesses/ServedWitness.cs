using System.Net;
using Appliance.Rewards.Log.Witnesses;
using Appliance.Startup;
using Appliance.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using global::Rewards.Log;

namespace Appliance.Tests.Rewards.Witnesses;

/// <summary>A witness as <c>rewards witness</c> serves it, which can go away and come back.</summary>
internal sealed class ServedWitness : IAsyncDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly NoteKey log;
    private WitnessHome? home;
    private WebApplication? app;
    private int port;

    private ServedWitness(NoteKey log) => this.log = log;

    public NoteKey Key { get; private set; } = null!;

    public string Url => $"http://127.0.0.1:{port}";

    public LogWitness Witness => home!.Witness;

    /// <summary>What it cosigned last of each log.</summary>
    public string Memory => Path.Combine(folder.Path, "state", "witnessed");

    public (NoteKey Key, string Url) Setting => (Key, Url);

    public static async Task<ServedWitness> StartAsync(NoteKey log)
    {
        var witness = new ServedWitness(log);
        await witness.ComeAsync();
        witness.Key = witness.Witness.VerifierKey;
        return witness;
    }

    /// <summary>On the same port as before.</summary>
    public async Task ComeAsync()
    {
        string state = Directory.CreateDirectory(Path.Combine(folder.Path, "state")).FullName;
        home = WitnessHome.Open(Path.Combine(folder.Path, "witness.key"), state, [log], TimeProvider.System);
        app = WitnessServer.Build(home.Witness, new IPEndPoint(IPAddress.Loopback, port));
        await app.StartAsync(TestContext.Current.CancellationToken);
        port = ApplianceServer.BoundPort(app);
    }

    public async Task GoAsync()
    {
        if (app is not null)
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
            app = null;
        }

        home?.Dispose();
        home = null;
    }

    public async ValueTask DisposeAsync()
    {
        await GoAsync();
        folder.Dispose();
    }
}
