using System.Xml;
using Appliance.Network.Mapping;

namespace Appliance.Network.Upnp;

/// <summary>Reads what a gateway says it can be asked (UPnP Device Architecture 2.0, 2.3).</summary>
internal static class IgdDescription
{
    /// <summary>Those that are known here, the best first.</summary>
    public static readonly string[] Connections =
    [
        "urn:schemas-upnp-org:service:WANIPConnection:2",
        "urn:schemas-upnp-org:service:WANIPConnection:1",
        "urn:schemas-upnp-org:service:WANPPPConnection:1",
    ];

    public const string Firewall = "urn:schemas-upnp-org:service:WANIPv6FirewallControl:1";

    /// <summary>A gateway has one connection, seldom two.</summary>
    private const int MostServices = 32;

    /// <param name="location">Where it was read.</param>
    /// <param name="document">UTF-8 XML.</param>
    /// <param name="path">To the router; services that are elsewhere are left out.</param>
    /// <exception cref="RouterException">It is not XML.</exception>
    public static IReadOnlyList<IgdService> Read(Uri location, byte[] document, RouterPath path)
    {
        var services = new List<IgdService>();
        Uri root = location;
        string? type = null;
        string? control = null;
        try
        {
            using XmlReader reader = SafeXml.Open(document);
            while (reader.Read() && services.Count < MostServices)
            {
                if (reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "service")
                {
                    if (type is not null && control is not null && RouterAddress.Of(root, control, path) is { } address)
                    {
                        services.Add(new(type, address));
                    }

                    (type, control) = (null, null);
                }

                if (reader.NodeType != XmlNodeType.Element)
                {
                    continue;
                }

                switch (reader.LocalName)
                {
                    case "URLBase":
                        root = RouterAddress.Of(SafeXml.Text(reader), path) ?? root;
                        break;
                    case "serviceType":
                        type = SafeXml.Text(reader);
                        break;
                    case "controlURL":
                        control = SafeXml.Text(reader);
                        break;
                }
            }
        }
        catch (XmlException)
        {
            throw new RouterException(RouterFailure.Garbled, $"The router {path.Router} describes itself by UPnP in a way that cannot be read.");
        }

        return services;
    }
}
