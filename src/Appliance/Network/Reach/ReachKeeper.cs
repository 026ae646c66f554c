using System.Net.Sockets;
using Appliance.Startup;
using Microsoft.AspNetCore.Hosting.Server;

namespace Appliance.Network.Reach;

/// <summary>Keeps the ways from outside as the owner wants them, for as long as the box runs. What the box serves never waits for it.</summary>
internal sealed class ReachKeeper(
    NetworkSettingsFile settings, IServer server, ApplianceOptions options, TimeProvider time, ILogger<ReachKeeper> logger) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly FamilyReach[] _families = [new(AddressFamily.InterNetwork, settings, time, logger), new(AddressFamily.InterNetworkV6, settings, time, logger)];
    private Task _running = Task.CompletedTask;

    /// <summary>Of IPv4, then of IPv6.</summary>
    public IReadOnlyList<ReachState> States => [.. _families.Select(family => family.State)];

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Once the port is known.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        ListeningPlace place = ListeningPlace.Of(server, options);
        _running = Task.WhenAll(_families.Select(family => Task.Run(() => family.RunAsync(place, _stop.Token), CancellationToken.None)));
        return Task.CompletedTask;
    }

    /// <summary>Closes the ways while streams end, not after them.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => _stop.CancelAsync();

    /// <summary>Each way has its own patience, so that this ends.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _running;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _stop.Dispose();
        foreach (FamilyReach family in _families)
        {
            family.Dispose();
        }
    }
}
