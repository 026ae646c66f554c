using System.Net;
using System.Net.Sockets;
using System.Text;
using Appliance.Network.Mapping;

namespace Appliance.Network.Upnp;

/// <summary>Looks for the router among what calls itself an Internet gateway (UPnP Device Architecture 2.0, 1.3).</summary>
internal static class SsdpSearch
{
    private const int Port = 1900;
    private const int LargestAnswerBytes = 2048;

    /// <summary>Answers of others that are passed over.</summary>
    private const int MostPassedOver = 256;

    private static readonly string[] Targets =
    [
        "urn:schemas-upnp-org:device:InternetGatewayDevice:2",
        "urn:schemas-upnp-org:device:InternetGatewayDevice:1",
    ];

    /// <summary>A device may take as long as the question's MX, 2 seconds, to answer; each is asked three times, because datagrams get lost.</summary>
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMilliseconds(600), TimeSpan.FromMilliseconds(900), TimeSpan.FromMilliseconds(2500)];

    /// <returns>Where its description is: at the router itself, and nowhere else.</returns>
    /// <exception cref="RouterException">It is not there.</exception>
    public static async Task<Uri> FindAsync(RouterPath path, CancellationToken cancellationToken)
    {
        bool isV4 = path.Own.AddressFamily == AddressFamily.InterNetwork;
        IPAddress group = isV4 ? IPAddress.Parse("239.255.255.250") : new IPAddress(IPAddress.Parse("ff02::c").GetAddressBytes(), path.Router.ScopeId);
        try
        {
            using var socket = new Socket(path.Own.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(path.Own, 0));
            if (isV4)
            {
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, path.Own.GetAddressBytes());
            }
            else
            {
                socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastInterface, (int)path.Router.ScopeId);
            }

            foreach (TimeSpan wait in Waits)
            {
                foreach (string target in Targets)
                {
                    await socket.SendToAsync(Question(isV4, target), SocketFlags.None, new IPEndPoint(group, Port), cancellationToken);
                }

                if (await HearAsync(socket, path, wait, cancellationToken) is { } found)
                {
                    return found;
                }
            }
        }
        catch (SocketException exception)
        {
            throw new RouterException(RouterFailure.Silent, $"UPnP devices cannot be looked for: {exception.Message}.");
        }

        throw new RouterException(RouterFailure.Silent, $"The router {path.Router} does not answer by UPnP.");
    }

    /// <summary>Where an answer says that the description is; null where it is no answer, or names another machine.</summary>
    internal static Uri? Location(ReadOnlySpan<byte> datagram, IPAddress from, RouterPath path)
    {
        string text = Encoding.Latin1.GetString(datagram);
        string[] lines = text.Split("\r\n");
        if (!lines[0].StartsWith("HTTP/1.1 200", StringComparison.OrdinalIgnoreCase) || !RouterAddress.Is(from, path))
        {
            return null;
        }

        string? location = lines.FirstOrDefault(line => line.StartsWith("location:", StringComparison.OrdinalIgnoreCase))?["location:".Length..].Trim();
        return RouterAddress.Of(location, path);
    }

    private static async Task<Uri?> HearAsync(Socket socket, RouterPath path, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(wait);
        byte[] buffer = new byte[LargestAnswerBytes];
        var anybody = new IPEndPoint(path.Own.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        try
        {
            for (int i = 0; i < MostPassedOver; i++)
            {
                SocketReceiveFromResult got = await socket.ReceiveFromAsync(buffer, SocketFlags.None, anybody, patience.Token);
                if (Location(buffer.AsSpan(0, got.ReceivedBytes), ((IPEndPoint)got.RemoteEndPoint).Address, path) is { } found)
                {
                    return found;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }

        return null;
    }

    private static byte[] Question(bool isV4, string target) => Encoding.ASCII.GetBytes(
        $"M-SEARCH * HTTP/1.1\r\nHOST: {(isV4 ? "239.255.255.250" : "[FF02::C]")}:{Port}\r\nMAN: \"ssdp:discover\"\r\nMX: 2\r\nST: {target}\r\n\r\n");
}
