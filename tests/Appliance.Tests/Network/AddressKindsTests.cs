using System.Net;
using Appliance.Network.Mapping;
using Appliance.Network.Reach;

namespace Appliance.Tests.Network;

public sealed class AddressKindsTests
{
    [Theory]
    [InlineData("5.6.7.1", "Public")]
    [InlineData("100.63.255.255", "Public")]
    [InlineData("100.64.0.0", "Shared")]
    [InlineData("100.127.255.255", "Shared")]
    [InlineData("100.128.0.0", "Public")]
    [InlineData("10.255.255.255", "Private")]
    [InlineData("172.15.255.255", "Public")]
    [InlineData("172.16.0.1", "Private")]
    [InlineData("172.31.255.255", "Private")]
    [InlineData("172.32.0.0", "Public")]
    [InlineData("192.168.50.2", "Private")]
    [InlineData("::ffff:192.168.50.2", "Private")]
    [InlineData("169.254.1.1", "LinkLocal")]
    [InlineData("127.0.0.1", "Loopback")]
    [InlineData("0.0.0.0", "Reserved")]
    [InlineData("203.0.113.7", "Reserved")]
    [InlineData("239.255.255.250", "Reserved")]
    [InlineData("255.255.255.255", "Reserved")]
    [InlineData("2a01:7e00:7::10", "Public")]
    [InlineData("2001:db8::1", "Reserved")]
    [InlineData("fd00::1", "Private")]
    [InlineData("fe80::1", "LinkLocal")]
    [InlineData("::1", "Loopback")]
    [InlineData("::", "Reserved")]
    [InlineData("ff02::1", "Reserved")]
    public void Address_IsOfItsKind(string address, string kind) => Assert.Equal(kind, AddressKinds.KindOf(IPAddress.Parse(address)).ToString());

    /// <summary>RFC 6887, 8.5: seconds of the router before and now, and the box's between.</summary>
    [Theory]
    [InlineData(100u, 160u, 60, true)]
    [InlineData(100u, 99u, 0, true)]
    [InlineData(100u, 98u, 0, false)]
    [InlineData(100u, 5u, 60, false)]
    [InlineData(100u, 155u, 60, true)]
    [InlineData(100u, 154u, 60, false)]
    [InlineData(100u, 166u, 60, true)]
    [InlineData(100u, 167u, 60, false)]
    public void RouterClock_ThatWentBackOrAstray_HasLostItsMemory(uint before, uint now, long own, bool continues) =>
        Assert.Equal(continues, RouterClock.Continues(before, now, own));
}
