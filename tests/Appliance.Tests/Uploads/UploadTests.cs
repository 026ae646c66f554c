using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Appliance.Sources;
using Appliance.Tests.Hosting;
using Appliance.Uploads;

namespace Appliance.Tests.Uploads;

/// <summary>The box's side of tus 1.0.0, request by request.</summary>
public sealed class UploadTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Film_InPieces_IsASource_AfterTheNextStartToo_UntilItIsRemoved()
    {
        byte[] film = RandomNumberGenerator.GetBytes(700_000);
        string token;
        string at;
        string id;
        await using (TestAppliance box = await StartAsync())
        {
            token = box.Token!;
            at = await CreateAsync(box, token, film.Length, ("Upload-Metadata", $"filename {Base64("../../etc/My film.mkv")},filetype {Base64("video/x-matroska")}"));
            for (int offset = 0; offset < film.Length; offset += 300_000)
            {
                using HttpResponseMessage taken = await PatchAsync(box, token, at, offset, film[offset..Math.Min(film.Length, offset + 300_000)]);
                Assert.Equal((HttpStatusCode.NoContent, $"{Math.Min(film.Length, offset + 300_000)}"), (taken.StatusCode, Header(taken, "Upload-Offset")));
                Assert.Equal(offset + 300_000 >= film.Length, Header(taken, "Upload-Expires") is null);
            }

            await Until.HoldsAsync(() => box.Library.All.Any(source => source.Title == "My film" && source.State is SourceState.Ready));
            Source source = box.Library.All.Single(one => one.Title == "My film");
            id = source.Id;
            Assert.Equal(SHA256.HashData(film), SHA256.HashData(await File.ReadAllBytesAsync(source.Path!, Token)));
            Assert.Equal([at.Split('/')[^1]], Directory.GetDirectories(Path.Combine(folder.Path, "data", "uploads")).Select(Path.GetFileName));
        }

        await using TestAppliance next = await StartAsync();
        await Until.HoldsAsync(() => next.Library.All.Any(source => source.Id == id && source.Title == "My film" && source.State is SourceState.Ready));
        using HttpResponseMessage removed = await SendAsync(next, token, HttpMethod.Delete, at);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal("A film", Assert.Single(next.Library.All).Title);
        Assert.Empty(Directory.GetDirectories(Path.Combine(folder.Path, "data", "uploads")));
        using HttpResponseMessage gone = await SendAsync(next, token, HttpMethod.Head, at);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    /// <summary>What is told is sure: bytes behind the offset that was written down are not there after a crash, whatever the file holds.</summary>
    [Fact]
    public async Task Offset_AfterARestart_IsWhatWasSure()
    {
        string token;
        string at;
        await using (TestAppliance box = await StartAsync())
        {
            token = box.Token!;
            at = await CreateAsync(box, token, 1000);
            using HttpResponseMessage taken = await PatchAsync(box, token, at, 0, new byte[400]);
            Assert.Equal("400", Header(taken, "Upload-Offset"));
        }

        await using (FileStream film = File.OpenWrite(Path.Combine(folder.Path, "data", "uploads", at.Split('/')[^1], Upload.FilmName)))
        {
            film.Position = 400;
            await film.WriteAsync(Encoding.ASCII.GetBytes(new string('x', 5000)), Token);
        }

        await using TestAppliance next = await StartAsync();
        using HttpResponseMessage told = await SendAsync(next, token, HttpMethod.Head, at);
        Assert.Equal(("400", "1000", "no-store"), (Header(told, "Upload-Offset"), Header(told, "Upload-Length"), told.Headers.CacheControl?.ToString()));
        using HttpResponseMessage rest = await PatchAsync(next, token, at, 400, new byte[600]);
        Assert.Equal(HttpStatusCode.NoContent, rest.StatusCode);
        await Until.HoldsAsync(() => next.Library.All.Count == 2);
        Assert.Equal(new byte[1000], await File.ReadAllBytesAsync(next.Library.All.Single(source => source.Title == "Upload").Path!, Token));
    }

    [Fact]
    [SuppressMessage("Security", "CA5350:Do not use weak cryptographic algorithms", Justification = "It is the one that tus names, and guards against accidents only.")]
    public async Task Piece_WithAChecksum_IsKeptWholeOrNotAtAll()
    {
        await using TestAppliance box = await StartAsync();
        string at = await CreateAsync(box, box.Token!, 1000);
        byte[] piece = RandomNumberGenerator.GetBytes(500);
        foreach ((string algorithm, byte[] digest, int status, string offset) in new[]
        {
            ("sha256", SHA256.HashData(new byte[500]), 460, "0"),
            ("sha1", SHA1.HashData(piece)[..19], 400, "0"),
            ("md5", piece[..16], 400, "0"),
            ("sha256", SHA256.HashData(piece), 204, "500"),
        })
        {
            using HttpResponseMessage answer = await PatchAsync(box, box.Token!, at, 0, piece, ("Upload-Checksum", $"{algorithm} {Convert.ToBase64String(digest)}"));
            Assert.Equal(status, (int)answer.StatusCode);
            using HttpResponseMessage told = await SendAsync(box, box.Token!, HttpMethod.Head, at);
            Assert.Equal(offset, Header(told, "Upload-Offset"));
        }

        using HttpResponseMessage second = await PatchAsync(box, box.Token!, at, 500, piece, ("Upload-Checksum", $"sha1 {Convert.ToBase64String(SHA1.HashData(piece))}"));
        Assert.Equal(HttpStatusCode.NoContent, second.StatusCode);
    }

    [Fact]
    public async Task Requests_ThatMakeNoSense_AreRefused_AndChangeNothing()
    {
        await using TestAppliance box = await StartAsync();
        string token = box.Token!;
        string at = await CreateAsync(box, token, 1000);
        await ExpectAsync(409, PatchAsync(box, token, at, 1, new byte[1]));
        await ExpectAsync(413, PatchAsync(box, token, at, 0, new byte[1001]));
        await ExpectAsync(404, PatchAsync(box, token, "/v1/uploads/ffff", 0, new byte[1]));
        await ExpectAsync(404, PatchAsync(box, token, "/v1/uploads/..%2F..%2Fetc", 0, new byte[1]));
        await ExpectAsync(401, PatchAsync(box, "wrong", at, 0, new byte[1]));
        await ExpectAsync(401, SendAsync(box, "wrong", HttpMethod.Post, "/v1/uploads", null, ("Upload-Length", "5")));
        await ExpectAsync(415, SendAsync(box, token, HttpMethod.Patch, at, new ByteArrayContent([1]), ("Upload-Offset", "0")));
        await ExpectAsync(400, SendAsync(box, token, HttpMethod.Post, "/v1/uploads"));
        foreach (string length in new[] { "0", "-1", "x", "99999999999999999999" })
        {
            await ExpectAsync(400, SendAsync(box, token, HttpMethod.Post, "/v1/uploads", null, ("Upload-Length", length)));
        }

        await ExpectAsync(400, SendAsync(box, token, HttpMethod.Post, "/v1/uploads", null, ("Upload-Length", "5"), ("Upload-Metadata", "filename !!!")));
        await ExpectAsync(400, SendAsync(box, token, HttpMethod.Post, "/v1/uploads", null, ("Upload-Defer-Length", "1")));
        await ExpectAsync(413, SendAsync(box, token, HttpMethod.Post, "/v1/uploads", null, ("Upload-Length", "999999999999999")));
        using var old = new HttpRequestMessage(HttpMethod.Head, at);
        old.Headers.Authorization = new("Bearer", token);
        old.Headers.Add("Tus-Resumable", "0.2.2");
        using HttpResponseMessage version = await box.Client.SendAsync(old, Token);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "1.0.0"), (version.StatusCode, Header(version, "Tus-Version")));
        using HttpResponseMessage told = await SendAsync(box, token, HttpMethod.Head, at);
        Assert.Equal("0", Header(told, "Upload-Offset"));
        using HttpResponseMessage options = await box.SendAsync(HttpMethod.Options, "/v1/uploads");
        Assert.Equal((HttpStatusCode.NoContent, "1.0.0", "sha1,sha256"), (options.StatusCode, Header(options, "Tus-Version"), Header(options, "Tus-Checksum-Algorithm")));
    }

    [Fact]
    public async Task Creation_WithAPieceAndWithTheMethodInAHeader_DoTheSame()
    {
        await using TestAppliance box = await StartAsync();
        using var piece = new ByteArrayContent(new byte[400]);
        piece.Headers.ContentType = new("application/offset+octet-stream");
        using HttpResponseMessage created = await SendAsync(box, box.Token!, HttpMethod.Post, "/v1/uploads", piece, ("Upload-Length", "1000"));
        Assert.Equal((HttpStatusCode.Created, "400"), (created.StatusCode, Header(created, "Upload-Offset")));
        using var rest = new ByteArrayContent(new byte[600]);
        rest.Headers.ContentType = new("application/offset+octet-stream");
        using HttpResponseMessage taken = await SendAsync(
            box, box.Token!, HttpMethod.Post, created.Headers.Location!.OriginalString, rest, ("Upload-Offset", "400"), ("X-HTTP-Method-Override", "PATCH"));
        Assert.Equal((HttpStatusCode.NoContent, "1000"), (taken.StatusCode, Header(taken, "Upload-Offset")));
    }

    /// <summary>Two at once would mix their bytes; a sender who breaks off leaves what came, and the next goes on there.</summary>
    [Fact]
    public async Task Piece_WhileAnotherIsWritten_IsRefused_AndWhatCameOfOneThatBrokeOffIsKept()
    {
        await using TestAppliance box = await StartAsync();
        string at = await CreateAsync(box, box.Token!, 1_000_000);
        using (var sender = new TcpClient())
        {
            await sender.ConnectAsync(IPAddress.Loopback, box.BaseAddress.Port, Token);
            NetworkStream stream = sender.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"PATCH {at} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {box.Token}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n" +
                "Content-Type: application/offset+octet-stream\r\nContent-Length: 1000000\r\n\r\n"), Token);
            await stream.WriteAsync(new byte[600_000], Token);
            await Until.HoldsAsync(async () =>
            {
                using HttpResponseMessage second = await PatchAsync(box, box.Token!, at, 999, new byte[1]);
                return second.StatusCode == HttpStatusCode.Locked;
            });
            await ExpectAsync(423, SendAsync(box, box.Token!, HttpMethod.Delete, at));
        }

        // Until the box has noticed that the sender is gone, it says that somebody writes.
        (HttpStatusCode, string?) went = default;
        await Until.HoldsAsync(async () =>
        {
            using HttpResponseMessage told = await SendAsync(box, box.Token!, HttpMethod.Head, at);
            int offset = int.Parse(Header(told, "Upload-Offset")!);
            using HttpResponseMessage rest = await PatchAsync(box, box.Token!, at, offset, new byte[1_000_000 - offset]);
            went = (rest.StatusCode, Header(rest, "Upload-Offset"));
            return offset > 0 && rest.StatusCode is not (HttpStatusCode.Locked or HttpStatusCode.Conflict);
        });
        Assert.Equal((HttpStatusCode.NoContent, "1000000"), went);
    }

    [Fact]
    public async Task Upload_OfWhichNothingComes_IsRemovedAfterAWeek()
    {
        string one;
        await using (TestAppliance box = await StartAsync())
        {
            string at = await CreateAsync(box, box.Token!, 1000);
            one = Path.Combine(folder.Path, "data", "uploads", at.Split('/')[^1]);
            using Upload upload = Upload.Open(one)!;
            Assert.Equal(upload.ChangedAt + TimeSpan.FromDays(7), UploadStore.ExpiryOf(upload));
        }

        Directory.SetLastWriteTimeUtc(one, DateTime.UtcNow - TimeSpan.FromDays(8));
        await using TestAppliance next = await StartAsync();
        await Until.HoldsAsync(() => !Directory.Exists(one));
    }

    [Theory]
    [InlineData(null, "Upload")]
    [InlineData("", "Upload")]
    [InlineData("filename ZmlsbS5ta3Y=", "film")]
    [InlineData("name ZmlsbS5ta3Y=,is_confidential", "film")]
    [InlineData("filename Li4vLi4=", "Upload")]
    [InlineData("filename QzpcZmlsbXNcYQpiLm1rdg==", "ab")]
    public void Metadata_NamesTheFilm_AndNoFile(string? header, string title)
    {
        Assert.True(UploadMetadata.TryReadTitle(header, out string read));
        Assert.Equal(title, read);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.First() : null;

    private static async Task ExpectAsync(int status, Task<HttpResponseMessage> asked)
    {
        using HttpResponseMessage answer = await asked;
        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    private static async Task<string> CreateAsync(TestAppliance box, string token, long length, params (string Name, string Value)[] headers)
    {
        using HttpResponseMessage created = await SendAsync(box, token, HttpMethod.Post, "/v1/uploads", null, [("Upload-Length", $"{length}"), .. headers]);
        Assert.Equal((HttpStatusCode.Created, "0"), (created.StatusCode, Header(created, "Upload-Offset")));
        return created.Headers.Location!.OriginalString;
    }

    private static async Task<HttpResponseMessage> PatchAsync(TestAppliance box, string token, string at, long offset, byte[] piece, params (string Name, string Value)[] headers)
    {
        using var content = new ByteArrayContent(piece);
        content.Headers.ContentType = new("application/offset+octet-stream");
        return await SendAsync(box, token, HttpMethod.Patch, at, content, [("Upload-Offset", $"{offset}"), .. headers]);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        TestAppliance box, string token, HttpMethod method, string at, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, at) { Content = content };
        request.Headers.Authorization = new("Bearer", token);
        request.Headers.Add("Tus-Resumable", "1.0.0");
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await box.Client.SendAsync(request, Token);
    }

    private Task<TestAppliance> StartAsync()
    {
        folder.File("films/A film.mkv");
        return TestAppliance.StartAsync(folder: folder, film: Path.Combine(folder.Path, "films"));
    }
}
