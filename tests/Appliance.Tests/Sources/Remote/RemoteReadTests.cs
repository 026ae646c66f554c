using System.Net.Sockets;
using Appliance.Sources;
using Appliance.Sources.Remote;

namespace Appliance.Tests.Sources.Remote;

/// <summary>Reading from servers that break every promise.</summary>
public sealed class RemoteReadTests
{
    private const int Block = OriginCache.BlockBytes;

    private static readonly byte[] Film = Origins.Film((9 * Block) + 12_345);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static byte[] Part(int offset, int count) => Film[offset..(offset + count)];

    [Fact]
    public async Task Read_Anywhere_IsTheFilm_AndEachByteComesOnce()
    {
        await using var origin = new ScriptedOrigin(Film);
        using var origins = new Origins();
        (OriginFace face, RemoteBlocks blocks) = await origins.OpenAsync(Origins.Url(origin));
        Assert.Equal((Film.Length, "\"one\"", true), (face.Length, face.ETag, face.HasRanges));
        foreach ((int offset, int count) in new[] { (0, 10), (Block - 5, 10), (3 * Block, 2 * Block), (Film.Length - 3, 3), (Film.Length - 3, 100), (Film.Length, 5), (0, Film.Length) })
        {
            Assert.Equal(Part(offset, Math.Min(count, Film.Length - offset)), await Origins.ReadAsync(face, blocks, offset, count));
        }

        long[] asked = [.. origin.Requests.Skip(1).SelectMany(request => Enumerable.Range((int)(request.Range!.Value.From / Block), (int)((request.Range.Value.To / Block) - (request.Range.Value.From / Block)) + 1)).Select(block => (long)block)];
        Assert.Equal(Enumerable.Range(0, 10).Select(block => (long)block), asked.Order());
        Assert.All(origin.Requests.Skip(1), request => Assert.Equal("\"one\"", request.Headers["if-range"]));
        Assert.All(origin.Requests, request => Assert.Equal("identity", request.Headers["accept-encoding"]));
    }

    /// <summary>Many want the same at the same time.</summary>
    [Fact]
    public async Task Read_OfOneBlockByMany_AsksOnce()
    {
        await using var origin = new ScriptedOrigin(Film);
        using var origins = new Origins();
        (OriginFace face, RemoteBlocks blocks) = await origins.OpenAsync(Origins.Url(origin));
        byte[][] read = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Origins.ReadAsync(face, blocks, 5 * Block, 100), Token)));
        Assert.All(read, bytes => Assert.Equal(Part(5 * Block, 100), bytes));
        Assert.Equal(2, origin.Requests.Count);
    }

    [Fact]
    public async Task Read_ThatGoesForward_IsFetchedAheadInLongerParts()
    {
        await using var origin = new ScriptedOrigin(Film);
        using var origins = new Origins();
        (OriginFace face, RemoteBlocks blocks) = await origins.OpenAsync(Origins.Url(origin));
        for (int offset = 0; offset < Film.Length; offset += Block)
        {
            await Origins.ReadAsync(face, blocks, offset, Block);
        }

        Assert.InRange(origin.Requests.Count - 1, 1, 6);
        Assert.Contains(origin.Requests, request => request.Range is { } range && range.To - range.From >= 2 * Block);
    }

    /// <summary>Broken off after each so many bytes: it goes on where it broke, and asks for no byte twice.</summary>
    [Fact]
    public async Task Connection_ThatBreaksAgainAndAgain_IsTakenUpWhereItBroke()
    {
        await using var origin = new ScriptedOrigin(Film);
        origin.Script = async (request, stream) =>
        {
            (long from, long to) = request.Range!.Value;
            await ScriptedOrigin.WriteAsync(stream, origin.Head(from, to));
            int part = (int)Math.Min(100_000, to - from + 1);
            await stream.WriteAsync(Film.AsMemory((int)from, part), Token);
            if (part < to - from + 1)
            {
                stream.Socket.Shutdown(SocketShutdown.Send);
            }

            return true;
        };
        using var origins = new Origins();
        Assert.Equal(Film, await origins.ReadAsync(Origins.Url(origin), 0, Film.Length));
        Assert.Equal(Film.Length, origin.Requests.Skip(1).Sum(request => Math.Min(100_000, request.Range!.Value.To - request.Range.Value.From + 1)));
    }

    [Theory]
    [InlineData("HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 429 Slow down\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("")]
    public async Task Origin_ThatFailsThrice_IsAskedAgain(string answer)
    {
        await using var origin = new ScriptedOrigin(Film);
        int failures = 3;
        origin.Script = (request, stream) => FailAsync(stream, () => request.Number > 0 && failures-- > 0, answer);
        using var origins = new Origins();
        Assert.Equal(Part(0, 10), await origins.ReadAsync(Origins.Url(origin), 0, 10));
        Assert.Equal(5, origin.Requests.Count);
    }

    /// <summary>What is asked again is bounded, and so is what an origin may have the box wait for.</summary>
    [Theory]
    [InlineData("HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n\r\n", 4, 502)]
    [InlineData("HTTP/1.1 503 Unavailable\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n", 1, 502)]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 1, 502)]
    [InlineData("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", 1, 502)]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", 1, 502)]
    [InlineData("nonsense\r\n\r\n", 4, 502)]
    [InlineData("", 16, 502)] // A connection that ends without a word is tried three times more by the runtime itself.
    public async Task Origin_ThatOnlyFails_IsToldOf(string answer, int asked, int status)
    {
        await using var origin = new ScriptedOrigin(Film);
        origin.Script = (_, stream) => FailAsync(stream, () => true, answer);
        using var origins = new Origins();
        OriginException failure = await Assert.ThrowsAsync<OriginException>(() => origins.OpenAsync(Origins.Url(origin)));
        Assert.Equal((asked, status), (origin.Requests.Count, failure.Status));
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Answers that are not what was asked for.</summary>
    [Theory]
    [InlineData("206 Partial Content", "ETag: \"a\"\r\nContent-Range: bytes 1-1/1000\r\nContent-Length: 1", "another part")]
    [InlineData("206 Partial Content", "ETag: \"a\"\r\nContent-Range: bytes 0-1/1000\r\nContent-Length: 2", "another part")]
    [InlineData("206 Partial Content", "ETag: \"a\"\r\nContent-Range: bytes 0-0/1000\r\nContent-Length: 2", "another part")]
    [InlineData("206 Partial Content", "ETag: \"a\"\r\nContent-Range: bytes 0-0/*\r\nContent-Length: 1", "how long")]
    [InlineData("206 Partial Content", "ETag: \"a\"\r\nContent-Range: lines 0-0/1000\r\nContent-Length: 1", "how long")]
    [InlineData("206 Partial Content", "ETag: \"a\"\r\nContent-Type: multipart/byteranges; boundary=x\r\nContent-Length: 1", "how long")]
    [InlineData("206 Partial Content", "ETag: \"a\"\r\nContent-Range: bytes 0-0/99999999999999\r\nContent-Length: 1", "a length that none has")]
    [InlineData("206 Partial Content", "ETag: W/\"a\"\r\nContent-Range: bytes 0-0/1000\r\nContent-Length: 1", "neither a strong ETag")]
    [InlineData("206 Partial Content", "Content-Range: bytes 0-0/1000\r\nContent-Length: 1", "neither a strong ETag")]
    [InlineData("206 Partial Content", "Date: Wed, 21 Oct 2015 07:28:00 GMT\r\nLast-Modified: Wed, 21 Oct 2015 07:28:00 GMT\r\nContent-Range: bytes 0-0/1000\r\nContent-Length: 1", "neither a strong ETag")]
    [InlineData("206 Partial Content", "ETag: \"a\"\r\nContent-Encoding: gzip\r\nContent-Range: bytes 0-0/1000\r\nContent-Length: 1", "compressed")]
    [InlineData("200 OK", "ETag: \"a\"\r\nContent-Encoding: br\r\nContent-Length: 1", "compressed")]
    [InlineData("200 OK", "ETag: \"a\"\r\nTransfer-Encoding: chunked", "how long")]
    [InlineData("200 OK", "ETag: \"a\"\r\nContent-Length: 0", "empty")]
    [InlineData("200 OK", "ETag: \"a\"\r\nContent-Length: 999999999", "too long to be taken whole")]
    [InlineData("416 Range Not Satisfiable", "ETag: \"a\"\r\nContent-Range: bytes */0\r\nContent-Length: 0", "empty")]
    [InlineData("302 Found", "Content-Length: 0", "without saying where")]
    [InlineData("302 Found", "Location: ftp://films.example/a\r\nContent-Length: 0", "only http and https")]
    [InlineData("302 Found", "Location: file:///etc/passwd\r\nContent-Length: 0", "only http and https")]
    [InlineData("302 Found", "Location: http://me:secret@films.example/a\r\nContent-Length: 0", "only http and https")]
    [InlineData("302 Found", "Location: /again\r\nContent-Length: 0", "more than 5 times")]
    public async Task Answer_ThatIsNotWhatWasAskedFor_IsNotBelieved(string status, string headers, string reason)
    {
        await using var origin = new ScriptedOrigin(Film);
        origin.Script = async (_, stream) =>
        {
            await ScriptedOrigin.WriteAsync(stream, $"HTTP/1.1 {status}\r\n{headers}\r\n\r\n");
            return true;
        };
        using var origins = new Origins();
        OriginException failure = await Assert.ThrowsAsync<OriginException>(() => origins.OpenAsync(Origins.Url(origin)));
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_WithoutEnd_AreTooLong()
    {
        await using var origin = new ScriptedOrigin(Film);
        origin.Script = async (_, stream) =>
        {
            await ScriptedOrigin.WriteAsync(stream, "HTTP/1.1 206 Partial Content\r\n");
            for (int i = 0; i < 1_000_000; i++)
            {
                await ScriptedOrigin.WriteAsync(stream, $"X-{i}: {new string('a', 100)}\r\n");
            }

            return true;
        };
        using var origins = new Origins();
        OriginException failure = await Assert.ThrowsAsync<OriginException>(() => origins.OpenAsync(Origins.Url(origin)));
        Assert.Contains("too long", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Nothing is answered at all; headers that do not end; a body that stops; a body that drips.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Origin_ThatStalls_IsGivenUp_AndReadAgainWhenItIsWell(int kind)
    {
        await using var origin = new ScriptedOrigin(Film);
        bool isWell = false;
        origin.Script = async (request, stream) =>
        {
            if (request.Number == 0 || Volatile.Read(ref isWell))
            {
                return false;
            }

            string head = origin.Head(request.Range!.Value.From, request.Range.Value.To);
            await ScriptedOrigin.WriteAsync(stream, kind switch { 0 => "", 1 => head[..^2], _ => head });
            while (kind == 3)
            {
                await stream.WriteAsync(Film.AsMemory(0, 1), Token);
                await Task.Delay(100, Token);
            }

            await Task.Delay(Timeout.Infinite, Token);
            return true;
        };
        using var origins = new Origins(limits: Origins.Hasty with { Headers = TimeSpan.FromMilliseconds(300), Tries = 2, Stall = TimeSpan.FromMilliseconds(300) });
        (OriginFace face, RemoteBlocks blocks) = await origins.OpenAsync(Origins.Url(origin));
        OriginException failure = await Assert.ThrowsAsync<OriginException>(() => Origins.ReadAsync(face, blocks, Block, 10));
        Assert.Equal(504, failure.Status);
        Volatile.Write(ref isWell, true);
        Assert.Equal(Part(Block, 10), await Origins.ReadAsync(face, blocks, Block, 10));
    }

    /// <summary>A reader who waited too long is told so; what he waited for comes all the same, and is there for the next.</summary>
    [Fact]
    public async Task Reader_WhoWaitsTooLong_IsToldSo_AndTheBlockComesAllTheSame()
    {
        await using var origin = new ScriptedOrigin(Film);
        var go = new TaskCompletionSource();
        origin.Script = async (request, _) =>
        {
            await (request.Number == 0 ? Task.CompletedTask : go.Task);
            return false;
        };
        using var origins = new Origins(limits: Origins.Hasty with { Patience = TimeSpan.FromMilliseconds(100), Headers = TimeSpan.FromMinutes(1) });
        (OriginFace face, RemoteBlocks blocks) = await origins.OpenAsync(Origins.Url(origin));
        OriginException failure = await Assert.ThrowsAsync<OriginException>(() => Origins.ReadAsync(face, blocks, Block, 10));
        Assert.Equal(504, failure.Status);
        go.SetResult();
        await Hosting.Until.HoldsAsync(() => origins.Cache.Holds(blocks.Film, 1));
        Assert.Equal(Part(Block, 10), await Origins.ReadAsync(face, blocks, Block, 10));
        Assert.Equal(2, origin.Requests.Count);
    }

    /// <summary>Another film under the same URL, while this one is read: by its ETag, its length, or because parts of the old one are refused.</summary>
    [Theory]
    [InlineData(true, 0, null)]
    [InlineData(false, 100, null)]
    [InlineData(false, 0, "412 Precondition Failed")]
    [InlineData(false, 0, "416 Range Not Satisfiable")]
    public async Task Film_ThatChangesUnderway_IsGone(bool hasOtherTag, int growth, string? status)
    {
        await using var origin = new ScriptedOrigin(Film);
        using var origins = new Origins();
        (OriginFace face, RemoteBlocks blocks) = await origins.OpenAsync(Origins.Url(origin));
        await Origins.ReadAsync(face, blocks, 0, 10);
        origin.ETag = hasOtherTag ? "\"two\"" : origin.ETag;
        origin.Film = Origins.Film(Film.Length + growth);
        if (status is not null)
        {
            origin.Script = (_, stream) => FailAsync(stream, () => true, $"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n");
        }

        await Assert.ThrowsAsync<SourceGoneException>(() => Origins.ReadAsync(face, blocks, 8 * Block, 10));
        Assert.Throws<SourceGoneException>(new RemoteSource(Origins.Url(origin), face, "", blocks).CheckUnchanged);

        // Also what is at hand of the old one: half of it is no film.
        await Assert.ThrowsAsync<SourceGoneException>(() => Origins.ReadAsync(face, blocks, 0, 10));
    }

    [Fact]
    public async Task Server_WithoutRanges_IsReadWhole_Once()
    {
        await using var origin = new ScriptedOrigin(Film);
        origin.Script = async (_, stream) =>
        {
            await ScriptedOrigin.WriteAsync(stream, $"HTTP/1.1 200 OK\r\nLast-Modified: Wed, 21 Oct 2015 07:28:00 GMT\r\nContent-Length: {Film.Length}\r\n\r\n");
            await stream.WriteAsync(Film, Token);
            return true;
        };
        using var origins = new Origins();
        (OriginFace face, RemoteBlocks blocks) = await origins.OpenAsync(Origins.Url(origin));
        Assert.False(face.HasRanges);
        Assert.Equal(Part(0, 100), await Origins.ReadAsync(face, blocks, 0, 100));
        Assert.Equal(Film, await Origins.ReadAsync(face, blocks, 0, Film.Length));
        Assert.Equal(2, origin.Requests.Count);

        // Nothing kept: from the middle on.
        origins.Cache.Remove(blocks.Film);
        Assert.Equal(Part(7 * Block, 100), await Origins.ReadAsync(face, blocks, 7 * Block, 100));
        Assert.Equal(3, origin.Requests.Count);
    }

    private static async Task<bool> FailAsync(NetworkStream stream, Func<bool> fails, string answer)
    {
        if (!fails())
        {
            return false;
        }

        await ScriptedOrigin.WriteAsync(stream, answer);
        stream.Socket.Shutdown(SocketShutdown.Send);
        return true;
    }
}
