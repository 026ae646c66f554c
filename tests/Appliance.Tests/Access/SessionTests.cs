using System.Net;
using System.Text.Json;
using Appliance.Access.Sessions;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Access;

public sealed class SessionTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SignIn_Cookie_IsForThisBoxsPageOnly()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        Owners.SignedIn owner = await box.SetUpAsync();
        string kept = await File.ReadAllTextAsync(Path.Combine(folder.Path, "data", "access", "sessions.json"), Token);

        Assert.Matches("^appliance=[A-Za-z0-9_-]{43}; max-age=2592000; path=/; samesite=strict; httponly$", owner.SetCookie);
        Assert.DoesNotContain(owner.Cookie.Split('=')[1], kept, StringComparison.Ordinal);
        Assert.DoesNotContain(owner.Csrf, kept, StringComparison.Ordinal);
    }

    /// <summary>A cookie alone changes nothing: any page can have the browser send it.</summary>
    [Fact]
    public async Task Unsafe_WithoutTheSessionsToken_IsRefused()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        Owners.SignedIn owner = await box.SetUpAsync();
        Owners.SignedIn other = await box.SignInAsync();
        (string, string)[][] wrong =
        [
            [("Cookie", owner.Cookie)],
            [("Cookie", owner.Cookie), ("X-CSRF-Token", "")],
            [("Cookie", owner.Cookie), ("X-CSRF-Token", other.Csrf)],
            [.. owner.Headers, ("Origin", "http://evil.example")],
            [.. owner.Headers, ("Origin", "null")],
            [.. owner.Headers, ("Origin", $"http://127.0.0.1:{box.BaseAddress.Port + 1}")],
            [.. owner.Headers, ("Origin", $"https://127.0.0.1:{box.BaseAddress.Port}")],
            [.. owner.Headers, ("Sec-Fetch-Site", "cross-site")],
            [.. owner.Headers, ("Sec-Fetch-Site", "same-site")],
        ];
        foreach ((string, string)[] headers in wrong)
        {
            using HttpResponseMessage refused = await box.SendAsync(HttpMethod.Put, "/v1/access", new { homeIsOpen = false }, headers);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        using HttpResponseMessage done = await box.SendAsync(
            HttpMethod.Put, "/v1/access", new { homeIsOpen = false }, [.. owner.Headers, ("Origin", box.BaseAddress.ToString().TrimEnd('/')), ("Sec-Fetch-Site", "same-origin")]);
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
    }

    [Fact]
    public async Task SignIn_ByAPageOfAnotherSite_IsRefused()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        await box.SetUpAsync();
        using HttpResponseMessage answer = await box.PostAsync("/v1/session", new { password = Owners.Password }, ("Origin", "http://evil.example"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Session_AfterARestart_HoldsUntilSignedOut()
    {
        Owners.SignedIn owner;
        await using (TestAppliance box = await TestAppliance.StartAsync(folder: folder))
        {
            owner = await box.SetUpAsync();
        }

        await using TestAppliance again = await TestAppliance.StartAsync(folder: folder);
        using HttpResponseMessage session = await again.SendAsync(HttpMethod.Get, "/v1/session", owner.Headers);
        using HttpResponseMessage @out = await again.SendAsync(HttpMethod.Delete, "/v1/session", owner.Headers);
        using HttpResponseMessage after = await again.SendAsync(HttpMethod.Get, "/v1/keys", owner.Headers);

        JsonElement told = JsonDocument.Parse(await session.Content.ReadAsStringAsync(Token)).RootElement;
        Assert.Equal((true, owner.Csrf), (told.GetProperty("signedIn").GetBoolean(), told.GetProperty("csrf").GetString()));
        Assert.Equal(HttpStatusCode.NoContent, @out.StatusCode);
        Assert.StartsWith("appliance=; max-age=0;", @out.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Fact]
    public void Session_Unused_EndsAfterAWeek_AndUsedAfterAMonth()
    {
        var time = new VirtualTime();
        SessionBook book = Book(time);
        string idle = book.Add("a", "b");
        string used = book.Add("a", "b");
        for (int day = 1; day <= 29; day++)
        {
            time.Advance(TimeSpan.FromDays(1));
            Assert.NotNull(book.Find(used));
            book.KeepUse();
            if (day == 6)
            {
                Assert.Equal(2, book.All.Count);
            }
        }

        Assert.Null(book.Find(idle));
        time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromTicks(1));
        Assert.NotNull(Book(time).Find(used));
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(book.Find(used));
        Assert.Empty(book.All);
    }

    [Fact]
    public void Add_BeyondTheLimit_EndsTheOneLongestUnused()
    {
        var time = new VirtualTime();
        SessionBook book = Book(time);
        string[] ids = [.. Enumerable.Range(0, 20).Select(_ =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return book.Add("a", new string('x', 1000));
        })];
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(book.Find(ids[0]));
        string last = book.Add("a", "b");

        Assert.Equal(20, book.All.Count);
        Assert.Null(book.Find(ids[1]));
        Assert.All([ids[0], last, .. ids[2..]], id => Assert.NotNull(book.Find(id)));
        Assert.Equal(120, book.All.Max(session => session.Agent.Length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"sessions\":[null,{\"hash\":\"00\"}]}")]
    public void Load_DamagedFile_IsNobodySignedIn(string content)
    {
        folder.File("data/access/sessions.json", content);
        SessionBook book = Book(new VirtualTime());

        Assert.Empty(book.All);
        Assert.NotNull(book.Find(book.Add("a", "b")));
    }

    [Fact]
    public async Task Sessions_OfOthers_AreShownAndEnded()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        Owners.SignedIn own = await box.SetUpAsync();
        Owners.SignedIn other = await box.SignInAsync();
        using HttpResponseMessage list = await box.SendAsync(HttpMethod.Get, "/v1/sessions", own.Headers);
        JsonElement[] rows = [.. JsonDocument.Parse(await list.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("sessions").EnumerateArray()];
        string id = rows.Single(row => !row.GetProperty("isThis").GetBoolean()).GetProperty("id").GetString()!;
        using HttpResponseMessage ended = await box.SendAsync(HttpMethod.Delete, $"/v1/sessions/{id}", own.Headers);
        using HttpResponseMessage again = await box.SendAsync(HttpMethod.Delete, $"/v1/sessions/{id}", own.Headers);
        using HttpResponseMessage theirs = await box.SendAsync(HttpMethod.Get, "/v1/keys", other.Headers);

        Assert.Equal(2, rows.Length);
        Assert.Equal(
            (HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.Unauthorized), (ended.StatusCode, again.StatusCode, theirs.StatusCode));
    }

    public void Dispose() => folder.Dispose();

    private SessionBook Book(VirtualTime time) => new(Folders.Of(folder), time, Microsoft.Extensions.Logging.Abstractions.NullLogger<SessionBook>.Instance);
}
