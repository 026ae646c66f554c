using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Network;

/// <summary>avahi on the box's machine announces it, and avahi on another one of the home sees it.</summary>
public sealed class AdvertisingTests
{
    [Fact]
    public async Task Box_IsSeenFromAnotherMachine_UnderItsNameAndPort_AndNotAfterItsEnd()
    {
        await using NetworkPlace box = await NetworkPlace.MakeAsync("avahi-daemon", "avahi-browse", "dbus-daemon");
        await using NetworkPlace other = await NetworkPlace.MakeAsync();
        using var scratch = new ScratchFolder();
        await box.ShellAsync($"ip link add eth0 type veth peer name eth0 netns {other.Id}; ip addr add 192.168.7.10/24 dev eth0; ip link set eth0 up");
        await other.ShellAsync("ip addr add 192.168.7.11/24 dev eth0; ip link set eth0 up");
        string services = await AnnounceAsync(box, scratch, "box");
        await AnnounceAsync(other, scratch, "other");

        // As a box that was killed left it: the next start writes over it.
        await using (BoxAtHome killed = await BoxAtHome.StartAsync(box, scratch, services: services))
        {
            await SeenAsync(other, line => line.Contains("_appliance._tcp", StringComparison.Ordinal));
            await killed.EndAsync("KILL");
        }

        string left = Assert.Single(Directory.GetFiles(services));
        await using BoxAtHome appliance = await BoxAtHome.StartAsync(box, scratch, services: services);
        Assert.Equal([left], Directory.GetFiles(services));
        await appliance.SetAsync("""{"reach":false,"name":"Küche & <Bad> 100%"}""");
        JsonElement advertised = (await appliance.NetworkAsync()).GetProperty("advertised");
        Assert.Equal((true, "Other devices of the home are shown this box as “Küche & <Bad> 100%”."), (advertised.GetProperty("is").GetBoolean(), advertised.GetProperty("says").GetString()));

        // avahi-browse writes what is not a letter or a digit as \ and three decimals (avahi-browse(1), --parsable).
        string[] seen = (await SeenAsync(other, line => line.StartsWith("=;", StringComparison.Ordinal) && line.Contains("100\\037", StringComparison.Ordinal))).Split(';');
        Assert.Equal(("_appliance._tcp", "192.168.7.10", "8080"), (seen[4], seen[7], seen[8]));
        Assert.Equal("K\\195\\188che\\032\\038\\032\\060Bad\\062\\032100\\037", seen[3]);
        Assert.Equal(["\"path=/\"", "\"tls=0\"", "\"version=0.1.0\""], seen[9].Split(' ').Order());

        await appliance.EndAsync("TERM");
        Assert.Empty(Directory.GetFiles(services));
        await Until.HoldsAsync(async () => await BrowseAsync(other) is { } all && !all.Contains("_appliance._tcp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Box_WithoutAvahi_SaysSo_AndRuns()
    {
        await using NetworkPlace place = await NetworkPlace.MakeAsync();
        using var scratch = new ScratchFolder();
        await using BoxAtHome box = await BoxAtHome.StartAsync(place, scratch);

        Assert.Equal(
            $"Other devices are not shown this box: there is no folder {scratch.Path}/no-services: avahi-daemon is not installed.",
            (await box.NetworkAsync()).GetProperty("advertised").GetProperty("says").GetString());
    }

    /// <summary>Starts a bus and avahi in a place, both with folders of their own mounted over the machine's.</summary>
    /// <returns>Its folder of services.</returns>
    private static async Task<string> AnnounceAsync(NetworkPlace place, ScratchFolder scratch, string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(scratch.Path, name)).FullName;
        string settings = scratch.File($"{name}/avahi-daemon.conf", $"""
            [server]
            host-name={name}
            use-ipv4=yes
            use-ipv6=no
            allow-interfaces=eth0
            [wide-area]
            enable-wide-area=no
            [rlimits]

            """);
        await place.ShellAsync($"""
            mount --make-rprivate /
            mkdir -p {folder}/services {folder}/run/dbus {folder}/run/avahi-daemon
            mount --bind {folder}/services /etc/avahi/services
            mount --bind {folder}/run /run
            """);
        place.Stay("dbus-daemon", "--system", "--nofork", "--nopidfile");
        await Until.HoldsAsync(() => Task.FromResult(File.Exists($"{folder}/run/dbus/system_bus_socket")));
        var daemon = place.Stay("avahi-daemon", "-f", settings, "--no-drop-root", "--no-chroot", "--no-rlimits");
        _ = daemon.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        while (await daemon.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.Contains("Server startup complete", StringComparison.Ordinal))
        {
        }

        _ = daemon.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        return $"{folder}/services";
    }

    private static async Task<string> SeenAsync(NetworkPlace place, Predicate<string> looksSo)
    {
        string? line = null;
        await Until.HoldsAsync(async () => (line = (await BrowseAsync(place))?.Split('\n').FirstOrDefault(found => looksSo(found))) is not null);
        return line!;
    }

    /// <returns>Null where a machine with much to do was not done with it: one that was told half says nothing.</returns>
    private static async Task<string?> BrowseAsync(NetworkPlace place)
    {
        const int TimedOut = 124;
        (int code, string printed) = await place.TryAsync("timeout", "30", "avahi-browse", "--resolve", "--terminate", "--parsable", "_appliance._tcp");
        Assert.True(code is 0 or TimedOut, printed);
        return code == 0 ? printed : null;
    }
}
