using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Network;

/// <summary>A box behind a router, and somebody outside who tries to reach it.</summary>
public sealed class ReachTests
{
    private const string Live = "GET /health/live HTTP/1.0\r\n\r\n";
    private const string Wanted = """{"reach":true,"leaseSeconds":10}""";

    [Theory]
    [InlineData("PCP")]
    [InlineData("NAT-PMP")]
    [InlineData("UPnP IGD")]
    public async Task Box_ByEachLanguage_IsReachedWhileTheOwnerWantsIt_AndNotAfter(string language)
    {
        await using HomeNetwork network = await HomeNetwork.MakeAsync();
        await SpeakAsync(network.Router, language);
        await using BoxAtHome box = await BoxAtHome.StartAsync(network.Home, network.Scratch);
        Assert.Equal("Off", (await box.PathAsync()).GetProperty("standing").GetString());
        Assert.Null(await network.World.AskAsync(HomeNetwork.Outside, BoxAtHome.Port, Live));

        await box.SetAsync(Wanted);
        JsonElement path = await box.UntilAsync("Open");
        Assert.Equal(
            (language, "5.6.7.1:8080", "192.168.7.10:8080", "192.168.7.1", "Others outside the home reach this box at http://5.6.7.1:8080/."),
            (Text(path, "language"), Text(path, "outside"), Text(path, "inside"), Text(path, "router"), Text(path, "says")));
        Assert.True(await network.Router.LetsInAsync(BoxAtHome.Port));
        Assert.Contains("\"live\"", await network.World.AskAsync(HomeNetwork.Outside, BoxAtHome.Port, Live, NetworkPlace.Patient), StringComparison.Ordinal);
        if (language == "UPnP IGD")
        {
            Assert.Matches("TCP +8080->192.168.7.10:8080 +'Appliance'", await network.Home.RunAsync("upnpc", "-l"));
        }

        // Renewed after twice half of ten seconds, it is there longer than it was asked for at first.
        await box.UntilAsync(now => now.GetProperty("renewals").GetInt32() >= 2);
        Assert.Equal(0, (await box.PathAsync()).GetProperty("losses").GetInt32());
        Assert.Contains("\"live\"", await network.World.AskAsync(HomeNetwork.Outside, BoxAtHome.Port, Live, NetworkPlace.Patient), StringComparison.Ordinal);

        await box.EndAsync("TERM");
        Assert.False(await network.Router.LetsInAsync(BoxAtHome.Port));
        Assert.Null(await network.World.AskAsync(HomeNetwork.Outside, BoxAtHome.Port, Live));
    }

    [Fact]
    public async Task Box_WhoseOwnerWantsItNoMore_IsClosedAtOnce_AndStaysSo()
    {
        await using HomeNetwork network = await HomeNetwork.MakeAsync();
        await network.Router.StartAsync();
        await using (BoxAtHome box = await BoxAtHome.StartAsync(network.Home, network.Scratch))
        {
            await box.SetAsync("""{"reach":true}""");
            await box.UntilAsync("Open");
            await box.SetAsync("""{"reach":true,"port":9443}""");
            JsonElement path = await box.UntilAsync(now => Text(now, "outside") == "5.6.7.1:9443");
            Assert.Contains("\"live\"", await network.World.AskAsync(HomeNetwork.Outside, 9443, Live, NetworkPlace.Patient), StringComparison.Ordinal);
            Assert.Null(await network.World.AskAsync(HomeNetwork.Outside, BoxAtHome.Port, Live));
            await box.SetAsync("""{"reach":false}""");
            await box.UntilAsync("Off");
            Assert.Null(await network.World.AskAsync(HomeNetwork.Outside, 9443, Live));
            await box.EndAsync("TERM");
        }

        await using BoxAtHome again = await BoxAtHome.StartAsync(network.Home, network.Scratch);
        Assert.Equal("Off", (await again.PathAsync()).GetProperty("standing").GetString());
    }

    [Theory]
    [InlineData("PCP")]
    [InlineData("NAT-PMP", Explicit = true)]
    [InlineData("UPnP IGD")]
    public async Task Router_ThatStartedAnew_IsAskedAnew(string language)
    {
        await using HomeNetwork network = await HomeNetwork.MakeAsync();
        await SpeakAsync(network.Router, language);
        await using BoxAtHome box = await BoxAtHome.StartAsync(network.Home, network.Scratch);

        // Half of the lease is not over before the test is: what is seen is seen by looking.
        await box.SetAsync("""{"reach":true,"leaseSeconds":48}""");
        await box.UntilAsync("Open");
        await network.Router.AgedAsync(TimeSpan.FromSeconds(6));
        await network.Router.FailAsync();
        Assert.Null(await network.World.AskAsync(HomeNetwork.Outside, BoxAtHome.Port, Live));
        await network.Router.StartAsync();

        JsonElement path = await box.UntilAsync(now => now.GetProperty("losses").GetInt32() == 1 && Text(now, "standing") == "Open");
        Assert.Equal(language, Text(path, "language"));
        Assert.Contains("\"live\"", await network.World.AskAsync(HomeNetwork.Outside, BoxAtHome.Port, Live, NetworkPlace.Patient), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PCP")]
    [InlineData("NAT-PMP", Explicit = true)]
    [InlineData("UPnP IGD")]
    public async Task Port_ThatIsSomebodyElses_IsLeftToHim_AndAnotherTaken(string language)
    {
        await using HomeNetwork network = await HomeNetwork.MakeAsync();
        network.Router.Settings = ["enable_natpmp=yes", "enable_upnp=yes", "secure_mode=no"];
        await SpeakAsync(network.Router, language, upnpToo: true);
        await network.Home.RunAsync("upnpc", "-a", HomeNetwork.NeighbourAddress, "8000", "8080", "TCP");
        await using BoxAtHome box = await BoxAtHome.StartAsync(network.Home, network.Scratch);
        await box.SetAsync(Wanted);

        JsonElement path = await box.UntilAsync("Open");
        int port = int.Parse(Text(path, "outside")!.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.NotEqual(BoxAtHome.Port, port);
        Assert.Equal(language, Text(path, "language"));
        Assert.Equal($"Others outside the home reach this box at http://5.6.7.1:{port}/. Port 8080 was not to be had there, so that it is {port}.", Text(path, "says"));
        Assert.Contains("\"live\"", await network.World.AskAsync(HomeNetwork.Outside, port, Live, NetworkPlace.Patient), StringComparison.Ordinal);
        await box.EndAsync("TERM");
        Assert.Matches("TCP +8080->192.168.7.20:8000 ", await network.Home.RunAsync("upnpc", "-l"));
    }

    /// <summary>miniupnpd 2.3.1 says so by UPnP only: where nothing is allowed, it looks for a port for ever and answers neither PCP nor NAT-PMP again.</summary>
    [Fact]
    public async Task Router_ThatOpensNothing_IsSaidToSayNo()
    {
        await using HomeNetwork network = await HomeNetwork.MakeAsync();
        network.Router.Permission = "deny 0-65535 0.0.0.0/0 0-65535";
        await SpeakAsync(network.Router, "UPnP IGD");
        await using BoxAtHome box = await BoxAtHome.StartAsync(network.Home, network.Scratch);
        await box.SetAsync(Wanted);

        JsonElement path = await box.UntilAsync("Refused");
        Assert.StartsWith("Nobody outside the home reaches this box. The router 192.168.7.1 says no by UPnP: ", Text(path, "says"), StringComparison.Ordinal);
        Assert.NotNull(Text(path, "toDo"));
        Assert.Null(await network.World.AskAsync(HomeNetwork.Outside, BoxAtHome.Port, Live));
    }

    [Fact]
    public async Task Router_ThatCannotBeAsked_IsSaidSo()
    {
        await using HomeNetwork network = await HomeNetwork.MakeAsync();
        await using BoxAtHome box = await BoxAtHome.StartAsync(network.Home, network.Scratch);
        await box.SetAsync(Wanted);

        JsonElement path = await box.UntilAsync("NoRouter");
        Assert.Equal(
            "Nobody outside the home reaches this box. The router 192.168.7.1 opens no ports when asked: it answers to none of PCP, NAT-PMP, UPnP IGD.", Text(path, "says"));
        Assert.Equal("Switch on UPnP, NAT-PMP or PCP in the router, or have it pass TCP port 8080 on to 192.168.7.10 by hand.", Text(path, "toDo"));
    }

    /// <summary>It comes back to its own mapping, which nobody else may have; and where it does not come back, the lease ends it.</summary>
    [Fact]
    public async Task Box_ThatWasKilled_HasItsPortAgain_OrTheLeaseEndsIt()
    {
        await using HomeNetwork network = await HomeNetwork.MakeAsync();
        await SpeakAsync(network.Router, "PCP");
        await using (BoxAtHome box = await BoxAtHome.StartAsync(network.Home, network.Scratch))
        {
            await box.SetAsync(Wanted);
            await box.UntilAsync("Open");
            await box.EndAsync("KILL");
        }

        Assert.True(await network.Router.LetsInAsync(BoxAtHome.Port));
        await using (BoxAtHome again = await BoxAtHome.StartAsync(network.Home, network.Scratch))
        {
            Assert.Equal("5.6.7.1:8080", Text(await again.UntilAsync("Open"), "outside"));
            Assert.Contains("\"live\"", await network.World.AskAsync(HomeNetwork.Outside, BoxAtHome.Port, Live, NetworkPlace.Patient), StringComparison.Ordinal);
            await again.EndAsync("KILL");
        }

        Assert.True(await network.Router.LetsInAsync(BoxAtHome.Port));
        await Until.HoldsAsync(async () => !await network.Router.LetsInAsync(BoxAtHome.Port));
    }

    /// <summary>Of IPv6 nothing is translated: the router's firewall has a hole for as long.</summary>
    [Theory]
    [InlineData("PCP")]
    [InlineData("UPnP IGD")]
    public async Task Pinhole_OfV6_LetsOthersThroughWhileTheOwnerWantsIt_AndNotAfter(string language)
    {
        await using HomeNetwork network = await HomeNetwork.MakeAsync();
        await SpeakAsync(network.Router, language, v6: true);
        await using BoxAtHome box = await BoxAtHome.StartAsync(network.Home, network.Scratch, "::");
        Assert.Null(await network.World.AskAsync(HomeNetwork.BoxAddressV6, BoxAtHome.Port, Live));

        await box.SetAsync(Wanted);
        JsonElement path = await box.UntilAsync(now => Text(now, "standing") == "Open" && now.GetProperty("renewals").GetInt32() >= 2, family: 1);
        Assert.Equal((language, $"[{HomeNetwork.BoxAddressV6}]:8080"), (Text(path, "language"), Text(path, "outside")));
        Assert.Contains("\"live\"", await network.World.AskAsync(HomeNetwork.BoxAddressV6, BoxAtHome.Port, Live, NetworkPlace.Patient), StringComparison.Ordinal);

        await box.EndAsync("TERM");

        // miniupnpd ends a hole that was renewed by PCP only after its own shortest lease, which is four seconds here.
        await Until.HoldsAsync(async () => !await network.Router.LetsInAsync(BoxAtHome.Port));
        Assert.Null(await network.World.AskAsync(HomeNetwork.BoxAddressV6, BoxAtHome.Port, Live));
    }

    [Fact]
    public async Task Box_ThatListensToItsOwnMachine_SaysSo_AndAsksNobody()
    {
        await using HomeNetwork network = await HomeNetwork.MakeAsync();
        await network.Router.StartAsync();
        await using BoxAtHome box = await BoxAtHome.StartAsync(network.Home, network.Scratch, "127.0.0.1");
        await box.SetAsync(Wanted);

        JsonElement path = await box.UntilAsync("NotListening");
        Assert.Equal("Nobody reaches this box, at home or outside: it listens to its own machine only.", Text(path, "says"));
        Assert.False(await network.Router.LetsInAsync(BoxAtHome.Port));
        Assert.Equal(
            "Other devices are not shown this box, because it listens to its own machine only. Start it with --listen.",
            (await box.NetworkAsync()).GetProperty("advertised").GetProperty("says").GetString());
    }

    /// <summary>The router in front of the first knows nothing of it. miniupnpd sees that its own address is one of a home, and then opens nothing.
    /// It says so by NAT-PMP as by PCP: that is in the long form.</summary>
    [Theory]
    [InlineData("PCP")]
    [InlineData("NAT-PMP", Explicit = true)]
    [InlineData("UPnP IGD")]
    public async Task TwoRouters_InARow_AreExplained(string language)
    {
        await using HomeNetwork network = await HomeNetwork.MakeAsync(secondRouter: true);
        await SpeakAsync(network.Router, language);
        await using BoxAtHome box = await BoxAtHome.StartAsync(network.Home, network.Scratch);
        await box.SetAsync(Wanted);

        JsonElement path = await box.UntilAsync(now => Text(now, "standing") is "Refused" or "DoubleNat");
        Assert.Contains("double NAT", Text(path, "says") + Text(path, "toDo"), StringComparison.Ordinal);
        Assert.Null(await network.World.AskAsync(HomeNetwork.Outside, BoxAtHome.Port, Live));
        Assert.False(await network.Router.LetsInAsync(BoxAtHome.Port));
    }

    /// <summary>Has the router hear one language only.</summary>
    private static async Task SpeakAsync(TestRouter router, string language, bool v6 = false, bool upnpToo = false)
    {
        bool upnp = language == "UPnP IGD";
        router.Settings = [.. router.Settings.Where(line => !line.StartsWith("enable_", StringComparison.Ordinal)), upnp ? "enable_natpmp=no" : "enable_natpmp=yes", upnp || upnpToo ? "enable_upnp=yes" : "enable_upnp=no"];
        if (language == "PCP")
        {
            await router.DropAsync(0);
        }
        else if (language == "NAT-PMP" || v6)
        {
            await router.DropAsync(2);
        }

        await router.StartAsync();
    }

    private static string? Text(JsonElement path, string name) => path.GetProperty(name).GetString();
}
