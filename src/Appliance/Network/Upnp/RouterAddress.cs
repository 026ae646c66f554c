using System.Net;
using System.Net.Sockets;
using Appliance.Network.Mapping;

namespace Appliance.Network.Upnp;

/// <summary>Which addresses a router's word is followed to: its own by plain HTTP. Else any device of the home could send the box's questions wherever it likes.</summary>
internal static class RouterAddress
{
    private const int Longest = 512;

    /// <param name="text">As the router gave it.</param>
    /// <param name="path">To the router.</param>
    /// <returns>Null where it leads anywhere else, or nowhere.</returns>
    public static Uri? Of(string? text, RouterPath path) =>
        text is { Length: > 0 and <= Longest } && Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) ? Of(uri, path) : null;

    /// <summary>The same of one that may be relative to another.</summary>
    public static Uri? Of(Uri root, string text, RouterPath path) =>
        text.Length is > 0 and <= Longest && Uri.TryCreate(root, text, out Uri? uri) ? Of(uri, path) : null;

    /// <summary>Whether it is the router's. An IPv6 router is known by its address of the cable and answers from one of the home's own network, which is then
    /// all that can be asked of it.</summary>
    public static bool Is(IPAddress address, RouterPath path) =>
        address.Equals(path.Router) || (address.AddressFamily == AddressFamily.InterNetworkV6 && SameNetwork(address, path));

    private static Uri? Of(Uri uri, RouterPath path) =>
        uri.Scheme == Uri.UriSchemeHttp && uri.UserInfo.Length == 0 && IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? host) && Is(host, path) ? uri : null;

    /// <summary>The first 64 bits of the box's own: a network of IPv6 hosts has that length (RFC 4291, 2.5.4).</summary>
    private static bool SameNetwork(IPAddress address, RouterPath path) =>
        path.Own.AddressFamily == AddressFamily.InterNetworkV6 && !address.Equals(path.Own)
        && address.GetAddressBytes().AsSpan(0, 8).SequenceEqual(path.Own.GetAddressBytes().AsSpan(0, 8));
}
