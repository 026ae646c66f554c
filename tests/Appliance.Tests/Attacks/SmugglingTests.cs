using Appliance.Tests.Hosting;

namespace Appliance.Tests.Attacks;

/// <summary>Requests whose end two readers may see in different places: what is hidden in one must not become another.</summary>
public sealed class SmugglingTests
{
    private const string Hidden = "GET /v1/hidden HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n";

    private const string Last = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    public static TheoryData<string, string> Probes => new()
    {
        { "both lengths, the shorter in Content-Length", "POST /v1/first HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n{hex}\r\n{hidden}\r\n0\r\n\r\n" },
        { "both lengths, the shorter in chunks", "POST /v1/first HTTP/1.1\r\nHost: localhost\r\nContent-Length: {all}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{hidden}" },
        { "two lengths that differ", "POST /v1/first HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nContent-Length: {all}\r\n\r\n{hidden}" },
        { "two lengths in one", "POST /v1/first HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0, {all}\r\n\r\n{hidden}" },
        { "a length with a sign", "POST /v1/first HTTP/1.1\r\nHost: localhost\r\nContent-Length: +0\r\n\r\n{hidden}" },
        { "a length in hexadecimal", "POST /v1/first HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0x0\r\n\r\n{hidden}" },
        { "a space before the colon", "POST /v1/first HTTP/1.1\r\nHost: localhost\r\nContent-Length : {all}\r\n\r\n{hidden}" },
        { "a coding that is none", "POST /v1/first HTTP/1.1\r\nHost: localhost\r\nContent-Length: {all}\r\nTransfer-Encoding: xchunked\r\n\r\n{hidden}" },
        { "two codings", "POST /v1/first HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n{hidden}" },
        { "a coding behind a tab", "POST /v1/first HTTP/1.1\r\nHost: localhost\r\nContent-Length: {all}\r\nTransfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n{hidden}" },
        { "a header that goes on in the next line", "POST /v1/first HTTP/1.1\r\nHost: localhost\r\nContent-Length: {all}\r\nX: a\r\n Transfer-Encoding: chunked\r\n\r\n{hidden}" },
        { "a coding in the next line", "POST /v1/first HTTP/1.1\r\nHost: localhost\r\nContent-Length: {all}\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n{hidden}" },
        { "lines that end in a bare LF", "POST /v1/first HTTP/1.1\nHost: localhost\nContent-Length: {all}\n\n{hidden}" },
        { "a bare CR in a header", "POST /v1/first HTTP/1.1\r\nHost: localhost\r\nX: a\rContent-Length: 0\r\nContent-Length: {all}\r\n\r\n{hidden}" },
        { "a chunk with a long extension", "POST /v1/first HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n2;a=\nxx\r\n{hex}\r\n{hidden}\r\n0\r\n\r\n" },
        { "a chunk with a size that overflows", "POST /v1/first HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffff0\r\n{hidden}" },
        { "a chunk whose size has a sign", "POST /v1/first HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n{hidden}" },
        { "a chunk that does not end where it says", "POST /v1/first HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxx\r\n0\r\n\r\n{hidden}" },
        { "trailers that name a length", "POST /v1/first HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nContent-Length: {all}\r\n\r\n{hidden}" },
        { "a body where none belongs", "GET /v1/first HTTP/1.1\r\nHost: localhost\r\nContent-Length: {all}\r\n\r\n{hidden}" },
        { "an old version with chunks", "POST /v1/first HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n{hex}\r\n{hidden}\r\n0\r\n\r\n" },
        { "a change to HTTP/2 in the clear", "GET /v1/first HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nContent-Length: {all}\r\n\r\n{hidden}" },
        { "two hosts", "GET /v1/first HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nContent-Length: {all}\r\n\r\n{hidden}" },
        { "a host in the line", "GET http://evil.example/v1/first HTTP/1.1\r\nHost: localhost\r\nContent-Length: {all}\r\n\r\n{hidden}" },
        { "HTTP/2's beginning", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n{hidden}" },
    };

    /// <summary>Where the hidden request is one by no reading of the standard: the box never sees it, and answers each request that it sees.</summary>
    [Theory]
    [MemberData(nameof(Probes))]
    public async Task Box_AskedInTwoWaysAtOnce_SeesNothingHidden(string what, string probe)
    {
        (TestAppliance box, List<string> seen) = await RawTalk.WatchedBoxAsync();
        await using (box)
        {
            string answer = await RawTalk.AskAsync(box.BaseAddress, Whole(probe) + Last);
            int[] statuses = RawTalk.Statuses(answer);

            // Only where a second request lies openly behind the first may it be one: after a body that ended.
            if (!EndsOpenly(what))
            {
                Assert.DoesNotContain(seen, request => request.Contains("hidden", StringComparison.Ordinal));
            }

            Assert.InRange(statuses.Length, seen.Count, seen.Count + 1);
            Assert.All(statuses.Skip(seen.Count), status => Assert.Equal(400, status - (status % 100)));
        }
    }

    /// <summary>nginx in front, which keeps its connections to the box: what it lets through as one request, the box sees as one.</summary>
    [Theory]
    [MemberData(nameof(Probes))]
    public async Task BoxBehindNginx_AskedInTwoWaysAtOnce_SeesAsManyAsNginxPassedOn(string what, string probe)
    {
        using var folder = new ScratchFolder();
        (TestAppliance box, List<string> seen) = await RawTalk.WatchedBoxAsync();
        await using (box)
        {
            await using NginxFront front = await NginxFront.StartAsync(folder.Path, box.BaseAddress);
            await RawTalk.AskAsync(front.Address, Whole(probe) + Last);
            string[] passed = await front.StopAsync();

            Assert.True(passed.Order().SequenceEqual(seen.Order()), $"{what}: nginx passed on {string.Join(", ", passed)}, and the box saw {string.Join(", ", seen)}");
        }
    }

    private static bool EndsOpenly(string what) => what is "a length with a sign" or "two codings" or "both lengths, the shorter in chunks" or "a coding behind a tab" or "trailers that name a length";

    private static string Whole(string probe)
    {
        string hidden = Hidden.Replace("\\r\\n", "\r\n", StringComparison.Ordinal);
        return probe.Replace("{hidden}", hidden, StringComparison.Ordinal).Replace("{all}", $"{hidden.Length}", StringComparison.Ordinal).Replace("{hex}", $"{hidden.Length:x}", StringComparison.Ordinal);
    }
}
