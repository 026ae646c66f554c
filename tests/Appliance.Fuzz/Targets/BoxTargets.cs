using System.Globalization;
using System.Text;

namespace Appliance.Fuzz.Targets;

/// <summary>Whole requests, byte by byte, to a whole box: lines, headers, bodies of JSON, uploads by tus.</summary>
internal static class BoxTargets
{
    /// <summary>What ends, or costs, more than a request: it is not asked for.</summary>
    private const string Requests =
        """
        GET /v1/sources
        GET /v1/sources/{id}
        GET /v1/sources/{id}/hls/master.m3u8
        GET /v1/sources/{id}/dash/manifest.mpd
        GET /v1/sources/{id}/still.jpg?t=1&w=160
        GET /v1/sources/{id}/tuning.json?t=1&rung=240p
        GET /v1/sources/{id}/hls/x/index.m3u8
        GET /v1/sources/{id}/hls/x/0.m4s
        GET /v1/library
        GET /v1/activity
        GET /v1/budgets
        GET /v1/network
        GET /v1/rewards/records?after=0&limit=10
        GET /v1/rewards/earnings?from=2026-01-01&to=2026-01-02
        GET /v1/rewards/receipts?after=0&limit=10
        GET /v1/rewards/records/1/proof
        GET /v1/rewards/requesters/0x1111111111111111111111111111111111111111
        GET /v1/rewards/requesters/0x1111111111111111111111111111111111111111/statement?after=0&limit=5
        GET /v1/prices
        GET /v1/weights/1
        GET /v1/orders/0x11
        GET /v1/epochs/1
        GET /v1/epochs/1/claims
        GET /v1/identity
        GET /v1/log/checkpoint
        GET /v1/log/tile/0/000
        GET /v1/log/tile/entries/x001/000.p/7
        GET /v1/jobs
        GET /v1/jobs/1
        GET /v1/audit?before=5&limit=10
        GET /v1/sessions
        GET /v1/keys
        GET /v1/uploads
        GET /play/abc/hls/master.m3u8
        GET /health/ready
        GET /metrics
        GET /index.html
        POST /v1/sources {"url":"http://films.invalid/film.mkv"}
        POST /v1/sources {"path":"nothing.mkv"}
        POST /v1/quotes {"source":"{id}","renditions":["240p"],"requester":"0x1111111111111111111111111111111111111111"}
        POST /v1/orders {"quote":"0x1111111111111111111111111111111111111111111111111111111111111111","signature":"0x11"}
        POST /v1/orders/0x11/countersignatures {"signatures":[{"sequence":1,"signature":"0x11"}]}
        POST /v1/rewards/deposits {"requester":"0x1111111111111111111111111111111111111111","amount":5,"reference":"a"}
        POST /v1/rewards/withdrawals {"requester":"0x1111111111111111111111111111111111111111","amount":5,"reference":"b"}
        POST /v1/jobs {"source":"00000000000000000000","renditions":["240p"]}
        POST /v1/keys {"name":"a","scopes":["play"],"expiresAt":"2030-01-01T00:00:00Z","requestsAMinute":5,"mediaSecondsADay":60}
        POST /v1/session {"password":"wrong"}
        POST /v1/owner {"code":"00000000","password":"a long password"}
        PUT /v1/owner {"password":"a","newPassword":"a long password"}
        PUT /v1/access {"homeIsOpen":true}
        PUT /v1/network {"reach":false,"port":8080,"leaseSeconds":3600,"name":"box"}
        POST /v1/sources/{id}/urls {"expiresInSeconds":60}
        DELETE /v1/jobs/1
        DELETE /v1/keys/1
        DELETE /v1/library/1
        DELETE /v1/sessions/1
        OPTIONS /v1/uploads
        """;

    private static readonly byte[][] Words =
    [
        .. JsonWords.All,
        .. Bytes.Of(
            "GET ", "POST ", "PUT ", "PATCH ", "DELETE ", "HEAD ", " HTTP/1.1\r\n", " HTTP/1.0\r\n", " HTTP/2.0\r\n", "\r\n", "\r\n ", "\n", "Host: localhost\r\n", "Host: evil.example\r\n", "Content-Length: 0\r\n", "Content-Length: 5, 5\r\n",
            "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: identity, chunked\r\n", "5\r\nabcde\r\n", "0\r\n\r\n", "Range: bytes=0-\r\n", "If-None-Match: *\r\n", "Cookie: session=x\r\n", "Origin: null\r\n", "Expect: 100-continue\r\n",
            "Content-Encoding: gzip\r\n", "Accept-Encoding: gzip\r\n", "Authorization: Bearer x\r\n", "Idempotency-Key: k\r\n", "Last-Event-ID: 1\r\n", "CMCD-Request: su,bl=0\r\n", "Upgrade: h2c\r\n", "%2e%2e/", "%00", "%ff", "?", "&", "#", "//", "/../", "+", "%"),
    ];

    public static IEnumerable<FuzzTarget> Of(FuzzScene scene)
    {
        var box = new Lazy<HeldBox>(() => scene.Hold(new HeldBox(scene)));
        yield return Target(box, "http", held => [.. Requests.Split('\n').Select(line => Request(held, line))]);
        yield return Target(box, "tus", held => [.. Tus(held)]);
    }

    private static FuzzTarget Target(Lazy<HeldBox> box, string name, Func<HeldBox, byte[][]> seeds)
    {
        var asked = new Counter();
        return new(name, new LateList(() => seeds(box.Value)), bytes => Ask(box.Value, bytes, asked))
        {
            Words = Words,
            Mend = MendLength,
            Share = 0.1,
            MemoryLimit = 64L << 20,
            TimeLimit = TimeSpan.FromSeconds(60),
        };
    }

    private static byte[] Request(HeldBox box, string line)
    {
        string[] parts = line.Replace("{id}", box.Source, StringComparison.Ordinal).Split(' ', 3);
        string body = parts.Length > 2 ? parts[2] : "";
        string type = body.Length > 0 ? "Content-Type: application/json\r\n" : "";
        return Bytes.Of(string.Create(
            CultureInfo.InvariantCulture, $"{parts[0]} {parts[1]} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {box.Key}\r\n{type}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"));
    }

    private static IEnumerable<byte[]> Tus(HeldBox box)
    {
        string head = $"Host: localhost\r\nAuthorization: Bearer {box.Key}\r\nTus-Resumable: 1.0.0\r\n";
        yield return Bytes.Of($"POST /v1/uploads HTTP/1.1\r\n{head}Upload-Length: 100\r\nUpload-Metadata: filename YS5tcDQ=\r\nContent-Length: 0\r\n\r\n");
        yield return Bytes.Of($"POST /v1/uploads HTTP/1.1\r\n{head}Upload-Length: 10\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: 5\r\nUpload-Checksum: sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=\r\n\r\nhello");
        string made = Encoding.ASCII.GetString(box.Ask(Bytes.Of($"POST /v1/uploads HTTP/1.1\r\n{head}Upload-Length: 1000\r\nContent-Length: 0\r\n\r\n")));
        string id = made.Split("Location: /v1/uploads/") is [_, var rest, ..] ? rest.Split('\r')[0] : "none";
        yield return Bytes.Of($"HEAD /v1/uploads/{id} HTTP/1.1\r\n{head}\r\n");
        yield return Bytes.Of($"PATCH /v1/uploads/{id} HTTP/1.1\r\n{head}Upload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: 3\r\n\r\nabc");
        yield return Bytes.Of($"PATCH /v1/uploads/{id} HTTP/1.1\r\n{head}Upload-Offset: 3\r\nContent-Type: application/offset+octet-stream\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
        yield return Bytes.Of($"POST /v1/uploads/{id} HTTP/1.1\r\n{head}X-HTTP-Method-Override: HEAD\r\nContent-Length: 0\r\n\r\n");
        yield return Bytes.Of($"OPTIONS /v1/uploads/{id} HTTP/1.1\r\n{head}\r\n");
    }

    /// <summary>What follows the headers is as long as they say.</summary>
    private static byte[] MendLength(byte[] bytes)
    {
        string text = Bytes.Latin1(bytes);
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        int at = text.IndexOf("Content-Length: ", StringComparison.Ordinal);
        int stop = at < 0 ? -1 : text.IndexOf('\r', at);
        return at < 0 || stop < 0 || end < at
            ? bytes
            : Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{text[..at]}Content-Length: {text.Length - end - 4}{text[stop..]}"));
    }

    private static string? Ask(HeldBox box, byte[] request, Counter asked)
    {
        string answer = Bytes.Latin1(box.Ask(request));
        string[] lines = [.. answer.Split("\r\n").Where(line => line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal))];
        FindingException.Unless(answer.Length == 0 || answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal), "It answers what is no HTTP.");
        FindingException.Unless(!lines.Any(line => line.StartsWith("HTTP/1.1 500", StringComparison.Ordinal)), $"It made a mistake: {answer}");
        FindingException.Unless(!answer.Contains("   at ", StringComparison.Ordinal) && !answer.Contains("root:x:", StringComparison.Ordinal), "It tells what is nobody's business.");
        if (lines.Length > 0 && lines[0].Length >= 12 && lines[0][9] is '4' or '5')
        {
            string head = answer.Split("\r\n\r\n")[0];
            FindingException.Unless(
                head.Contains("Content-Length: 0", StringComparison.Ordinal) || head.Contains("application/problem+json", StringComparison.Ordinal) || request.AsSpan().StartsWith("HEAD"u8),
                $"An error without a problem: {head}");
        }

        if (++asked.Count % 200 == 0)
        {
            FindingException.Unless(Bytes.Latin1(box.Ask([])).Contains("200 OK", StringComparison.Ordinal), "It does not live any more.");
        }

        string outcome = string.Join(' ', lines.Take(3).Select(line => line[9..12]));
        return lines.Length > 0 && lines[0][9] is '2' or '3' ? outcome : outcome.Length > 0 ? throw new RefusedException(outcome) : null;
    }
}
