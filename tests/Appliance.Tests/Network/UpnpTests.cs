using System.Net;
using System.Text;
using Appliance.Network.Mapping;
using Appliance.Network.Upnp;

namespace Appliance.Tests.Network;

/// <summary>What is believed of a gateway's words.</summary>
public sealed class UpnpTests
{
    private static readonly RouterPath Path = new(IPAddress.Parse("192.168.7.10"), IPAddress.Parse("192.168.7.1"));
    private static readonly Uri Root = new("http://192.168.7.1:5000/rootDesc.xml");

    [Fact]
    public void Search_AnswerOfTheRouter_LeadsToItsDescription() => Assert.Equal(Root, Location("HTTP/1.1 200 OK\r\nST: x\r\nLocation:  http://192.168.7.1:5000/rootDesc.xml\r\n\r\n", "192.168.7.1"));

    [Theory]
    [InlineData("192.168.7.66", "HTTP/1.1 200 OK\r\nLOCATION: http://192.168.7.1:5000/a\r\n\r\n")]
    [InlineData("192.168.7.1", "HTTP/1.1 200 OK\r\nLOCATION: http://192.168.7.66:5000/a\r\n\r\n")]
    [InlineData("192.168.7.1", "HTTP/1.1 200 OK\r\nLOCATION: https://192.168.7.1/a\r\n\r\n")]
    [InlineData("192.168.7.1", "HTTP/1.1 200 OK\r\nLOCATION: http://me@192.168.7.1/a\r\n\r\n")]
    [InlineData("192.168.7.1", "HTTP/1.1 200 OK\r\nLOCATION: http://router.example/a\r\n\r\n")]
    [InlineData("192.168.7.1", "HTTP/1.1 200 OK\r\nLOCATION: file:///etc/passwd\r\n\r\n")]
    [InlineData("192.168.7.1", "NOTIFY * HTTP/1.1\r\nLOCATION: http://192.168.7.1:5000/a\r\n\r\n")]
    [InlineData("192.168.7.1", "HTTP/1.1 200 OK\r\nST: x\r\n\r\n")]
    [InlineData("192.168.7.1", "")]
    public void Search_AnswerThatLeadsElsewhere_IsNone(string from, string datagram) => Assert.Null(Location(datagram, from));

    [Fact]
    public void Description_Services_AreFoundWhereverTheyLie_AndOnlyTheRoutersOwn()
    {
        IReadOnlyList<IgdService> services = Read("""
            <?xml version="1.0"?><root xmlns="urn:schemas-upnp-org:device-1-0"><URLBase>http://192.168.7.1:49000</URLBase><device><deviceList><device>
            <serviceList><service><serviceType>urn:schemas-upnp-org:service:WANIPConnection:1</serviceType><controlURL>/ctl/IPConn</controlURL></service>
            <service><serviceType>urn:schemas-upnp-org:service:WANPPPConnection:1</serviceType><controlURL>http://10.0.0.9/ctl</controlURL></service>
            <service><serviceType/><controlURL></controlURL></service></serviceList></device></deviceList></device></root>
            """);

        Assert.Equal(new IgdService("urn:schemas-upnp-org:service:WANIPConnection:1", new("http://192.168.7.1:49000/ctl/IPConn")), Assert.Single(services));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<root><device>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><root>&b;</root>")]
    public void Description_ThatIsNoSafeXml_IsRefused(string document) => Assert.Equal(RouterFailure.Garbled, Assert.Throws<RouterException>(() => Read(document)).Failure);

    [Fact]
    public void Values_OfAnAnswer_AreFoundWithoutSpaceBetween()
    {
        IReadOnlyDictionary<string, string> values = SoapClient.Values(Encoding.UTF8.GetBytes(
            "<s:E xmlns:s=\"a\"><s:Body><u:R xmlns:u=\"b\"><NewInternalPort>8080</NewInternalPort><NewInternalClient>192.168.7.10</NewInternalClient><NewRemoteHost></NewRemoteHost></u:R></s:Body></s:E>"));

        Assert.Equal(("8080", "192.168.7.10"), (values["NewInternalPort"], values["NewInternalClient"]));
    }

    private static Uri? Location(string datagram, string from) => SsdpSearch.Location(Encoding.ASCII.GetBytes(datagram), IPAddress.Parse(from), Path);

    private static IReadOnlyList<IgdService> Read(string document) => IgdDescription.Read(Root, Encoding.UTF8.GetBytes(document), Path);
}
