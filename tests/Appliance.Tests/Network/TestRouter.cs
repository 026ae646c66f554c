using System.Diagnostics;
using System.Globalization;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Network;

/// <summary>A router as they stand in homes: a Linux that translates addresses and keeps strangers out, and miniupnpd. <c>lan0</c> is its side of the home.</summary>
internal sealed class TestRouter(NetworkPlace place, ScratchFolder scratch, string lanNetwork)
{
    private readonly string name = Guid.NewGuid().ToString("N")[..8];
    private Process? daemon;

    public NetworkPlace Place => place;

    /// <summary>Lines of its settings beside those that every test has.</summary>
    public string[] Settings { get; set; } = ["enable_natpmp=yes", "enable_upnp=yes"];

    /// <summary>Who may open ports.</summary>
    public string Permission { get; set; } = $"allow 1024-65535 {lanNetwork} 1024-65535";

    /// <summary>Forwards what the home sends and what answers it, and nothing else.</summary>
    public async Task TranslateAsync()
    {
        await place.ShellAsync("echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv6/conf/all/forwarding");
        await place.RunAsync("nft", "-f", scratch.File($"nft-{name}", """
            table inet filter {
              chain forward {
                type filter hook forward priority 0; policy drop;
                ct state established,related accept
                iifname "lan0" accept
                meta l4proto icmpv6 accept
                jump miniupnpd
              }
              chain miniupnpd { }
              chain prerouting { type nat hook prerouting priority -100; jump prerouting_miniupnpd; }
              chain postrouting { type nat hook postrouting priority 100; jump postrouting_miniupnpd; meta nfproto ipv4 oifname "wan0" masquerade; }
              chain prerouting_miniupnpd { }
              chain postrouting_miniupnpd { }
              chain input { type filter hook input priority 0; }
            }
            """));
    }

    /// <summary>Has the router not hear one version of what comes to the port that PCP and NAT-PMP share: miniupnpd speaks both or neither.</summary>
    public Task DropAsync(int version) => place.RunAsync("nft", "add", "rule", "inet", "filter", "input", "udp", "dport", "5351", "@th,64,8", $"{version}", "drop");

    public async Task StartAsync()
    {
        string settings = scratch.File($"miniupnpd-{name}.conf", string.Join('\n',
            [
                "ext_ifname=wan0", "listening_ip=lan0", "min_lifetime=4", "max_lifetime=86400", "system_uptime=no", $"uuid={Guid.NewGuid()}",
                .. Settings, Permission, "deny 0-65535 0.0.0.0/0 0-65535", "",
            ]));
        daemon = place.Stay("miniupnpd", "-d", "-f", settings, "-P", Path.Combine(scratch.Path, $"miniupnpd-{name}.pid"));
        _ = daemon.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        while (await daemon.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains("HTTP listening on port", StringComparison.Ordinal) || line.Contains("Listening for NAT-PMP/PCP", StringComparison.Ordinal))
            {
                _ = daemon.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return;
            }
        }

        Assert.Fail("miniupnpd did not start.");
    }

    /// <summary>Waits until it has run for so long: of one that fails right after its start, nobody could tell by its clock.</summary>
    public Task AgedAsync(TimeSpan age) => Until.HoldsAsync(() => Task.FromResult(DateTime.Now - daemon!.StartTime >= age));

    /// <summary>As when its power fails: what it was asked is forgotten.</summary>
    public async Task FailAsync()
    {
        await NetworkPlace.EndAsync(daemon!);
        await place.ShellAsync("nft flush chain inet filter miniupnpd; nft flush chain inet filter prerouting_miniupnpd; nft flush chain inet filter postrouting_miniupnpd");
    }

    /// <summary>Whether its own table lets anybody in, which is what counts, whatever it says.</summary>
    public async Task<bool> LetsInAsync(int port) =>
        (await place.RunAsync("nft", "list", "chain", "inet", "filter", "miniupnpd")).Contains($"dport {port.ToString(CultureInfo.InvariantCulture)} ", StringComparison.Ordinal);
}
