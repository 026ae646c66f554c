using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Attacks;

/// <summary>Requests that are too large, and those that would become so.</summary>
public sealed class SizeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(65, 10, 431)]
    [InlineData(60, 1000, 431)]
    [InlineData(1, 17_000, 431)]
    [InlineData(60, 100, 200)]
    public async Task Headers_ManyOrLarge_AreRefused(int count, int length, int status)
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        string headers = string.Concat(Enumerable.Range(0, count).Select(i => $"X-{i}: {new string('x', length)}\r\n"));
        string answer = await RawTalk.AskAsync(box.BaseAddress, $"GET /v1/sources HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");

        Assert.Equal([status], RawTalk.Statuses(answer));
    }

    [Theory]
    [InlineData("/v1/sources", 1 << 20)]
    [InlineData("/v1/jobs", 1 << 20)]
    [InlineData("/v1/keys", 8 << 10)]
    public async Task Body_LongerThanAnyIs_IsRefused(string path, int limit)
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        using HttpResponseMessage said = await SendAsync(box, path, new ByteArrayContent(Encoding.ASCII.GetBytes($"{{\"name\":\"{new string('x', limit)}\"}}")));
        using HttpResponseMessage chunked = await SendAsync(box, path, new StreamContent(new MemoryStream(Encoding.ASCII.GetBytes($"{{\"name\":\"{new string('x', limit)}\"}}"))));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, said.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, chunked.StatusCode);
    }

    /// <summary>A body that says it is compressed is not unpacked: a kilobyte stays one.</summary>
    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Body_Compressed_IsNotUnpacked(string coding)
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        using var packed = new MemoryStream();
        await using (Stream packer = coding == "gzip" ? new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true) : coding == "br" ? new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true) : new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            await packer.WriteAsync(Encoding.ASCII.GetBytes($"{{\"homeIsOpen\":false,\"x\":\"{new string('x', 500_000)}\"}}"), Token);
        }

        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentEncoding.Add(coding);
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/access") { Content = content };
        request.Headers.Authorization = new("Bearer", box.Token);
        using HttpResponseMessage answer = await box.Client.SendAsync(request, Token);
        using HttpResponseMessage open = await box.SendAsync(HttpMethod.Get, "/v1/sources");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
    }

    /// <summary>JSON that is all depth, or all one name.</summary>
    [Theory]
    [InlineData("[", 200_000)]
    [InlineData("{\"a\":", 100_000)]
    [InlineData("{\"source\":\"x\",\"renditions\":[\"a\",", 1)]
    public async Task Body_Deep_IsRefused(string piece, int times)
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        using HttpResponseMessage answer = await SendAsync(box, "/v1/jobs", new ByteArrayContent(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(piece, times)))));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(TestAppliance box, string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = new("Bearer", box.Token);
        return await box.Client.SendAsync(request, Token);
    }
}
