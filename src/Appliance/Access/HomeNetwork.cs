using System.Net;
using System.Net.Sockets;

namespace Appliance.Access;

/// <summary>Which addresses are of the home network: those that no router of the internet carries.</summary>
internal static class HomeNetwork
{
    /// <summary>The machine itself, RFC 1918, link-local (RFC 3927, RFC 4291) and unique local addresses (RFC 4193); of IPv4 in IPv6's form
    /// the IPv4 address.</summary>
    /// <param name="address">Of the connection; null where it has none.</param>
    public static bool Has(IPAddress? address)
    {
        if (address is null)
        {
            return false;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out _) && (address.AddressFamily is AddressFamily.InterNetwork
            ? bytes[0] is 10 or 127
                || (bytes[0] == 172 && bytes[1] is >= 16 and <= 31)
                || (bytes[0] == 192 && bytes[1] == 168)
                || (bytes[0] == 169 && bytes[1] == 254)
            : (bytes[0] & 0xFE) == 0xFC
                || (bytes[0] == 0xFE && (bytes[1] & 0xC0) == 0x80)
                || address.Equals(IPAddress.IPv6Loopback));
    }
}
