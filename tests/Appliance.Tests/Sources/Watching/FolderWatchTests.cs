using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Appliance.Sources;
using Appliance.Startup;
using Appliance.Storage;
using Appliance.Tests.Hosting;
using Appliance.Tests.Jobs;

namespace Appliance.Tests.Sources.Watching;

/// <summary>Real folders that change while the box runs.</summary>
public sealed class FolderWatchTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Folder_ThatChanges_IsFollowed()
    {
        await using TestAppliance box = await StartAsync();
        Assert.Equal("A film", Assert.Single(box.Library.All).Title);

        folder.File("films/new/B film.mkv", "other bytes");
        await UntilTitlesAsync(box, "A film", "B film");

        string id = Id(box, "B film");
        File.Move(Film("new/B film.mkv"), Film("Renamed.mkv"));
        await UntilTitlesAsync(box, "A film", "Renamed");
        Assert.Equal(id, Id(box, "Renamed"));

        await File.AppendAllTextAsync(Film("Renamed.mkv"), " and more", Token);
        await Until.HoldsAsync(() => box.Library.All.Count == 2 && Id(box, "Renamed") != id);

        File.Delete(Film("Renamed.mkv"));
        await UntilTitlesAsync(box, "A film");
        Directory.Move(Film("new"), Film("newer"));
        folder.File("films/newer/C film.mkv", "third bytes");
        await UntilTitlesAsync(box, "A film", "C film");
    }

    /// <summary>A copy that takes its time is one source in the end, and never a part of it.</summary>
    [Fact]
    public async Task File_ThatIsBeingWritten_IsTakenWhenItIsWhole()
    {
        await using TestAppliance box = await StartAsync();
        HashSet<string> seen = [];
        await using (FileStream copy = File.Create(Film("Slow.mkv")))
        {
            for (int i = 0; i < 30; i++)
            {
                copy.Write(new byte[1000]);
                await copy.FlushAsync(Token);
                await Task.Delay(200, Token);
                seen.UnionWith(box.Library.All.Where(source => source.Title == "Slow").Select(source => source.Id));
            }
        }

        await UntilTitlesAsync(box, "A film", "Slow");
        Assert.Empty(seen);
        Assert.Equal(30_000, box.Library.All.Single(source => source.Title == "Slow").Bytes!.Length);
    }

    [Fact]
    public async Task File_WithTheBytesOfAnother_StandsInForIt()
    {
        folder.File("films/Z copy.mkv");
        await using TestAppliance box = await StartAsync();
        Source one = Assert.Single(box.Library.All);
        File.Delete(one.Path!);
        await Until.HoldsAsync(() => box.Library.All.Count == 1 && box.Library.All[0].Path != one.Path);
        Assert.Equal(one.Id, box.Library.All[0].Id);
    }

    /// <summary>A disk that is pulled out takes nothing out of the library; what changed meanwhile is found when it is back.</summary>
    [Fact]
    public async Task Folder_ThatIsAway_KeepsItsSources()
    {
        await using TestAppliance box = await StartAsync();
        string away = Path.Combine(folder.Path, "away");
        Directory.Move(Film(""), away);
        folder.File("away/B film.mkv", "other bytes");
        await Until.HoldsAsync(async () => !(await LibraryAsync(box)).GetProperty("paths")[0].GetProperty("isThere").GetBoolean());
        Assert.Single(box.Library.All);

        Directory.Move(away, Film(""));
        using HttpResponseMessage looked = await AddAsync(box, Film(""));
        await UntilTitlesAsync(box, "A film", "B film");
    }

    [Fact]
    public async Task Added_IsServedAfterTheNextStartToo_UntilItIsTakenAway()
    {
        string other = Path.Combine(folder.Path, "other");
        folder.File("other/B film.mkv", "other bytes");
        await using (TestAppliance box = await StartAsync())
        {
            using HttpResponseMessage added = await AddAsync(box, other + "/");
            Assert.Equal(HttpStatusCode.Accepted, added.StatusCode);
            Assert.Equal(1, (await added.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("accepted").GetInt32());
            using HttpResponseMessage again = await AddAsync(box, other);
            Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
            JsonElement[] paths = [.. (await LibraryAsync(box)).GetProperty("paths").EnumerateArray()];
            Assert.Equal([(Film("").TrimEnd('/'), false), (other, true)], paths.Select(path => (path.GetProperty("path").GetString()!, path.GetProperty("isAdded").GetBoolean())));
        }

        await using TestAppliance next = await StartAsync();
        await UntilTitlesAsync(next, "A film", "B film");
        foreach (JsonElement path in (await LibraryAsync(next)).GetProperty("paths").EnumerateArray())
        {
            using HttpResponseMessage removed = await next.SendAsync(
                HttpMethod.Delete, $"/v1/library/{path.GetProperty("id").GetString()}", ("Authorization", $"Bearer {next.Token}"));
            Assert.Equal(path.GetProperty("isAdded").GetBoolean() ? HttpStatusCode.NoContent : HttpStatusCode.NotFound, removed.StatusCode);
        }

        Assert.Equal("A film", Assert.Single(next.Library.All).Title);
        Assert.True(File.Exists(Path.Combine(other, "B film.mkv")));
    }

    /// <summary>What jobs make and what is kept are no films, by whatever name their folder is served; what a person keeps beside them is.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/data")]
    [InlineData("/data/jobs")]
    [InlineData("linked")]
    public async Task Folder_ThatHoldsTheBoxItself_IsServedWithoutIt(string how)
    {
        string link = folder.Path + "-link";
        string served = how == "linked" ? link : folder.Path + how;
        folder.File("data/films/B film.mkv", "other bytes");
        Directory.CreateDirectory(Path.Combine(folder.Path, "data", "jobs"));
        File.CreateSymbolicLink(link, folder.Path);
        try
        {
            string film = folder.File("films/A film.mkv");
            await using TestAppliance box = await TestAppliance.StartAsync(folder: folder, options: given => given with { Paths = [served, film] });
            box.Client.DefaultRequestHeaders.Authorization = new("Bearer", box.Token);
            Source source = box.Library.All.Single(source => source.Title == "A film");
            using HttpResponseMessage job = await box.Client.PostAsJsonAsync("/v1/jobs", new { source = source.Id }, Token);
            await box.UntilJobAsync((await job.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetString()!, "done");
            Assert.NotEmpty(Directory.GetFiles(Path.Combine(folder.Path, "data", "jobs"), "*.mp4", SearchOption.AllDirectories));
            folder.File("data/cache/C film.mkv", "third bytes");
            folder.File("data/uploads/0/D film.mkv", "fourth bytes");

            foreach (JsonElement path in (await LibraryAsync(box)).GetProperty("paths").EnumerateArray())
            {
                // Looked through now, as often as it takes for what is new to count as whole.
                for (int i = 0; i < 3; i++)
                {
                    using HttpResponseMessage looked = await AddAsync(box, path.GetProperty("path").GetString()!);
                }
            }

            string[] titles = how == "/data/jobs" ? ["A film"] : ["A film", "B film"];
            await UntilTitlesAsync(box, titles);
        }
        finally
        {
            File.Delete(link);
        }
    }

    [Theory]
    [InlineData("relative/path")]
    [InlineData("/nothing/is/here")]
    [InlineData("")]
    public async Task Add_WhatIsNotThere_IsRefused(string path)
    {
        await using TestAppliance box = await StartAsync();
        using HttpResponseMessage answer = await AddAsync(box, path);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    /// <summary>Overwritten unasked, what the owner added would be lost.</summary>
    [Fact]
    public async Task Start_WithADamagedList_IsRefused_AndLeavesIt()
    {
        string list = new DataFolder(Path.Combine(folder.Path, "data")).Library;
        await File.WriteAllTextAsync(list, "{\"paths\": [", Token);
        UsageException refused = await Assert.ThrowsAsync<UsageException>(StartAsync);
        Assert.Contains("library.json", refused.Message, StringComparison.Ordinal);
        Assert.Equal("{\"paths\": [", await File.ReadAllTextAsync(list, Token));
    }

    private static string Id(TestAppliance box, string title) => box.Library.All.Single(source => source.Title == title).Id;

    private static Task UntilTitlesAsync(TestAppliance box, params string[] titles) => Until.HoldsAsync(
        () => box.Library.All.Select(source => source.Title).SequenceEqual(titles) && box.Library.All.All(source => source.State is SourceState.Ready));

    private static async Task<JsonElement> LibraryAsync(TestAppliance box)
    {
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Get, "/v1/library", ("Authorization", $"Bearer {box.Token}"));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    private static async Task<HttpResponseMessage> AddAsync(TestAppliance box, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/sources") { Content = JsonContent.Create(new { path }) };
        request.Headers.Authorization = new("Bearer", box.Token);
        return await box.Client.SendAsync(request, Token);
    }

    private string Film(string name) => Path.Combine(folder.Path, "films", name);

    private Task<TestAppliance> StartAsync()
    {
        folder.File("films/A film.mkv");
        return TestAppliance.StartAsync(folder: folder, film: Film(""));
    }
}
