using System.Net;
using System.Net.Sockets;

namespace Appliance.Sources.Remote;

/// <summary>Which addresses a URL that somebody names may lead to: those of the public internet. Whoever could have the box ask others could look around at home, or read the
/// secrets that clouds hand to their machines.</summary>
/// <remarks>By IANA's registries of special-purpose addresses (RFC 6890, as of the IPv4 and IPv6 registries): what is not globally reachable is refused, and what only wraps an
/// IPv4 address is judged by that one where the wrapping is in use, and refused where it is not. Of IPv6 only 2000::/3 is assigned for global unicast.</remarks>
internal static class AddressRule
{
    private static readonly (IPNetwork Network, string Kind)[] Refused =
    [
        (IPNetwork.Parse("0.0.0.0/8"), "of this network"),
        (IPNetwork.Parse("10.0.0.0/8"), "private"),
        (IPNetwork.Parse("100.64.0.0/10"), "shared behind a carrier's translation"),
        (IPNetwork.Parse("127.0.0.0/8"), "of the box itself"),
        (IPNetwork.Parse("168.63.129.16/32"), "where a cloud hands out metadata"),
        (IPNetwork.Parse("169.254.0.0/16"), "link-local, where clouds hand out metadata"),
        (IPNetwork.Parse("172.16.0.0/12"), "private"),
        (IPNetwork.Parse("192.0.0.0/24"), "of protocols"),
        (IPNetwork.Parse("192.0.2.0/24"), "for documentation"),
        (IPNetwork.Parse("192.88.99.0/24"), "of a relay that is no longer used"),
        (IPNetwork.Parse("192.168.0.0/16"), "private"),
        (IPNetwork.Parse("198.18.0.0/15"), "for benchmarks"),
        (IPNetwork.Parse("198.51.100.0/24"), "for documentation"),
        (IPNetwork.Parse("203.0.113.0/24"), "for documentation"),
        (IPNetwork.Parse("224.0.0.0/4"), "of many machines"),
        (IPNetwork.Parse("240.0.0.0/4"), "reserved"),
        (IPNetwork.Parse("::/128"), "of no machine"),
        (IPNetwork.Parse("::1/128"), "of the box itself"),
        (IPNetwork.Parse("fc00::/7"), "private"),
        (IPNetwork.Parse("fe80::/10"), "link-local"),
        (IPNetwork.Parse("fec0::/10"), "private"),
        (IPNetwork.Parse("ff00::/8"), "of many machines"),
        (IPNetwork.Parse("2001::/23"), "of protocols and tunnels"),
        (IPNetwork.Parse("2001:db8::/32"), "for documentation"),
        (IPNetwork.Parse("2002::/16"), "of a tunnel that is no longer used"),
        (IPNetwork.Parse("3fff::/20"), "for documentation"),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>IPv4 addresses as an IPv6-only network shows them (RFC 6052).</summary>
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>The low half of an address that a site's own tunnel makes of an IPv4 address (ISATAP, RFC 5214), its first bit cleared of "universal".</summary>
    private static readonly byte[] TunnelMark = [0x00, 0x00, 0x5e, 0xfe];

    /// <returns>What kind of address it is, as words after "an address"; null where it may be asked.</returns>
    public static string? WhyNot(IPAddress address)
    {
        if (address.AddressFamily is not (AddressFamily.InterNetwork or AddressFamily.InterNetworkV6))
        {
            return "of no kind that is known";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return WhyNot(address.MapToIPv4());
        }

        if (Array.Find(Refused, refused => refused.Network.Contains(address)) is { Kind: { } kind })
        {
            return kind;
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return null;
        }

        byte[] bytes = address.GetAddressBytes();
        return Translated.Contains(address) ? WhyNot(new IPAddress(bytes[12..]))
            : !GlobalUnicast.Contains(address) ? "that is not assigned to the public internet"
            : (bytes[8] & ~0x02) == TunnelMark[0] && bytes.AsSpan(9, 3).SequenceEqual(TunnelMark.AsSpan(1)) ? "of a site's own tunnel"
            : null;
    }
}
