using Appliance.Rewards.Log.Witnesses;
using Appliance.Sources;
using Appliance.Sources.Remote;

namespace Appliance.Fuzz.Targets;

/// <summary>What machines answer that the box asks: origins of films, and witnesses of its log.</summary>
internal static class OriginTargets
{
    private const int PartBytes = 16;

    private static readonly string[] Heads =
    [
        "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-0/16\r\nContent-Length: 1\r\nETag: \"a\"\r\n\r\nx",
        "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-15/16\r\nContent-Length: 16\r\nETag: \"a\"\r\nLast-Modified: Wed, 21 Oct 2015 07:28:00 GMT\r\nDate: Thu, 22 Oct 2015 07:28:00 GMT\r\n\r\n0123456789abcdef",
        "HTTP/1.1 206 Partial Content\r\nTransfer-Encoding: chunked\r\nContent-Range: bytes 0-15/16\r\nETag: \"a\"\r\n\r\n8\r\n01234567\r\n8;x=y\r\n89abcdef\r\n0\r\nT: v\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 16\r\nLast-Modified: Wed, 21 Oct 2015 07:28:00 GMT\r\n\r\n0123456789abcdef",
        "HTTP/1.1 302 Found\r\nLocation: https://films.example/other.mkv\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */0\r\nContent-Length: 0\r\n\r\n",
    ];

    private static readonly byte[][] Words = Bytes.Of(
        "HTTP/1.1 ", "206", "200", "301", "416", "Content-Range: ", "bytes ", "bytes 0-0/16", "bytes */", "Content-Length: ", "Transfer-Encoding: chunked\r\n", "Content-Encoding: gzip\r\n", "ETag: ", "W/", "\"",
        "Last-Modified: ", "Location: ", "//", "http:", "///", "https://user@films.example/", "Retry-After: -1\r\n", "Retry-After: 99999999999999\r\n", "\r\n", "\r\n\r\n", "0\r\n\r\n", "ffffffffffffffff\r\n");

    public static IEnumerable<FuzzTarget> Of(FuzzScene scene)
    {
        OriginUrl url = OriginUrl.TryParse("http://films.example/film.mkv", out OriginUrl? parsed, out string? why) ? parsed : throw new InvalidOperationException(why);
        var limits = new OriginLimits { Tries = 1, Headers = TimeSpan.FromSeconds(10), Stall = TimeSpan.FromSeconds(10) };
        var network = new AnswerNetwork();
        OriginClient client = scene.Hold(new OriginClient(new(network, AllowedOrigins.None), limits));
        yield return new("origin-first-look", Bytes.Of(Heads), bytes => Look(client, network, url, limits, bytes))
        {
            Refusals = [typeof(OriginException), typeof(SourceGoneException)], Words = Words, Share = 0.3, LongestInput = 20 << 10,
        };
        var face = new OriginFace(PartBytes, "\"a\"", null, HasRanges: true);
        yield return new("origin-part", Bytes.Of(Heads), bytes => ReadPart(client, network, url, face, bytes))
        {
            Refusals = [typeof(OriginException), typeof(SourceGoneException)], Words = Words, Share = 0.3, LongestInput = 20 << 10,
        };
        yield return new("witness-size", Bytes.Of("12\n", "0\n", "9223372036854775807\n"), bytes => new WitnessReply(409, bytes).Size is { } size ? size >= 0 ? "size" : throw new FindingException("A size below 0.") : null)
        {
            Words = Bytes.Of("\n", "1"),
        };
    }

    private static string? Look(OriginClient client, AnswerNetwork network, OriginUrl url, OriginLimits limits, byte[] answer)
    {
        network.Answer = answer;
        OriginFace face = client.LookAsync(url, CancellationToken.None).GetAwaiter().GetResult();
        FindingException.Unless(face.Length >= 1 && face.Length <= (face.HasRanges ? limits.Longest : limits.LongestWhole) && (face.ETag is null) == (face.LastModified is not null), $"{face} is no film.");
        return $"{face.HasRanges} {face.ETag is null}";
    }

    private static string? ReadPart(OriginClient client, AnswerNetwork network, OriginUrl url, OriginFace face, byte[] answer)
    {
        network.Answer = answer;
        byte[] part = client.ReadAsync(url, face, 0, PartBytes, CancellationToken.None).GetAwaiter().GetResult();
        FindingException.Unless(part.Length == PartBytes, "It is another part.");
        return "part";
    }
}
