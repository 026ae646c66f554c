using System.Net;
using Appliance.Network.Mapping;
using Appliance.Network.NatPmp;
using Appliance.Network.Pcp;
using Appliance.Network.Upnp;

namespace Appliance.Fuzz.Targets;

/// <summary>What routers answer, and whoever says that he is one.</summary>
internal static class RouterTargets
{
    private static readonly RouterPath Way = new(IPAddress.Parse("192.168.1.10"), IPAddress.Parse("192.168.1.1"));

    private static readonly byte[] Description = Bytes.Of(
        """
        <?xml version="1.0"?>
        <root xmlns="urn:schemas-upnp-org:device-1-0"><URLBase>http://192.168.1.1:5000/</URLBase><device><deviceList><device><serviceList>
        <service><serviceType>urn:schemas-upnp-org:service:WANIPConnection:1</serviceType><controlURL>/ctl/IPConn</controlURL></service>
        <service><serviceType>urn:schemas-upnp-org:service:WANIPv6FirewallControl:1</serviceType><controlURL><![CDATA[http://192.168.1.1:5000/ctl/v6]]></controlURL></service>
        </serviceList></device></deviceList></device></root>
        """);

    private static readonly byte[] Answer = Bytes.Of(
        """<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><u:AddPortMappingResponse xmlns:u="urn:x"><NewReservedPort>8080</NewReservedPort></u:AddPortMappingResponse><s:Fault><detail><UPnPError><errorCode>718</errorCode></UPnPError></detail></s:Fault></s:Body></s:Envelope>""");

    private static readonly byte[][] XmlWords = Bytes.Of(
        "<!DOCTYPE a [<!ENTITY b \"c\">]>", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">", "<!ENTITY x SYSTEM \"http://192.168.1.1/\">", "&b;", "&#0;", "&#x10FFFF;", "<![CDATA[", "]]>", "<?xml version=\"1.1\"?>",
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?>", "<service>", "</service>", "<a xmlns:b=''>", "<controlURL>http://10.0.0.1/</controlURL>", "<", ">", "/>");

    private static readonly byte[] Pinhole = PcpAnswerBytes();

    public static IEnumerable<FuzzTarget> Of() =>
    [
        new("pcp", [Pinhole, Pinhole[..24], [0, 128, 0, 1, 0, 0, 0, 9]], ReadPcp) { LongestInput = 1100 },
        new("nat-pmp", [[0, 128, 0, 0, 0, 0, 0, 9, 203, 0, 113, 7], [0, 130, 0, 0, 0, 0, 0, 9, 0x1F, 0x90, 0x1F, 0x90, 0, 0, 14, 16], [0, 130, 0, 2, 0, 0, 0, 9]], ReadNatPmp) { LongestInput = 1100 },
        new("upnp-description", [Description], ReadDescription) { Refusals = [typeof(RouterException)], Words = XmlWords, Share = 0.5 },
        new("upnp-answer", [Answer], bytes => SoapClient.Values(bytes) is { Count: > 0 } values ? $"{values.Count} {values.ContainsKey("errorCode")}" : null) { Refusals = [typeof(RouterException)], Words = XmlWords, Share = 0.5 },
        new("upnp-search", [Bytes.Of("HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=120\r\nST: upnp:rootdevice\r\nLOCATION: http://192.168.1.1:5000/rootDesc.xml\r\n\r\n")], ReadSearch)
        {
            Words = Bytes.Of("location:", "LOCATION: ", "http://192.168.1.1", "http://192.168.1.2/", "http://192.168.1.1@evil.example/", "HTTP/1.1 200", "\r\n"), LongestInput = 4096,
        },
    ];

    private static byte[] PcpAnswerBytes()
    {
        byte[] message = PcpMessage.MapRequest(Way.Own, new byte[PcpMessage.NonceBytes], 8080, 8080, IPAddress.Parse("203.0.113.7"), 3600);
        message[1] |= 0x80;
        return message;
    }

    private static string? ReadPcp(byte[] bytes) =>
        PcpMessage.Read(bytes) is { } answer ? $"{answer.Result} {answer.Mapping is not null} {answer.Mapping?.Outside.AddressFamily}" : null;

    private static string? ReadNatPmp(byte[] bytes) => NatPmpMessage.Read(bytes) is { } answer ? $"{answer.Opcode} {answer.Result == 0} {answer.Outside is not null}" : null;

    private static string? ReadDescription(byte[] bytes)
    {
        IReadOnlyList<IgdService> services = IgdDescription.Read(new("http://192.168.1.1:5000/rootDesc.xml"), bytes, Way);
        FindingException.Unless(services.Count <= 32 && services.All(service => IsRouters(service.Control)), "A service is elsewhere than at the router.");
        return services.Count > 0 ? $"{services.Count} services" : null;
    }

    private static string? ReadSearch(byte[] bytes)
    {
        FindingException.Unless(SsdpSearch.Location(bytes, IPAddress.Parse("192.168.1.66"), Way) is null, "Somebody else was taken for the router.");
        Uri? found = SsdpSearch.Location(bytes, Way.Router, Way);
        FindingException.Unless(found is null || IsRouters(found), $"{found} is elsewhere than at the router.");
        return found is null ? null : "found";
    }

    private static bool IsRouters(Uri uri) => uri.Scheme == "http" && IPAddress.TryParse(uri.Host, out IPAddress? host) && host.Equals(Way.Router) && uri.UserInfo.Length == 0;
}
