using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Appliance.Sources;
using Appliance.Sources.Remote;
using Appliance.Startup;
using Appliance.Storage;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Sources.Remote;

/// <summary>Films of other machines in the library of a box.</summary>
public sealed class RemoteFilmTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Added_IsServed_AndAfterTheNextStartToo_UntilItIsTakenAway()
    {
        await using var origin = new ScriptedOrigin(Origins.Film(3_000_000));
        string url = $"http://127.0.0.1:{origin.Port}/films/My%20film.mkv?key=secret";
        string token;
        string id;
        await using (TestAppliance box = await StartAsync("127.0.0.1"))
        {
            token = box.Token!;
            using HttpResponseMessage added = await AddAsync(box, token, url);
            Assert.Equal(HttpStatusCode.Accepted, added.StatusCode);
            Source source = await UntilAsync(box, "My film");
            id = source.Id;
            Assert.IsType<SourceState.Ready>(source.State);

            // Its id is that of a file of the same bytes.
            string file = Path.Combine(folder.Path, "same.mkv");
            await File.WriteAllBytesAsync(file, origin.Film, Token);
            using var files = new OpenFiles();
            Assert.Equal(LocalSource.Open(files, file, Token).Fingerprint[..Source.IdDigits], id);

            // Everybody sees which machine it comes from, and only the owner the URL.
            string list = await box.GetTextAsync("/v1/sources");
            Assert.Equal($"127.0.0.1:{origin.Port}", JsonDocument.Parse(list).RootElement.GetProperty("sources").EnumerateArray().Single(one => one.GetProperty("title").GetString() == "My film").GetProperty("origin").GetString());
            Assert.DoesNotContain("secret", list + await box.GetTextAsync($"/v1/sources/{id}"), StringComparison.Ordinal);
            JsonElement remote = await RemoteAsync(box, token);
            Assert.Equal((url, id, 3_000_000L), (remote.GetProperty("url").GetString(), remote.GetProperty("source").GetString(), remote.GetProperty("length").GetInt64()));
            Assert.Equal(JsonValueKind.Null, remote.GetProperty("trouble").ValueKind);
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(new DataFolder(Path.Combine(folder.Path, "data")).Remotes));
        await using TestAppliance next = await StartAsync("127.0.0.1");
        Assert.Equal(id, (await UntilAsync(next, "My film")).Id);
        using HttpResponseMessage removed = await next.SendAsync(
            HttpMethod.Delete, $"/v1/library/{(await RemoteAsync(next, token)).GetProperty("id").GetString()}", ("Authorization", $"Bearer {token}"));
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal("A film", Assert.Single(next.Library.All).Title);
        Assert.Empty(Directory.GetFileSystemEntries(new DataFolder(Path.Combine(folder.Path, "data")).Origins));
    }

    /// <summary>Its origin is down when the box starts: what is known of it is there, and it is asked for again.</summary>
    [Fact]
    public async Task Start_WhileTheOriginIsDown_KeepsTheFilm_AndSaysWhy()
    {
        var origin = new ScriptedOrigin(Origins.Film(300_000));
        int port = origin.Port;
        string token;
        await using (TestAppliance box = await StartAsync("127.0.0.1"))
        {
            token = box.Token!;
            using HttpResponseMessage added = await AddAsync(box, token, $"http://127.0.0.1:{port}/a/Known.mkv");
            await UntilAsync(box, "Known");
        }

        await origin.DisposeAsync();
        await using TestAppliance next = await StartAsync("127.0.0.1");
        using HttpResponseMessage another = await AddAsync(next, token, $"http://127.0.0.1:{port}/a/Unknown.mkv");
        Assert.IsType<SourceState.Ready>((await UntilAsync(next, "Known")).State);
        await Until.HoldsAsync(async () => (await RemotesAsync(next, token)).All(remote => remote.GetProperty("trouble").GetString() == "Nobody answers at the URL's address."));
        Source unknown = await UntilAsync(next, "Unknown");
        SourceState.Refused refused = Assert.IsType<SourceState.Refused>(unknown.State);
        Assert.Equal(("Nobody answers at the URL's address.", "origin-fails"), (refused.Failure.Message, refused.Code));

        // Whoever would play it is told the same.
        using HttpResponseMessage played = await next.SendAsync(HttpMethod.Get, $"/v1/sources/{unknown.Id}/hls/master.m3u8");
        JsonElement problem = await played.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.BadGateway, "origin-fails"), (played.StatusCode, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Film_ThatChangesWhereItLies_IsAnotherSource()
    {
        await using var origin = new ScriptedOrigin(Origins.Film(300_000));
        await using TestAppliance box = await StartAsync("127.0.0.1");
        using HttpResponseMessage added = await AddAsync(box, box.Token!, $"http://127.0.0.1:{origin.Port}/Film.mkv");
        Source before = await UntilAsync(box, "Film");
        (origin.ETag, origin.Film) = ("\"two\"", Origins.Film(300_001));

        // Asked for again, it is looked at at once.
        using HttpResponseMessage again = await AddAsync(box, box.Token!, $"http://127.0.0.1:{origin.Port}/Film.mkv");
        await Until.HoldsAsync(() => box.Library.All.Any(source => source.Title == "Film" && source.Id != before.Id && source.State is SourceState.Ready));
        using HttpResponseMessage old = await box.SendAsync(HttpMethod.Get, $"/v1/sources/{before.Id}");
        Assert.Equal(HttpStatusCode.NotFound, old.StatusCode);
    }

    /// <summary>The same bytes in a file: that one is nearer. When it goes, the other machine's stand in for it.</summary>
    [Fact]
    public async Task File_WithTheSameBytes_GoesFirst()
    {
        await using var origin = new ScriptedOrigin(Origins.Film(300_000));
        await using TestAppliance box = await StartAsync("127.0.0.1");
        using HttpResponseMessage added = await AddAsync(box, box.Token!, $"http://127.0.0.1:{origin.Port}/Remote.mkv");
        Source remote = await UntilAsync(box, "Remote");
        string file = Path.Combine(folder.Path, "films", "Local.mkv");
        await File.WriteAllBytesAsync(file, origin.Film, Token);
        Source local = await UntilAsync(box, "Local");
        Assert.Equal((remote.Id, file), (local.Id, local.Path));
        File.Delete(file);
        Assert.Equal(remote.Id, (await UntilAsync(box, "Remote")).Id);
    }

    [Theory]
    [InlineData("http://127.0.0.1/a.mkv")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::ffff:10.0.0.1]/a.mkv")]
    [InlineData("http://2130706433:8080/a.mkv")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://me:secret@films.example/a.mkv")]
    [InlineData("films.example/a.mkv")]
    [InlineData("")]
    public async Task Add_WhatMayNotBeAsked_IsRefused_AndNotWrittenDown(string url)
    {
        await using TestAppliance box = await StartAsync(allowed: null);
        using HttpResponseMessage answer = await AddAsync(box, box.Token!, url);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Empty(await RemotesAsync(box, box.Token!));
        Assert.False(File.Exists(new DataFolder(Path.Combine(folder.Path, "data")).Remotes));
    }

    [Fact]
    public async Task Add_WithoutTheToken_IsRefused()
    {
        await using TestAppliance box = await StartAsync("127.0.0.1");
        using HttpResponseMessage answer = await AddAsync(box, "wrong", "http://127.0.0.1/a.mkv");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    /// <summary>A name of a machine at home says nothing until it is resolved: it is taken, and refused then.</summary>
    [Fact]
    public async Task Add_NameOfAPrivateAddress_IsRefusedWhenItIsAsked()
    {
        await using TestAppliance box = await StartAsync(allowed: null);
        using HttpResponseMessage answer = await AddAsync(box, box.Token!, "http://localhost:1/a.mkv");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        SourceState.Refused refused = Assert.IsType<SourceState.Refused>((await UntilAsync(box, "a")).State);
        Assert.Contains("--allow-origin", refused.Failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Overwritten unasked, what the owner added would be lost.</summary>
    [Fact]
    public async Task Start_WithADamagedList_IsRefused_AndLeavesIt()
    {
        string list = new DataFolder(Path.Combine(folder.Path, "data")).Remotes;
        await File.WriteAllTextAsync(list, "{\"films\": [", Token);
        UsageException refused = await Assert.ThrowsAsync<UsageException>(() => StartAsync(allowed: null));
        Assert.Contains("remotes.json", refused.Message, StringComparison.Ordinal);
        Assert.Equal("{\"films\": [", await File.ReadAllTextAsync(list, Token));
    }

    private static async Task<Source> UntilAsync(TestAppliance box, string title)
    {
        await Until.HoldsAsync(() => Task.FromResult(box.Library.All.Any(source => source.Title == title && source.State is not SourceState.Probing)));
        return box.Library.All.Single(source => source.Title == title);
    }

    private static async Task<JsonElement> RemoteAsync(TestAppliance box, string token) => Assert.Single(await RemotesAsync(box, token));

    private static async Task<JsonElement[]> RemotesAsync(TestAppliance box, string token)
    {
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Get, "/v1/library", ("Authorization", $"Bearer {token}"));
        return [.. (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("remotes").EnumerateArray()];
    }

    private static async Task<HttpResponseMessage> AddAsync(TestAppliance box, string token, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/sources") { Content = JsonContent.Create(new { url }) };
        request.Headers.Authorization = new("Bearer", token);
        return await box.Client.SendAsync(request, Token);
    }

    private Task<TestAppliance> StartAsync(string? allowed)
    {
        folder.File("films/A film.mkv");
        return TestAppliance.StartAsync(folder: folder, film: Path.Combine(folder.Path, "films"), allowed: AllowedOrigins.Parse(allowed));
    }
}
