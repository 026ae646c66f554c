using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Appliance.Access.Tls;
using Appliance.Startup;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Attacks;

/// <summary>HTTP/2 in bare frames (RFC 9113), as no client sends them.</summary>
public sealed class Http2FloodTests
{
    private const byte Headers = 1;
    private const byte Reset = 3;
    private const byte Settings = 4;
    private const byte Ping = 6;
    private const byte GoAway = 7;
    private const byte Continuation = 9;

    private const int EndStream = 1;
    private const int EndHeaders = 4;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Streams that are opened and reset at once (CVE-2023-44487): the box ends the connection long before all of them have become requests.</summary>
    [Fact]
    public async Task Streams_ResetAtOnce_EndTheConnection()
    {
        (TestAppliance box, List<string> seen) = await StartAsync();
        await using (box)
        {
            const int Streams = 20_000;
            byte[] flood = [.. Enumerable.Range(0, Streams).SelectMany(i => (byte[])[
                .. Frame(Headers, EndHeaders | EndStream, 1 + (2 * i), Request("/v1/sources")), .. Frame(Reset, 0, 1 + (2 * i), [0, 0, 0, 8])])];
            int error = await FloodAsync(box, flood);

            Assert.NotEqual(0, error);
            Assert.InRange(seen.Count, 0, Streams / 4);
            await StillAnswersAsync(box);
        }
    }

    /// <summary>Headers that never end (CVE-2024-27316).</summary>
    [Fact]
    public async Task Headers_GoingOnForEver_EndTheConnection()
    {
        (TestAppliance box, List<string> seen) = await StartAsync();
        await using (box)
        {
            byte[] piece = [.. Field("x-endless", new string('x', 100))];
            byte[] flood = [.. Frame(Headers, EndStream, 1, Request("/v1/sources")), .. Enumerable.Range(0, 20_000).SelectMany(_ => Frame(Continuation, 0, 1, piece))];
            int error = await FloodAsync(box, flood);

            Assert.NotEqual(0, error);
            Assert.Empty(seen);
            await StillAnswersAsync(box);
        }
    }

    /// <summary>What asks for an answer each, and never takes one.</summary>
    [Theory]
    [InlineData(Ping, 8)]
    [InlineData(Settings, 0)]
    public async Task Frames_ThatWantAnswers_AreNotQueuedForEver(byte kind, int length)
    {
        (TestAppliance box, _) = await StartAsync();
        await using (box)
        {
            byte[] flood = [.. Enumerable.Range(0, 50_000).SelectMany(_ => Frame(kind, 0, 0, new byte[length]))];
            await FloodAsync(box, flood);

            await StillAnswersAsync(box);
        }
    }

    /// <summary>What would be another request, or one with two ends, once it is written as HTTP/1.1.</summary>
    [Theory]
    [InlineData("transfer-encoding", "chunked")]
    [InlineData("connection", "close")]
    [InlineData("x-a: b\r\nx-hidden", "c")]
    [InlineData("X-Upper", "c")]
    [InlineData(":path", "/v1/hidden")]
    [InlineData(":unknown", "x")]
    [InlineData("content-length", "5")]
    public async Task Headers_OfHttp1_AreNoSecondRequest(string name, string value)
    {
        (TestAppliance box, List<string> seen) = await StartAsync();
        await using (box)
        {
            await FloodAsync(box, Frame(Headers, EndHeaders | EndStream, 1, [.. Request("/v1/first"), .. Field(name, value)]));

            Assert.DoesNotContain(seen, request => request.Contains("hidden", StringComparison.Ordinal));
            Assert.InRange(seen.Count, 0, 1);
            await StillAnswersAsync(box);
        }
    }

    [Theory]
    [InlineData("a frame longer than was agreed", "7fffff010500000001")]
    [InlineData("a stream that is none", "000004030000000000" + "00000008")]
    [InlineData("an even stream", "000000010500000002")]
    [InlineData("a window that overflows", "000004080000000000" + "7fffffff")]
    [InlineData("a push", "000000050400000001")]
    [InlineData("padding longer than the frame", "00000101" + "0d" + "00000001" + "ff")]
    public async Task Frame_ThatMakesNoSense_EndsTheConnection(string what, string hexadecimal)
    {
        (TestAppliance box, List<string> seen) = await StartAsync();
        await using (box)
        {
            int error = await FloodAsync(box, Convert.FromHexString(hexadecimal));

            Assert.True(error > 0, what);
            Assert.Empty(seen);
            await StillAnswersAsync(box);
        }
    }

    private static async Task<(TestAppliance Box, List<string> Seen)> StartAsync()
    {
        var seen = new SeenRequests();
        return (await TestAppliance.StartAsync(options: options => options with { Tls = TlsChoice.Parse("self") }, adjust: seen.Add), seen.Requests);
    }

    /// <summary>Sends it, and reads until the box ends the connection or has nothing to say.</summary>
    /// <returns>Why it ended the connection; 0 where it did not say.</returns>
    private static async Task<int> FloodAsync(TestAppliance box, byte[] frames)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", box.BaseAddress.Port, Token);
        await using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false);
#pragma warning disable CA5359 // The certificate is the box's own, and not what is looked at here.
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ApplicationProtocols = [SslApplicationProtocol.Http2],
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
            }, Token);
#pragma warning restore CA5359
        Assert.Equal(SslApplicationProtocol.Http2, stream.NegotiatedApplicationProtocol);
        Task<int> error = ErrorAsync(stream);
        try
        {
            await stream.WriteAsync((byte[])[.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0, [])], Token);
            for (int at = 0; at < frames.Length && !error.IsCompleted; at += 64 << 10)
            {
                await stream.WriteAsync(frames.AsMemory(at, Math.Min(64 << 10, frames.Length - at)), Token);
            }

            // Told that this is the end, the box ends it too.
            await stream.WriteAsync(Frame(GoAway, 0, 0, new byte[8]), Token);
            await stream.ShutdownAsync();
        }
        catch (IOException)
        {
            // It hung up before all of it was sent.
        }

        return await error;
    }

    private static async Task<int> ErrorAsync(Stream stream)
    {
        byte[] header = new byte[9];
        int error = 0;
        try
        {
            while (await stream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, Token) == header.Length)
            {
                byte[] payload = new byte[(header[0] << 16) | (header[1] << 8) | header[2]];
                await stream.ReadExactlyAsync(payload, Token);
                error = header[3] switch
                {
                    GoAway => Math.Max(error, BinaryPrimitives.ReadInt32BigEndian(payload.AsSpan(4))),
                    Reset => Math.Max(error, BinaryPrimitives.ReadInt32BigEndian(payload)),
                    _ => error,
                };
            }
        }
        catch (IOException)
        {
            // It hung up with frames of ours unread; what it said before was read.
        }

        return error;
    }

    private static async Task StillAnswersAsync(TestAppliance box)
    {
        (int code, string said) = await House.RunAsync("curl", "--silent", "--insecure", "--output", "/dev/null", "--write-out", "%{http_code}", $"https://localhost:{box.BaseAddress.Port}/health/live");

        Assert.Equal((0, "200"), (code, said));
    }

    private static byte[] Frame(byte kind, int flags, int stream, byte[] payload)
    {
        byte[] frame = [(byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, kind, (byte)flags, 0, 0, 0, 0, .. payload];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        return frame;
    }

    private static byte[] Request(string path) => [.. Field(":method", "GET"), .. Field(":scheme", "https"), .. Field(":path", path), .. Field(":authority", "localhost")];

    /// <summary>A literal that is not indexed, name and value without Huffman's code (RFC 7541, 6.2.2).</summary>
    private static IEnumerable<byte> Field(string name, string value) => [0, .. Text(name), .. Text(value)];

    /// <summary>A length of seven bits, and what is over in the next byte (RFC 7541, 5.1); up to 254 bytes.</summary>
    private static IEnumerable<byte> Text(string text) => text.Length < 127 ? [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)] : [127, (byte)(text.Length - 127), .. Encoding.ASCII.GetBytes(text)];
}
