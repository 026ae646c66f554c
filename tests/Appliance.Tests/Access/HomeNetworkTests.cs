using System.Net;
using Appliance.Access;

namespace Appliance.Tests.Access;

public sealed class HomeNetworkTests
{
    /// <summary>The first and last address of each range, and their neighbours outside.</summary>
    [Theory]
    [InlineData("9.255.255.255", false)]
    [InlineData("10.0.0.0", true)]
    [InlineData("10.255.255.255", true)]
    [InlineData("11.0.0.0", false)]
    [InlineData("126.255.255.255", false)]
    [InlineData("127.0.0.0", true)]
    [InlineData("127.255.255.255", true)]
    [InlineData("128.0.0.0", false)]
    [InlineData("169.253.255.255", false)]
    [InlineData("169.254.0.0", true)]
    [InlineData("169.254.255.255", true)]
    [InlineData("169.255.0.0", false)]
    [InlineData("172.15.255.255", false)]
    [InlineData("172.16.0.0", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("172.32.0.0", false)]
    [InlineData("192.167.255.255", false)]
    [InlineData("192.168.0.0", true)]
    [InlineData("192.168.255.255", true)]
    [InlineData("192.169.0.0", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("203.0.113.5", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", true)]
    [InlineData("::2", false)]
    [InlineData("fbff:ffff::", false)]
    [InlineData("fc00::", true)]
    [InlineData("fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", true)]
    [InlineData("fe00::", false)]
    [InlineData("fe7f:ffff::", false)]
    [InlineData("fe80::1", true)]
    [InlineData("febf:ffff::", true)]
    [InlineData("fec0::", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("64:ff9b::10.0.0.1", false)]
    [InlineData("::10.0.0.1", false)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("::ffff:203.0.113.5", false)]
    [InlineData("::ffff:192.168.1.1", true)]
    public void Has_Address_AsTheRangesSay(string address, bool isHome) => Assert.Equal(isHome, HomeNetwork.Has(IPAddress.Parse(address)));

    /// <summary>All of IPv4 by its first two bytes, beside a rule that is written otherwise.</summary>
    [Fact]
    public void Has_EveryPrefixOfIpv4_IsThatOfTheNetworks()
    {
        IPNetwork[] networks = [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16")];
        for (int prefix = 0; prefix < 65536; prefix++)
        {
            var address = new IPAddress([(byte)(prefix >> 8), (byte)prefix, 7, 9]);
            Assert.Equal(networks.Any(network => network.Contains(address)), HomeNetwork.Has(address));
            Assert.Equal(HomeNetwork.Has(address), HomeNetwork.Has(address.MapToIPv6()));
        }
    }

    /// <summary>The same of IPv6 by its first two bytes.</summary>
    [Fact]
    public void Has_EveryPrefixOfIpv6_IsThatOfTheNetworks()
    {
        IPNetwork[] networks = [IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10")];
        for (int prefix = 0; prefix < 65536; prefix++)
        {
            var address = new IPAddress([(byte)(prefix >> 8), (byte)prefix, 7, 9, 7, 9, 7, 9, 7, 9, 7, 9, 7, 9, 7, 9]);
            Assert.Equal(networks.Any(network => network.Contains(address)), HomeNetwork.Has(address));
        }
    }

    [Fact]
    public void Has_NoAddress_No() => Assert.False(HomeNetwork.Has(null));
}
