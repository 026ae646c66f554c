using System.Security.Cryptography;
using System.Text;
using Appliance.Startup;
using Appliance.Storage;
using Microsoft.AspNetCore.Hosting.Server;

namespace Appliance.Network.Advertising;

/// <summary>Has the system's avahi announce the box to the home, while others can reach it there at all. avahi looks at its folder by itself, so that no bus is spoken and
/// what a box that was killed left there is what the next start writes over.</summary>
internal sealed class Advertiser(
    ServiceFolder folder, NetworkSettingsFile settings, IServer server, ApplianceOptions options, DataFolder data, ILogger<Advertiser> logger) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>One file for one data folder: boxes on one machine leave each other's alone.</summary>
    private readonly string _file = Path.Combine(
        folder.Path, $"appliance-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data.Path)))[..8]}.service");

    private Task _following = Task.CompletedTask;
    private volatile Advertisement? _now;
    private byte[]? _written;

    public Advertisement Now => _now is not { } now ? Not("", "The box is starting.")
        : now.Is && !File.Exists(folder.Daemon) ? now with { Says = $"{now.Says} But nobody reads it: avahi-daemon does not run on this machine." }
        : now;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        RemoveLeftovers();
        _following = FollowAsync(_stop.Token);
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _following;
        Withdraw();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stop.Dispose();

    private async Task FollowAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Task changed = settings.Changed;
            Tell();
            await Task.WhenAny(changed, Task.Delay(Timeout.Infinite, stop));
        }
    }

    private void Tell()
    {
        ListeningPlace place = ListeningPlace.Of(server, options);
        string name = settings.Now.Name ?? ServiceFile.Label($"Appliance on {Environment.MachineName}");
        if (place.LoopbackOnly)
        {
            Withdraw();
            _now = Not(name, "Other devices are not shown this box, because it listens to its own machine only. Start it with --listen.");
            return;
        }

        byte[] content = ServiceFile.Write(name, place.Port, [$"version={ApplianceVersion.Text}", "path=/", $"tls={(place.IsEncrypted ? 1 : 0)}"]);
        if (_written is not null && content.AsSpan().SequenceEqual(_written))
        {
            return;
        }

        try
        {
            Put(content);
            _written = content;
            _now = new(true, name, ServiceFile.Service, _file, $"Other devices of the home are shown this box as “{name}”.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string why = !Directory.Exists(folder.Path) ? $"there is no folder {folder.Path}: avahi-daemon is not installed"
                : exception is UnauthorizedAccessException ? $"this program may not write into {folder.Path}"
                : exception.Message;
            _now = Not(name, $"Other devices are not shown this box: {why}.");
            logger.NotAdvertised(why);
        }
    }

    /// <summary>avahi takes up whatever ends in .service, and never what is half written, which ends otherwise. It takes a file for changed by the second of its time alone,
    /// so that one that comes within the same second has to be younger than it is.</summary>
    private void Put(byte[] content)
    {
        string unfinished = $"{_file}.{Guid.NewGuid():N}{DurableFile.TemporarySuffix}";
        try
        {
            File.WriteAllBytes(unfinished, content);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(unfinished, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
            }

            DateTime next = File.GetLastWriteTimeUtc(_file).AddSeconds(1);
            if (next > File.GetLastWriteTimeUtc(unfinished))
            {
                File.SetLastWriteTimeUtc(unfinished, next);
            }

            File.Move(unfinished, _file, overwrite: true);
        }
        catch
        {
            DurableFile.RemoveQuietly(unfinished);
            throw;
        }
    }

    /// <summary>What a box that was killed while writing left beside its file, which avahi does not look at.</summary>
    private void RemoveLeftovers()
    {
        try
        {
            foreach (string leftover in Directory.EnumerateFiles(folder.Path, $"{Path.GetFileName(_file)}.*{DurableFile.TemporarySuffix}"))
            {
                DurableFile.RemoveQuietly(leftover);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    private void Withdraw()
    {
        DurableFile.RemoveQuietly(_file);
        _written = null;
    }

    private Advertisement Not(string name, string why) => new(false, name, ServiceFile.Service, _file, why);
}
