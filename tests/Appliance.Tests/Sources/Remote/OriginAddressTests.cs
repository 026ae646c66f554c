using System.Net;
using Appliance.Sources.Remote;

namespace Appliance.Tests.Sources.Remote;

/// <summary>Whom the box may be made to ask. The internet is a stand-in, in which a connection to an address that a test does not name is never made, and any is written down.</summary>
public sealed class OriginAddressTests
{
    private const string Public = "93.184.216.34";

    private static readonly byte[] Film = Origins.Film(100_000);

    private static byte[] Part(int offset, int count) => Film[offset..(offset + count)];

    [Theory]
    [InlineData("http://127.0.0.1/a.mkv")]
    [InlineData("http://2130706433/a.mkv")]
    [InlineData("http://0177.1/a.mkv")]
    [InlineData("http://[::1]/a.mkv")]
    [InlineData("http://[::ffff:10.0.0.1]/a.mkv")]
    [InlineData("http://[64:ff9b::a9fe:a9fe]/a.mkv")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://0/a.mkv")]
    [InlineData("https://192.168.1.1/a.mkv")]
    public async Task Address_ThatIsNotPublic_IsNeverConnectedTo(string url)
    {
        var network = new StandInNetwork();
        using var origins = new Origins(network, AllowedOrigins.None);
        OriginException refused = await Assert.ThrowsAsync<OriginException>(() => origins.OpenAsync(Origins.Url(url)));
        Assert.Contains("--allow-origin", refused.Message, StringComparison.Ordinal);
        Assert.Empty(network.Connected);
        Assert.Equal(refused.Message, new OriginConnections(network, AllowedOrigins.None).WhyNot(Origins.Url(url)));
    }

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("::ffff:169.254.169.254")]
    public async Task Name_OfAPrivateAddress_IsNeverConnectedTo(string address)
    {
        StandInNetwork network = new StandInNetwork().Name("films.example", address);
        using var origins = new Origins(network, AllowedOrigins.None);
        await Assert.ThrowsAsync<OriginException>(() => origins.OpenAsync(Origins.Url("http://films.example/a.mkv")));
        Assert.Equal(["films.example"], network.Asked);
        Assert.Empty(network.Connected);
    }

    /// <summary>A name that is public when it is looked at and private when the next connection is made: each connection goes to an address that was judged for it.</summary>
    [Fact]
    public async Task Name_ThatIsRebound_IsRefusedAtItsNextConnection()
    {
        await using var origin = new ScriptedOrigin(Film) { Closes = true };
        StandInNetwork network = new StandInNetwork().Name("films.example", Public).Name("films.example", "127.0.0.1").Place(Public, 80, origin.Port).Place("127.0.0.1", 80, origin.Port);
        using var origins = new Origins(network, AllowedOrigins.None);
        (OriginFace face, RemoteBlocks blocks) = await origins.OpenAsync(Origins.Url("http://films.example/a.mkv"));
        OriginException refused = await Assert.ThrowsAsync<OriginException>(() => Origins.ReadAsync(face, blocks, 0, 10));
        Assert.Contains("of the box itself", refused.Message, StringComparison.Ordinal);
        Assert.Equal([new IPEndPoint(IPAddress.Parse(Public), 80)], network.Connected);
        Assert.Single(origin.Requests);
    }

    /// <summary>Of several addresses those that may be asked are tried in turn, and the others never.</summary>
    [Fact]
    public async Task Name_OfSeveralAddresses_IsAskedAtThePublicOnes()
    {
        await using var origin = new ScriptedOrigin(Film);
        StandInNetwork network = new StandInNetwork().Name("films.example", "10.0.0.1", "93.184.216.33", "::1", Public).Place(Public, 80, origin.Port);
        using var origins = new Origins(network, AllowedOrigins.None);
        await origins.OpenAsync(Origins.Url("http://films.example/a.mkv"));
        Assert.Equal(["93.184.216.33", Public], network.Connected.Select(place => place.Address.ToString()));
    }

    [Theory]
    [InlineData("http://127.0.0.1/secret")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("//10.0.0.1/")]
    [InlineData("http://inside.example/")]
    [InlineData("http://0x7f000001:8080/")]
    public async Task Redirect_ToAPrivateAddress_IsNotFollowed(string location)
    {
        await using var origin = new ScriptedOrigin(Film);
        origin.Script = async (_, stream) =>
        {
            await ScriptedOrigin.WriteAsync(stream, $"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
            return true;
        };
        StandInNetwork network = new StandInNetwork().Name("films.example", Public).Name("inside.example", "192.168.0.1").Place(Public, 80, origin.Port);
        using var origins = new Origins(network, AllowedOrigins.None);
        OriginException refused = await Assert.ThrowsAsync<OriginException>(() => origins.OpenAsync(Origins.Url("http://films.example/a.mkv")));
        Assert.Contains("--allow-origin", refused.Message, StringComparison.Ordinal);
        Assert.Equal([new IPEndPoint(IPAddress.Parse(Public), 80)], network.Connected);
    }

    /// <summary>Redirects of every kind, relative and to another machine, are followed, also for every later part.</summary>
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirect_ToPublicMachines_IsFollowed(int status)
    {
        await using var origin = new ScriptedOrigin(Film);
        await using var other = new ScriptedOrigin(Film);
        origin.Script = async (request, stream) =>
        {
            string location = request.Target == "/a.mkv" ? "../b.mkv?x=1" : "http://other.example:8080/c.mkv";
            await ScriptedOrigin.WriteAsync(stream, $"HTTP/1.1 {status} There\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
            return true;
        };
        StandInNetwork network = new StandInNetwork().Name("films.example", Public).Name("other.example", "1.1.1.1").Place(Public, 80, origin.Port).Place("1.1.1.1", 8080, other.Port);
        using var origins = new Origins(network, AllowedOrigins.None);
        Assert.Equal(Part(5, 10), await origins.ReadAsync(Origins.Url("http://films.example/a.mkv"), 5, 10));
        Assert.Equal(["/a.mkv", "/b.mkv?x=1", "/a.mkv", "/b.mkv?x=1"], origin.Requests.Select(request => request.Target));
        Assert.Equal(["/c.mkv", "/c.mkv"], other.Requests.Select(request => request.Target));
    }

    [Fact]
    public void Redirect_FromHttpsToHttp_IsNotFollowed()
    {
        OriginUrl url = Origins.Url("https://films.example/a.mkv");
        Assert.Contains("from https to http", Assert.Throws<OriginException>(() => url.Follow(new Uri("http://films.example/a.mkv"))).Message, StringComparison.Ordinal);
        Assert.Equal("https://films.example/b.mkv", url.Follow(new Uri("/b.mkv", UriKind.Relative)).Text);
    }

    /// <summary>What the owner names may be asked, and nothing beside it.</summary>
    [Fact]
    public async Task Allowed_MachineAtHome_IsAsked_AndItsNeighbourIsNot()
    {
        await using var origin = new ScriptedOrigin(Film);
        StandInNetwork network = new StandInNetwork().Name("nas.lan", "192.168.1.5").Place("192.168.1.5", 80, origin.Port).Place("192.168.1.5", 81, origin.Port);
        using var origins = new Origins(network, AllowedOrigins.Parse("nas.lan:80"));
        Assert.Equal(Part(0, 10), await origins.ReadAsync(Origins.Url("http://nas.lan/a.mkv"), 0, 10));
        await Assert.ThrowsAsync<OriginException>(() => origins.OpenAsync(Origins.Url("http://nas.lan:81/a.mkv")));
        await Assert.ThrowsAsync<OriginException>(() => origins.OpenAsync(Origins.Url("http://192.168.1.5/a.mkv")));
        Assert.All(network.Connected, place => Assert.Equal(80, place.Port));
    }

    /// <summary>A machine's environment may name a proxy, through which everything could be reached.</summary>
    [Fact]
    public void Handler_TakesNoDetour()
    {
        using System.Net.Http.SocketsHttpHandler handler = new OriginConnections(new StandInNetwork(), AllowedOrigins.None).Handler(new());
        Assert.Equal((false, false, false, DecompressionMethods.None), (handler.UseProxy, handler.UseCookies, handler.AllowAutoRedirect, handler.AutomaticDecompression));
        Assert.NotNull(handler.ConnectCallback);
    }
}
