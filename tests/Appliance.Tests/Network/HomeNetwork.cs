using Appliance.Tests.Hosting;

namespace Appliance.Tests.Network;

/// <summary>A home with a box, its router, and the world outside.</summary>
internal sealed class HomeNetwork : IAsyncDisposable
{
    public const string BoxAddress = "192.168.7.10";
    public const string NeighbourAddress = "192.168.7.20";
    public const string RouterAddress = "192.168.7.1";

    /// <summary>The router's own, outside; of the Internet's, since routers know the others.</summary>
    public const string Outside = "5.6.7.1";

    public const string BoxAddressV6 = "2a01:7e00:7::10";

    private readonly List<NetworkPlace> places;

    private HomeNetwork(List<NetworkPlace> places, NetworkPlace home, TestRouter router, NetworkPlace world, ScratchFolder scratch)
    {
        this.places = places;
        Home = home;
        Router = router;
        World = world;
        Scratch = scratch;
    }

    public NetworkPlace Home { get; }

    public TestRouter Router { get; }

    public NetworkPlace World { get; }

    public ScratchFolder Scratch { get; }

    /// <summary>Makes it; the router speaks once it is started.</summary>
    /// <param name="secondRouter">Whether another stands between it and the world, so that its own address is one of a home.</param>
    public static async Task<HomeNetwork> MakeAsync(bool secondRouter = false)
    {
        List<NetworkPlace> places = [];
        var scratch = new ScratchFolder();
        try
        {
            for (int i = 0; i < (secondRouter ? 4 : 3); i++)
            {
                places.Add(await NetworkPlace.MakeAsync("miniupnpd", "nft"));
            }

            (NetworkPlace home, NetworkPlace router, NetworkPlace world) = (places[0], places[1], places[2]);
            await router.ShellAsync($"""
                ip link add lan0 type veth peer name eth0 netns {home.Id}
                ip addr add {RouterAddress}/24 dev lan0
                ip -6 addr add 2a01:7e00:7::1/64 dev lan0 nodad
                ip link set lan0 up
                """);
            await home.ShellAsync($"""
                ip addr add {BoxAddress}/24 dev eth0
                ip addr add {NeighbourAddress}/24 dev eth0
                ip -6 addr add {BoxAddressV6}/64 dev eth0 nodad
                ip link set eth0 up
                ip route add default via {RouterAddress}
                """);
            if (secondRouter)
            {
                await CableAsync(places[3], "lan0", "192.168.50.1/24", router, "wan0", "192.168.50.2/24");
                await router.ShellAsync("ip route add default via 192.168.50.1");
                await CableAsync(places[3], "wan0", $"{Outside}/24", world, "eth0", "5.6.7.9/24");
                await new TestRouter(places[3], scratch, "192.168.50.0/24").TranslateAsync();
            }
            else
            {
                await CableAsync(router, "wan0", $"{Outside}/24", world, "eth0", "5.6.7.9/24");
                await router.ShellAsync("ip -6 addr add 2a01:7e00:8::1/64 dev wan0 nodad");
                await world.ShellAsync("ip -6 addr add 2a01:7e00:8::9/64 dev eth0 nodad; ip -6 route add default via 2a01:7e00:8::1");
            }

            string cable = (await router.ShellAsync("ip -6 -br addr show dev lan0 scope link | awk '{print $3}' | cut -d/ -f1")).Trim();
            await home.ShellAsync($"ip -6 route add default via {cable} dev eth0");
            var testRouter = new TestRouter(router, scratch, "192.168.7.0/24");
            await testRouter.TranslateAsync();
            return new(places, home, testRouter, world, scratch);
        }
        catch
        {
            await new HomeNetwork(places, null!, null!, null!, scratch).DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (NetworkPlace place in places)
        {
            await place.DisposeAsync();
        }

        Scratch.Dispose();
    }

    private static async Task CableAsync(NetworkPlace from, string name, string address, NetworkPlace to, string otherName, string otherAddress)
    {
        await from.ShellAsync($"ip link add {name} type veth peer name {otherName} netns {to.Id}; ip addr add {address} dev {name}; ip link set {name} up");
        await to.ShellAsync($"ip addr add {otherAddress} dev {otherName}; ip link set {otherName} up");
    }
}
