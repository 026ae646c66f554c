using System.Buffers.Binary;
using System.Net;
using Appliance.Network;
using Appliance.Network.Mapping;
using Appliance.Network.NatPmp;
using Appliance.Network.Pcp;
using Appliance.Network.Reach;
using Appliance.Network.Upnp;

namespace Appliance.Tests.Network;

/// <summary>Answers that no router here can be made to give: of other versions, without sense, and of addresses behind addresses.</summary>
public sealed class RouterAnswersTests
{
    private static readonly byte[] Nonce = [.. Enumerable.Range(1, 12).Select(i => (byte)i)];
    private static readonly MappingWish Wish = new(8080, 8080, null, TimeSpan.FromHours(1));
    private static readonly ListeningPlace Place = new(IPAddress.Any, 8080, IsEncrypted: true);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>RFC 6887, 9: it says which version it speaks, and is asked in that.</summary>
    [Fact]
    public async Task Search_RouterOfNatPmpAlone_IsAskedByThat()
    {
        using var router = new ScriptedRouter(question => question[0] == 0 ? NatPmp(question, "192.168.50.2") : [Convert.FromHexString("0081000100000010")]);

        (IPortMapper mapper, PortMapping mapping) = await RouterSearch.MapAsync(router.Path, Nonce, Wish, TimeProvider.System, Token);

        Assert.Equal(("NAT-PMP", 8080, IPAddress.Parse("192.168.50.2"), 3), (mapper.Language, mapping.OutsidePort, mapping.Outside, router.Questions));
    }

    [Theory]
    [InlineData("5.6.7.1", "Open", "Others outside the home reach this box at https://5.6.7.1:8080/.", null)]
    [InlineData(
        "192.168.50.2",
        "DoubleNat",
        "The router {0} lets others through to this box, but the Internet does not come as far as the router: its address 192.168.50.2 is one of a home's own network, so that there is a second router in front of it (double NAT).",
        "Have the router in front pass TCP port 8080 on to 192.168.50.2, or make it a bridge, so that only one router is left.")]
    [InlineData(
        "100.64.3.4",
        "DoubleNat",
        "The router {0} lets others through to this box, but the Internet does not come as far as the router: its address 100.64.3.4 is one that a provider shares among many homes (carrier-grade NAT).",
        "Ask the provider for a public IPv4 address, or use IPv6.")]
    public async Task Router_ByItsOwnAddress_IsOnTheInternetOrNot(string outside, string standing, string says, string? toDo)
    {
        using var router = new ScriptedRouter(question => NatPmp(question, outside));
        using var mapper = new NatPmpMapper(router.Path, TimeProvider.System);

        ReachState state = ReachSentences.Made("IPv4", router.Path, Place, Wish, mapper.Language, await mapper.MapAsync(Wish, Token));

        Assert.Equal((standing, string.Format(System.Globalization.CultureInfo.InvariantCulture, says, router.Path.Router), toDo), (state.Standing.ToString(), state.Says, state.ToDo));
    }

    /// <summary>What is about somebody else's mapping, or of somebody who guesses, is passed over.</summary>
    [Fact]
    public async Task Pcp_AnswersToOtherQuestions_AreNotTaken()
    {
        using var router = new ScriptedRouter(question =>
        [
            [], [1, 2, 3], question, Pcp(question, port: 1, change: answer => answer[24] ^= 1), Pcp(question, port: 2, change: answer => answer[36] = 17),
            Pcp(question, port: 3, change: answer => answer[41] ^= 1), Pcp(question, port: 4, change: answer => answer[1] = 0x80), [.. Pcp(question, port: 5), .. new byte[1100]],
            Pcp(question, port: 8081),
        ]);
        using var mapper = new PcpMapper(router.Path, Nonce, TimeProvider.System);

        Assert.Equal(8081, (await mapper.MapAsync(Wish, Token)).OutsidePort);
    }

    [Theory]
    [InlineData(2, "Refused")]
    [InlineData(7, "Offline")]
    [InlineData(8, "Full")]
    [InlineData(10, "Full")]
    [InlineData(11, "PortTaken")]
    [InlineData(12, "Between")]
    [InlineData(99, "Refused")]
    public async Task Pcp_Refusals_AreTold(byte result, string failure)
    {
        using var router = new ScriptedRouter(question => [Pcp(question, port: 8080, change: answer => answer[3] = result)]);
        using var mapper = new PcpMapper(router.Path, Nonce, TimeProvider.System);

        RouterException refusal = await Assert.ThrowsAsync<RouterException>(() => mapper.MapAsync(Wish, Token));

        Assert.Equal(failure, refusal.Failure.ToString());
        Assert.EndsWith($"(result {result}).", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "OtherVersion")]
    [InlineData(2, "Refused")]
    [InlineData(3, "Offline")]
    [InlineData(4, "Full")]
    [InlineData(5, "Refused")]
    public async Task NatPmp_Refusals_AreTold(byte result, string failure)
    {
        using var router = new ScriptedRouter(question => question[1] == 0 ? NatPmp(question, "5.6.7.1") : [[0, 130, 0, result, 0, 0, 0, 9]]);
        using var mapper = new NatPmpMapper(router.Path, TimeProvider.System);

        Assert.Equal(failure, (await Assert.ThrowsAsync<RouterException>(() => mapper.MapAsync(Wish, Token))).Failure.ToString());
    }

    [Theory]
    [InlineData(0, 3600u)]
    [InlineData(8080, 0u)]
    public async Task Pcp_MappingOfNothing_MakesNoSense(int port, uint lifetime)
    {
        using var router = new ScriptedRouter(question => [Pcp(question, port, answer => BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(4), lifetime))]);
        using var mapper = new PcpMapper(router.Path, Nonce, TimeProvider.System);

        Assert.Equal(RouterFailure.Garbled, (await Assert.ThrowsAsync<RouterException>(() => mapper.MapAsync(Wish, Token))).Failure);
    }

    /// <summary>A lease of a second would have a router asked all day, one of a century never again.</summary>
    [Theory]
    [InlineData(1u, 4)]
    [InlineData(uint.MaxValue, 86_400)]
    public async Task Pcp_LeasesBeyondReason_AreBrought_WithinIt(uint told, int taken)
    {
        using var router = new ScriptedRouter(question => [Pcp(question, 8080, answer => BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(4), told))]);
        using var mapper = new PcpMapper(router.Path, Nonce, TimeProvider.System);

        Assert.Equal(TimeSpan.FromSeconds(taken), (await mapper.MapAsync(Wish, Token)).Lease);
    }

    /// <summary>Whatever bytes come, there is an answer, none, or a refusal, and never another failure.</summary>
    [Fact]
    public void Readers_OfAnyBytes_StayUpright()
    {
        var random = new Random(20261128);
        string[] seeds =
        [
            "0281000000000e1000000102000000000000000000000000000102030405060708090a0b060000001f9020fb00000000000000000000ffff05060701", "00820000000001021f9020fb00000078",
            Convert.ToHexStringLower("HTTP/1.1 200 OK\r\nLOCATION: http://192.168.7.1:5000/a\r\n\r\n"u8),
            Convert.ToHexStringLower("<root><URLBase>http://192.168.7.1</URLBase><service><serviceType>t</serviceType><controlURL>/c</controlURL></service></root>"u8),
        ];
        var path = new RouterPath(IPAddress.Parse("192.168.7.10"), IPAddress.Parse("192.168.7.1"));
        int read = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = Convert.FromHexString(seeds[i % seeds.Length]);
            for (int changes = random.Next(5); changes > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            bytes = random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
            read += PcpMessage.Read(bytes) is null ? 0 : 1;
            read += NatPmpMessage.Read(bytes) is null ? 0 : 1;
            Uri? location = SsdpSearch.Location(bytes, path.Router, path);
            Assert.True(location is null || location.Host == "192.168.7.1", location?.ToString());
            try
            {
                Assert.All(IgdDescription.Read(new("http://192.168.7.1/"), bytes, path), service => Assert.Equal("192.168.7.1", service.Control.Host));
                _ = SoapClient.Values(bytes);
            }
            catch (RouterException)
            {
            }
        }

        Assert.InRange(read, 1000, 20_000);
    }

    private static byte[] Pcp(byte[] question, int port, Action<byte[]>? change = null)
    {
        byte[] answer = [.. question];
        answer[1] |= 0x80;
        answer.AsSpan(8, 16).Clear();
        answer[11] = 100;
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(42), (ushort)port);
        IPAddress.Parse("::ffff:5.6.7.1").TryWriteBytes(answer.AsSpan(44), out _);
        change?.Invoke(answer);
        return answer;
    }

    private static IEnumerable<byte[]> NatPmp(byte[] question, string outside) => question switch
    {
        [0, 0] => [[0, 128, 0, 0, 0, 0, 0, 9, .. IPAddress.Parse(outside).GetAddressBytes()]],
        [0, 2, ..] => [[0, 130, 0, 0, 0, 0, 0, 9, .. question.AsSpan(4, 8)]],
        _ => [],
    };
}
