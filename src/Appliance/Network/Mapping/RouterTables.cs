using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Appliance.Network.Mapping;

/// <summary>Reads from the kernel's tables which router leads to the Internet, and by which address of the box: the runtime tells neither metrics nor which addresses of IPv6 are for a while only.</summary>
internal static class RouterTables
{
    /// <summary>Lines that are looked at; a home's tables have a dozen.</summary>
    private const int MostLines = 4096;

    private const int Up = 1;
    private const int ThroughRouter = 2;

    /// <summary>IFA_F_TEMPORARY, IFA_F_DADFAILED, IFA_F_DEPRECATED and IFA_F_TENTATIVE (if_addr.h): not what others shall be told.</summary>
    private const int NotToBeTold = 0x01 | 0x08 | 0x20 | 0x40;

    /// <summary>The way to the Internet for one family; null where there is none.</summary>
    /// <param name="family">IPv4 or IPv6.</param>
    /// <param name="listen">What the box listens on: where that is one address, it is the one.</param>
    public static RouterPath? Find(AddressFamily family, IPAddress listen)
    {
        bool any = listen.Equals(IPAddress.Any) || listen.Equals(IPAddress.IPv6Any);
        if (family == AddressFamily.InterNetwork)
        {
            return DefaultV4(Lines("/proc/net/route")) is { } router && (any ? OwnTowards(router) : listen) is { } own ? new(own, router) : null;
        }

        if (DefaultV6(Lines("/proc/net/ipv6_route")) is not { } found)
        {
            return null;
        }

        IPAddress[] global = [.. GlobalV6(Lines("/proc/net/if_inet6"), found.Interface)];
        IPAddress? address = any ? global.FirstOrDefault() : listen;
        return address is null ? null : new(address, new IPAddress(found.Router.GetAddressBytes(), Index(Lines("/proc/net/if_inet6"), found.Interface)));
    }

    /// <summary>proc(5), net/route: numbers in hexadecimal, addresses in the order of the machine's memory.</summary>
    internal static IPAddress? DefaultV4(IEnumerable<string> lines) => lines.Skip(1)
        .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .Where(fields => fields.Length >= 8 && fields[1] == "00000000" && fields[7] == "00000000" && HasRouter(fields[3]))
        .OrderBy(fields => int.TryParse(fields[6], NumberStyles.None, CultureInfo.InvariantCulture, out int metric) ? metric : int.MaxValue)
        .Select(fields => uint.TryParse(fields[2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint raw) && raw != 0 ? new IPAddress(raw) : null)
        .FirstOrDefault(address => address is not null);

    /// <summary>net/ipv6_route: destination, its length, source, its length, router, metric, uses, uses, flags and interface.</summary>
    internal static (IPAddress Router, string Interface)? DefaultV6(IEnumerable<string> lines)
    {
        string[]? best = lines.Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length >= 10 && fields[1] == "00" && fields[0].Trim('0').Length == 0 && HasRouter(fields[8]) && fields[4].Trim('0').Length > 0)
            .MinBy(fields => uint.TryParse(fields[5], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint metric) ? metric : uint.MaxValue);
        return best is not null && V6(best[4]) is { } router ? (router, best[9]) : null;
    }

    /// <summary>net/if_inet6: address, interface by number, length, scope, flags and interface.</summary>
    internal static IEnumerable<IPAddress> GlobalV6(IEnumerable<string> lines, string name) => lines
        .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .Where(fields => fields.Length >= 6 && fields[5] == name
            && int.TryParse(fields[4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int flags) && (flags & NotToBeTold) == 0)
        .Select(fields => V6(fields[0]))
        .OfType<IPAddress>()
        .Where(address => Reach.AddressKinds.KindOf(address) == Reach.AddressKind.Public);

    private static long Index(IEnumerable<string> lines, string name) => lines
        .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .Where(fields => fields.Length >= 6 && fields[5] == name)
        .Select(fields => long.TryParse(fields[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long index) ? index : 0)
        .FirstOrDefault();

    private static bool HasRouter(string flags) =>
        int.TryParse(flags, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int bits) && (bits & (Up | ThroughRouter)) == (Up | ThroughRouter);

    private static IPAddress? V6(string hexadecimal) =>
        hexadecimal.Length == 32 && hexadecimal.All(char.IsAsciiHexDigit) ? new IPAddress(Convert.FromHexString(hexadecimal)) : null;

    /// <summary>The address that the kernel would send from; connecting a datagram socket sends nothing.</summary>
    private static IPAddress? OwnTowards(IPAddress router)
    {
        try
        {
            using var socket = new Socket(router.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(router, RouterQuestion.Port);
            return ((IPEndPoint)socket.LocalEndPoint!).Address;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static string[] Lines(string file)
    {
        try
        {
            return [.. File.ReadLines(file).Take(MostLines)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
