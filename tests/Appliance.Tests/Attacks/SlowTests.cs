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
}
