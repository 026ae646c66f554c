using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Playback;

/// <summary>Everything a client can get wrong. {id}, {v} and {a} stand for the source, its 720p and its audio rendition.</summary>
public sealed class BadRequestTests
{
    [Theory]
    [InlineData("GET", "/v1/nothing", 404)]
    [InlineData("GET", "/v2/sources", 404)]
    [InlineData("DELETE", "/v1/sources", 405)]
    [InlineData("POST", "/v1/sources/{id}", 405)]
    [InlineData("PUT", "/v1/sources/{id}/hls/{v}/0.m4s", 405)]
    [InlineData("GET", "/v1/sources/unknown", 404)]
    [InlineData("GET", "/v1/sources/unknown/hls/master.m3u8", 404)]
    [InlineData("GET", "/v1/sources/unknown/still.jpg", 404)]
    [InlineData("GET", "/v1/sources/unknown/hls/{v}/0.m4s", 404)]
    [InlineData("GET", "/v1/sources/00000000000000000000/hls/{v}/0.m4s", 404)]
    [InlineData("GET", "/v1/sources/{id}/hls/{v}/16.m4s", 404)]
    [InlineData("GET", "/v1/sources/{id}/hls/{v}/-1.m4s", 404)]
    [InlineData("GET", "/v1/sources/{id}/hls/{v}/one.m4s", 404)]
    [InlineData("GET", "/v1/sources/{id}/hls/{v}/1e1.m4s", 404)]
    [InlineData("GET", "/v1/sources/{id}/hls/{v}/01.m4s", 404)]
    [InlineData("GET", "/v1/sources/{id}/hls/{v}/+1.m4s", 404)]
    [InlineData("GET", "/v1/sources/{id}/hls/{v}/%201.m4s", 404)]
    [InlineData("GET", "/v1/sources/{id}/hls/{v}/2147483648.m4s", 404)]
    [InlineData("GET", "/v1/sources/{id}/hls/{v}/99999999999999999999999999.m4s", 404)]
    [InlineData("GET", "/v1/sources/{id}/hls/{v}/.m4s", 404)]
    [InlineData("GET", "/v1/sources/{id}/hls/{v}/0.mp4", 404)]
    [InlineData("GET", "/v1/sources/{id}/hls/720p/0.m4s", 404)]
    [InlineData("GET", "/v1/sources/{id}/hls/9999p-000000000000/0.m4s", 404)]
    [InlineData("GET", "/v1/sources/{id}/hls/9999p-000000000000/index.m3u8", 404)]
    [InlineData("GET", "/v1/sources/{id}/hls/9999p-000000000000/init.mp4", 404)]
    [InlineData("GET", "/v1/sources/..%2f..%2fetc%2fpasswd", 404)]
    [InlineData("GET", "/v1/sources/{id}/hls/..%2f..%2f/0.m4s", 404)]
    [InlineData("GET", "/v1/sources/{id}/hls/{v}/..%2f0.m4s", 404)]
    [InlineData("GET", "/v1/sources/{id}/hls/{v}/..%5c0.m4s", 404)]
    [InlineData("GET", "/v1/sources/../../etc/passwd", 404)]
    [InlineData("GET", "/../../etc/passwd", 404)]
    [InlineData("GET", "/%2e%2e/%2e%2e/etc/passwd", 404)]
    [InlineData("GET", "/v1/sources/{id}/tuning.json?t=soon", 400)]
    [InlineData("GET", "/v1/sources/{id}/tuning.json?rung=9000p", 404)]
    [InlineData("GET", "/v1/sources/unknown/tuning.json", 404)]
    [InlineData("GET", "/v1/sources/{id}/still.jpg?t=soon", 400)]
    [InlineData("GET", "/v1/sources/{id}/still.jpg?t=-1", 400)]
    [InlineData("GET", "/v1/sources/{id}/still.jpg?t=NaN", 400)]
    [InlineData("GET", "/v1/sources/{id}/still.jpg?t=1e400", 400)]
    [InlineData("GET", "/v1/sources/{id}/still.jpg?w=wide", 400)]
    [InlineData("GET", "/v1/sources/{id}/still.jpg?w=0", 400)]
    [InlineData("GET", "/v1/sources/{id}/still.jpg?w=-5", 400)]
    [InlineData("GET", "/v1/sources/{id}/still.jpg?w=99999999999", 400)]
    public async Task Request_Wrong_IsTheRightProblem(string method, string path, int status)
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        string[] parts = appliance.Url("720p", "0.m4s").Split('/');
        string answer = await RawAsync(appliance, method, path.Replace("{id}", parts[3]).Replace("{v}", parts[5]));

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        AssertProblem(answer, status);
        Assert.Empty(appliance.Work.SegmentsStarted);
    }

    /// <summary>Whatever stands for a source, a rendition or a segment, it is looked up and never resolved.</summary>
    [Theory]
    [InlineData("..%2f..%2fetc%2fpasswd")]
    [InlineData("%2e%2e%2f%2e%2e%2fetc%2fpasswd")]
    [InlineData("..%5c..%5cetc%5cpasswd")]
    [InlineData("..\\..\\etc")]
    [InlineData("%252e%252e%252fetc")]
    [InlineData("%c0%ae%c0%ae")]
    [InlineData("%ff%fe")]
    [InlineData("%2e%2e")]
    [InlineData("{long}")]
    public async Task Variable_NamesAFileElsewhere_IsNotFound(string value)
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        string[] parts = appliance.Url("720p", "0.m4s").Split('/');
        value = value.Replace("{long}", new string('7', 4000));
        foreach (string path in new[]
        {
            $"/v1/sources/{value}",
            $"/v1/sources/{value}/still.jpg",
            $"/v1/sources/{value}/hls/master.m3u8",
            $"/v1/sources/{parts[3]}/hls/{value}/index.m3u8",
            $"/v1/sources/{parts[3]}/hls/{value}/0.m4s",
            $"/v1/sources/{parts[3]}/hls/{parts[5]}/{value}.m4s",
        })
        {
            AssertProblem(await RawAsync(appliance, "GET", path), 404);
        }

        Assert.Empty(appliance.Work.SegmentsStarted);
    }

    [Theory]
    [InlineData("attacker.example")]
    [InlineData("127.0.0.1.attacker.example")]
    [InlineData("10.0.0.1:8080")]
    public async Task Host_NotThisMachine_Is421(string host)
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();

        AssertProblem(await RawAsync(appliance, "GET", "/v1/sources", host), 421);
    }

    [Theory]
    [InlineData("bytes=3000-")]
    [InlineData("bytes=99999999999-99999999999999")]
    [InlineData("bytes=-0")]
    public async Task Range_OutsideOfTheSegment_Is416WithTheLength(string range)
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();

        string answer = await RawAsync(appliance, "GET", appliance.Url("720p", "0.m4s"), headers: $"Range: {range}\r\n");

        AssertProblem(answer, 416);
        Assert.Contains($"Content-Range: bytes */{3 * ScriptedTranscoder.ChunkBytes}\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE", "/v1/sources", "GET, HEAD, POST")]
    [InlineData("POST", "/v1/sources/x/hls/y/0.m4s", "GET, HEAD")]
    [InlineData("PATCH", "/health/live", "GET, HEAD")]
    [InlineData("PUT", "/v1/activity", "GET, HEAD")]
    public async Task Method_NotTaken_Is405AndAllowSaysWhichAre(string method, string path, string allowed)
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();

        string answer = await RawAsync(appliance, method, path);

        AssertProblem(answer, 405);
        string allow = answer.Split("\r\n").Single(line => line.StartsWith("Allow: ", StringComparison.Ordinal))["Allow: ".Length..];
        Assert.Equal(allowed, string.Join(", ", allow.Split(", ").Order()));
    }

    /// <summary>Refused by the server itself, for its size.</summary>
    [Fact]
    public async Task Path_LongerThanTheServerReads_Is414()
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();

        Assert.StartsWith("HTTP/1.1 414 ", await RawAsync(appliance, "GET", "/v1/sources/" + new string('a', 10_000)), StringComparison.Ordinal);
    }

    /// <summary>The server refuses these before they are a request, so there is no body to describe it in.</summary>
    [Theory]
    [InlineData("/v1/sources/%00")]
    [InlineData("/v1/sources/a%00b/hls/master.m3u8")]
    public async Task Request_WithANul_Is400(string path)
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();

        Assert.StartsWith("HTTP/1.1 400 ", await RawAsync(appliance, "GET", path), StringComparison.Ordinal);
    }

    private static void AssertProblem(string answer, int status)
    {
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/problem+json", answer, StringComparison.Ordinal);
        string body = answer[answer.IndexOf('{', StringComparison.Ordinal)..(answer.LastIndexOf('}') + 1)];
        using JsonDocument problem = JsonDocument.Parse(body);
        JsonElement root = problem.RootElement;
        Assert.Equal(status, root.GetProperty("status").GetInt32());
        Assert.StartsWith("https://", root.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(root.GetProperty("title").GetString()!);
        Assert.EndsWith(".", root.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("/etc", body, StringComparison.Ordinal);
    }

    /// <summary>Byte for byte, where a client library would tidy up the path.</summary>
    private static async Task<string> RawAsync(
        TestAppliance appliance, string method, string path, string host = "localhost", string headers = "")
    {
        using var client = new TcpClient();
        await client.ConnectAsync(appliance.BaseAddress.Host, appliance.BaseAddress.Port, TestContext.Current.CancellationToken);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: {host}\r\n{headers}Connection: close\r\nContent-Length: 0\r\n\r\n"),
            TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
