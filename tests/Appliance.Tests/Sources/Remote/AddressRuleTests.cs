using System.Net;
using Appliance.Sources.Remote;
using Appliance.Startup;

namespace Appliance.Tests.Sources.Remote;

public sealed class AddressRuleTests
{
    /// <summary>The ends of every range that IANA keeps out of the public internet, and IPv6 forms of IPv4 addresses.</summary>
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.255.255.255")]
    [InlineData("10.0.0.0")]
    [InlineData("10.255.255.255")]
    [InlineData("100.64.0.0")]
    [InlineData("100.100.100.200")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.0.0")]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.255.255")]
    [InlineData("172.16.0.0")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.0")]
    [InlineData("192.0.0.192")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.0.0")]
    [InlineData("192.168.255.255")]
    [InlineData("198.18.0.0")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.7")]
    [InlineData("203.0.113.7")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.250")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::7f00:1")]
    [InlineData("::a00:1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:0:10.0.0.1")]
    [InlineData("64:ff9b::127.0.0.1")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b:1::5db8:d822")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2")]
    [InlineData("2001:2::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("2002:5db8:d822::1")]
    [InlineData("2a00:1450::5efe:a00:1")]
    [InlineData("2a00:1450::200:5efe:a00:1")]
    [InlineData("3fff::1")]
    [InlineData("4000::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fd20:ce::254")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%2")]
    [InlineData("febf:ffff::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void Address_ThatIsNotOfThePublicInternet_IsRefused(string address) => Assert.NotNull(AddressRule.WhyNot(IPAddress.Parse(address)));

    /// <summary>The neighbours of those ranges.</summary>
    [Theory]
    [InlineData("1.0.0.0")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("93.184.216.34")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("168.63.129.15")]
    [InlineData("169.253.255.255")]
    [InlineData("169.255.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.0.1.0")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:93.184.216.34")]
    [InlineData("64:ff9b::5db8:d822")]
    [InlineData("2001:200::1")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946")]
    [InlineData("2a00:1450:4001:81b::200e")]
    public void Address_OfThePublicInternet_MayBeAsked(string address) => Assert.Null(AddressRule.WhyNot(IPAddress.Parse(address)));

    [Theory]
    [InlineData("nas.lan", "nas.lan", 80, true)]
    [InlineData("nas.lan", "nas.lan", 8080, true)]
    [InlineData("NAS.lan.", "nas.lan", 80, true)]
    [InlineData("nas.lan:8080", "nas.lan", 8080, true)]
    [InlineData("nas.lan:8080", "nas.lan", 80, false)]
    [InlineData("nas.lan:80", "nas.lan", 8080, false)]
    [InlineData("nas.lan", "evil.nas.lan", 80, false)]
    [InlineData("nas.lan", "nas.lan.evil.example", 80, false)]
    [InlineData("a, 192.168.1.5 ,b", "192.168.1.5", 80, true)]
    [InlineData("192.168.1.5", "192.168.1.50", 80, false)]
    [InlineData("[fd00::5]:81", "fd00::5", 81, true)]
    [InlineData("fd00::5", "fd00::5", 81, true)]
    public void Allowed_Names_AreHeldExactly(string allowed, string host, int port, bool holds) => Assert.Equal(holds, AllowedOrigins.Parse(allowed).Hold(host, port));

    [Theory]
    [InlineData("")]
    [InlineData("http://nas.lan")]
    [InlineData("nas.lan/films")]
    [InlineData("nas.lan:99999")]
    [InlineData("me:secret@nas.lan")]
    [InlineData("a,,b")]
    public void Allowed_WhatIsNoName_IsRefused(string text) => Assert.Throws<UsageException>(() => AllowedOrigins.Parse(text));

    [Theory]
    [InlineData("http://2130706433/a.mkv", "127.0.0.1")]
    [InlineData("http://0x7f000001/a.mkv", "127.0.0.1")]
    [InlineData("http://0177.0.0.1/a.mkv", "127.0.0.1")]
    [InlineData("http://127.1/a.mkv", "127.0.0.1")]
    [InlineData("http://127.0.0.1./a.mkv", "127.0.0.1")]
    [InlineData("http://[::ffff:a9fe:a9fe]/a.mkv", "::ffff:169.254.169.254")]
    public void Url_AddressInDisguise_IsReadAsWhatItMeans(string text, string address)
    {
        Assert.True(OriginUrl.TryParse(text, out OriginUrl? url, out _));
        if (IPAddress.TryParse(url.Uri.IdnHost, out IPAddress? found))
        {
            Assert.Equal(IPAddress.Parse(address), found);
            Assert.NotNull(AddressRule.WhyNot(found));
        }
        else
        {
            // A name to the reader of URLs: whatever it resolves to is judged when it is connected to.
            Assert.EndsWith(".", url.Uri.IdnHost, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.mkv")]
    [InlineData("/a.mkv")]
    [InlineData("//films.example/a.mkv")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://films.example/a.mkv")]
    [InlineData("gopher://films.example/a.mkv")]
    [InlineData("data:video/mp4;base64,AAAA")]
    [InlineData("http://me:secret@films.example/a.mkv")]
    [InlineData("http://me@films.example/a.mkv")]
    [InlineData("http:///a.mkv")]
    [InlineData("http://films.example:0/a.mkv")]
    [InlineData("http://films.example:99999/a.mkv")]
    [InlineData("http://films.example/a\r\nHost: evil")]
    public void Url_ThatIsNone_IsRefused(string text) => Assert.False(OriginUrl.TryParse(text, out _, out _));

    [Fact]
    public void Url_Long_IsRefused() => Assert.False(OriginUrl.TryParse("http://films.example/" + new string('a', OriginUrl.MaxCharacters), out _, out _));

    [Theory]
    [InlineData("https://films.example/My%20film.2024.mkv?sig=secret#t=1", "My film.2024", "https://films.example/My%20film.2024.mkv", "films.example")]
    [InlineData("http://films.example:8080/", "films.example", "http://films.example:8080/", "films.example:8080")]
    [InlineData("http://films.example/a%0Ab%2F..%2Fc.mkv", "c", "http://films.example/a%0Ab%2F..%2Fc.mkv", "films.example")]
    public void Url_IsShownWithoutItsQuery(string text, string title, string shown, string host)
    {
        Assert.True(OriginUrl.TryParse(text, out OriginUrl? url, out _));
        Assert.Equal((title, shown, host), (url.Title, url.Shown, url.Host));
        Assert.DoesNotContain('#', url.Text);
    }
}
