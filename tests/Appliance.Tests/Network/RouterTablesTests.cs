using System.Net;
using Appliance.Network.Mapping;

namespace Appliance.Tests.Network;

/// <summary>Tables as the kernel prints them.</summary>
public sealed class RouterTablesTests
{
    private const string Head = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT";

    [Fact]
    public void DefaultV4_OfSeveral_IsTheOneOfTheLeastMetric() => Assert.Equal(IPAddress.Parse("192.168.7.1"), RouterTables.DefaultV4(
    [
        Head,
        "wlan0\t00000000\t0108A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0",
        "eth0\t00000000\t0107A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0",
        "eth0\t0007A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0",
    ]));

    [Theory]
    [InlineData("ppp0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0")] // A line without a router.
    [InlineData("eth0\t00000000\t0107A8C0\t0002\t0\t0\t0\t00000000\t0\t0\t0")] // Down.
    [InlineData("eth0\t00000000\t0107A8C0")]
    [InlineData("")]
    public void DefaultV4_WithoutARouter_IsNone(string line) => Assert.Null(RouterTables.DefaultV4([Head, line]));

    [Fact]
    public void DefaultV6_OfSeveral_IsTheOneOfTheLeastMetric() => Assert.Equal((IPAddress.Parse("fe80::74b5:fcff:fe75:89fc"), "eth0"), RouterTables.DefaultV6(
    [
        "2a017e00000700000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0",
        "00000000000000000000000000000000 00 00000000000000000000000000000000 00 fe800000000000000000000000000001 00000800 00000001 00000000 00000003    wlan0",
        "00000000000000000000000000000000 00 00000000000000000000000000000000 00 fe8000000000000074b5fcfffe7589fc 00000400 00000001 00000000 00000003     eth0",
        "00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo",
    ]));

    /// <summary>Not those for a while (01), being tried (40) or on their way out (20), nor of the cable.</summary>
    [Fact]
    public void GlobalV6_IsWhatLasts() => Assert.Equal([IPAddress.Parse("2a01:7e00:7::10")], RouterTables.GlobalV6(
        [
            "2a017e00000700000000000000000099 02 40 00 01     eth0",
            "2a017e00000700000000000000000098 02 40 00 40     eth0",
            "2a017e00000700000000000000000097 02 40 00 a0     eth0",
            "2a017e00000700000000000000000010 02 40 00 80     eth0",
            "2a017e00000800000000000000000010 03 40 00 80    wlan0",
            "fe800000000000001067f8fffe047244 02 40 20 80     eth0",
            "fd000000000000000000000000000010 02 40 00 80     eth0",
        ],
        "eth0"));
}
