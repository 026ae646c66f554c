using System.Net;
using System.Net.Sockets;
using System.Text;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Attacks;

/// <summary>Whoever speaks a byte at a time, or never ends, is hung up on; others are answered meanwhile.</summary>
public sealed class SlowTests
{
    private static readonly TimeSpan BetweenBytes = TimeSpan.FromMilliseconds(200);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="atOnce">How it begins.</param>
    /// <param name="slowly">What follows, again and again.</param>
    [Theory]
    [InlineData("GET /v1/sou", "r")]
    [InlineData("GET /v1/sources HTTP/1.1\r\nHost: localhost\r\nX-Endless: ", "x")]
    [InlineData("POST /v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n{\"password\":\"", "x")]
    [InlineData("POST /v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nd\r\n{\"password\":\"\r\n", "1\r\nx\r\n")]
    public async Task Connection_AByteAtATime_IsHungUpOn(string atOnce, string slowly)
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(box.BaseAddress.Host, box.BaseAddress.Port, Token);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(atOnce), Token);
        Task<string> answer = RawTalk.ReadAsync(stream);
        for (int i = 0; !answer.IsCompleted; i++)
        {
            try
            {
                await stream.WriteAsync(new[] { (byte)slowly[i % slowly.Length] }, Token);
            }
            catch (IOException)
            {
                break;
            }

            using HttpResponseMessage other = await box.SendAsync(HttpMethod.Get, "/v1/sources");
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
            await Task.WhenAny(answer, Task.Delay(BetweenBytes, Token));
        }

        // 408 where there was somebody to be told; else just the end.
        Assert.All(RawTalk.Statuses(await answer), status => Assert.Equal(408, status));
    }

    /// <summary>What is asked for is large, and never taken: the box keeps the connection no longer than it would a reader at 240 bytes a second.</summary>
    [Fact]
    public async Task Answer_NeverRead_IsBrokenOff()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(IPAddress.Loopback, box.BaseAddress.Port, Token);
        string request = $"GET {box.Url("720p", "0.m4s")} HTTP/1.1\r\nHost: localhost\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(request, 2000))), Token);

        // The kernel tells of the end; nothing is received here.
        await Until.HoldsAsync(() => (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)! != 0);
    }
}
