using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Appliance.Access.Keys;
using Appliance.Access.Owner;
using Appliance.Admission;
using Appliance.Playback;
using Appliance.Rewards.Accounts;
using Appliance.Sources;
using Appliance.Sources.Remote;
using Appliance.Startup;
using Appliance.Transcoding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Hosting;

/// <summary>The appliance as it runs, on a free port of this machine, with scripted workers.</summary>
internal sealed class TestAppliance : IAsyncDisposable
{
    /// <summary>What the box takes itself to have, whatever machine the tests run on.</summary>
    public const int Slots = 2;

    private readonly WebApplication _app;
    private readonly ScratchFolder? _ownFolder;
    private string? _token;

    private TestAppliance(WebApplication app, ScriptedTranscoder work, ScratchFolder? ownFolder)
    {
        _app = app;
        _ownFolder = ownFolder;
        Work = work;
        BaseAddress = new Uri($"http://127.0.0.1:{ApplianceServer.BoundPort(app)}");
        Client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64, UseCookies = false }) { BaseAddress = BaseAddress };
    }

    public Uri BaseAddress { get; }

    public HttpClient Client { get; }

    public ScriptedTranscoder Work { get; }

    public SegmentCache Cache => _app.Services.GetRequiredService<SegmentCache>();

    public SegmentStore Store => _app.Services.GetRequiredService<SegmentStore>();

    public Capacity Capacity => _app.Services.GetRequiredService<Capacity>();

    public SegmentShelf Shelf => _app.Services.GetRequiredService<SegmentShelf>();

    public BoxAccounts Accounts => _app.Services.GetRequiredService<BoxAccounts>();

    public SourceLibrary Library => _app.Services.GetRequiredService<SourceLibrary>();

    /// <summary>A key with the owner's scope.</summary>
    public string Token => _token ??= Key("owner");

    public IServiceProvider Services => _app.Services;

    /// <summary>Serves one file, and waits until it is ready.</summary>
    public static async Task<TestAppliance> StartAsync(
        ScriptedTranscoder? work = null,
        ScratchFolder? folder = null,
        CacheLimits? limits = null,
        int slots = Slots,
        long? jobsQuotaBytes = null,
        MinDataRate? slowestReader = null,
        TimeProvider? time = null,
        string? film = null,
        ITranscoder? workers = null,
        Func<ApplianceOptions, ApplianceOptions>? options = null,
        Action<WebApplicationBuilder>? adjust = null,
        AllowedOrigins? allowed = null)
    {
        ScratchFolder? own = folder is null ? new ScratchFolder() : null;
        ScratchFolder data = folder ?? own!;
        film ??= data.File(Path.Combine("films", "A film.mkv"));
        work ??= new ScriptedTranscoder();
        var given = new ApplianceOptions([film], 0, Path.Combine(data.Path, "data"), IPAddress.Loopback, 1L << 30, NewOwner: false);
        given = given with { JobsQuotaBytes = jobsQuotaBytes ?? given.JobsQuotaBytes, AllowedOrigins = allowed ?? given.AllowedOrigins };
        WebApplication app = Program.Build(options?.Invoke(given) ?? given, builder =>
        {
            builder.Services.AddSingleton<IStartupFilter, FarAddresses>();
            builder.Services.AddSingleton(workers ?? work);
            builder.Services.AddSingleton(new WorkerPoolOptions { Slots = slots });
            if (time is not null)
            {
                builder.Services.AddSingleton(time);
            }

            if (limits is not null)
            {
                builder.Services.AddSingleton(limits);
            }

            if (slowestReader is not null)
            {
                builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MinResponseDataRate = slowestReader);
            }

            adjust?.Invoke(builder);
        });
        app.OfferSources();
        await app.StartAsync(TestContext.Current.CancellationToken);
        var appliance = new TestAppliance(app, work, own);
        if (work.StartFailure is null)
        {
            await appliance.UntilReadyAsync();
        }

        return appliance;
    }

    /// <summary>The console's code; null where there is an owner.</summary>
    public string? Code => _app.Services.GetRequiredService<SetupCode>().Text;

    /// <summary>Makes a key with these scopes.</summary>
    public string Key(params string[] scopes) => _app.Services.GetRequiredService<KeyShelf>().Add(new("test", scopes))!.Value.Text;

    /// <summary>Address of the one source's file in the named rendition.</summary>
    public string Url(string rendition, string file)
    {
        Source source = Library.All.Single();
        var ready = (SourceState.Ready)source.State;
        var found = ready.Ladder.Renditions.Concat(ready.Ladder.Text).Single(r => r.Name == rendition);
        return $"/v1/sources/{source.Id}/hls/{RenditionId.Of(found, ready.Engine)}/{file}";
    }

    public SegmentOrder Order(string rendition, int index)
    {
        var ready = (SourceState.Ready)Library.All.Single().State;
        return new(ready.Description, ready.Ladder.Renditions.Single(r => r.Name == rendition).Recipe, index);
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string url, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, url);
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public Task<byte[]> GetBytesAsync(string url) => Client.GetByteArrayAsync(url, TestContext.Current.CancellationToken);

    public Task<string> GetTextAsync(string url) => Client.GetStringAsync(url, TestContext.Current.CancellationToken);

    public async Task<JsonElement> GetJsonAsync(string url) =>
        await Client.GetFromJsonAsync<JsonElement>(url, TestContext.Current.CancellationToken);

    /// <summary>Waits until all flights have landed, disk included.</summary>
    public Task UntilLandedAsync() => Until.HoldsAsync(() => Cache.Status.Flights == 0);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        _ownFolder?.Dispose();
    }

    private Task UntilReadyAsync() => Until.HoldsAsync(() => Library.All.Count > 0 && !Library.All.Any(s => s.State is SourceState.Probing));
}
