using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Appliance.Access;
using Appliance.Access.Keys;
using Appliance.Access.Keys.Command;
using Appliance.Startup;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Access;

public sealed class KeyTests : IDisposable
{
    private static readonly string[] TwoScopes = ["play", "jobs"];

    private static readonly string[] OneRung = ["480p"];

    private readonly ScratchFolder folder = new();
    private readonly VirtualTime time = new();

    private string Data => Path.Combine(folder.Path, "data");

    private string KeysFile => Path.Combine(Data, "access", "keys.json");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_IsShownOnceAndKeptAsItsHash()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        (string, string) owner = ("Authorization", $"Bearer {box.Token}");
        using HttpResponseMessage made = await box.PostAsync("/v1/keys", new { name = "phone", scopes = TwoScopes, requestsAMinute = 60 }, owner);
        JsonElement key = await made.Content.ReadFromJsonAsync<JsonElement>(Token);
        string text = key.GetProperty("key").GetString()!;
        string id = key.GetProperty("id").GetString()!;
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal($"/v1/keys/{id}", made.Headers.Location?.ToString());
        Assert.Matches($"^ak_{id}_[A-Za-z0-9_-]{{43}}$", text);

        using HttpResponseMessage list = await box.SendAsync(HttpMethod.Get, "/v1/keys", owner);
        string shown = await list.Content.ReadAsStringAsync(Token);
        string kept = await File.ReadAllTextAsync(KeysFile, Token);
        Assert.DoesNotContain(text, shown + kept, StringComparison.Ordinal);
        Assert.DoesNotContain(text.Split('_')[2], shown + kept, StringComparison.Ordinal);
        (int code, string sum) = await House.RunAsync("sh", "-c", $"printf %s {text} | sha256sum");
        Assert.Equal(0, code);
        Assert.Contains(sum.Split(' ')[0], kept, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeysFile));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(box, "/v1/jobs", text));
        using HttpResponseMessage removed = await box.SendAsync(HttpMethod.Delete, $"/v1/keys/{id}", owner);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(box, "/v1/jobs", text));
    }

    [Theory]
    [InlineData("{}", "A key's name has 1 to 64 printable characters.")]
    [InlineData("{\"name\":\"\\n\",\"scopes\":[\"play\"]}", "A key's name has 1 to 64 printable characters.")]
    [InlineData("{\"name\":\"a\"}", "A key has one or more of the scopes play, links, library, jobs, orders, figures, owner.")]
    [InlineData("{\"name\":\"a\",\"scopes\":[\"all\"]}", "A key has one or more of the scopes play, links, library, jobs, orders, figures, owner.")]
    [InlineData("{\"name\":\"a\",\"scopes\":[\"play\"],\"expiresAt\":\"2020-01-01T00:00:00Z\"}", "A key must end in the future.")]
    [InlineData("{\"name\":\"a\",\"scopes\":[\"play\"],\"requestsAMinute\":0}", "Requests a minute are 1 to 1000000.")]
    [InlineData("{\"name\":\"a\",\"scopes\":[\"play\"],\"mediaSecondsADay\":-1}", "Seconds of media a day are 1 to 1000000000.")]
    [InlineData("{\"name\":\"a\",\"scopes\":[\"play\"],\"funds\":\"0xa8049bB68181799124F98E467DD749e120abFA64\"}", "Only a key with the scope orders has funds.")]
    [InlineData("{\"name\":\"a\",\"scopes\":[\"orders\"],\"funds\":\"0x12\"}", "Funds are the address of who pays: 0x and 40 hexadecimal digits, in one case or with its checksum.")]
    public async Task Make_Nonsense_IsAProblem(string body, string detail)
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        box.Client.DefaultRequestHeaders.Authorization = new("Bearer", box.Token);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await box.Client.PostAsync("/v1/keys", content, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(detail, (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("detail").GetString());
    }

    /// <summary>No other text is a key, however near.</summary>
    [Fact]
    public void Find_KeyWithAnyCharacterChanged_IsNone()
    {
        KeyShelf shelf = Shelf();
        string text = shelf.Add(new("a", ["play"]))!.Value.Text;
        Assert.NotNull(shelf.Find(text));
        for (int i = 0; i < text.Length; i++)
        {
            Assert.Null(shelf.Find($"{text[..i]}{(text[i] == 'A' ? 'B' : 'A')}{text[(i + 1)..]}"));
            Assert.Null(shelf.Find(text[..i]));
        }

        Assert.All(new[] { text + "A", text + "=", " " + text, text.ToUpperInvariant(), new string('x', 1000) }, wrong => Assert.Null(shelf.Find(wrong)));
    }

    [Fact]
    public async Task Key_AfterItsEnd_IsRefused()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder, time: time);
        string text = Make(box, new("a", ["play"], time.GetUtcNow().AddHours(1)));
        time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(box, "/v1/sources", text));
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(box, "/v1/sources", text));
    }

    [Fact]
    public async Task Key_AskingTooOften_WaitsItsTurn()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder, time: time);
        string text = Make(box, new("a", ["play"], RequestsAMinute: 4));
        string other = Make(box, new("b", ["play"], RequestsAMinute: 4));
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(box, "/v1/sources", text));
        }

        using HttpResponseMessage refused = await box.SendAsync(HttpMethod.Get, "/v1/sources", ("Authorization", $"Bearer {text}"));
        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(15)), (refused.StatusCode, refused.Headers.RetryAfter?.Delta));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(box, "/v1/sources", other));
        time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(box, "/v1/sources", text));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(box, "/v1/sources", text));
    }

    /// <summary>Segments are two seconds long; a restart forgets nothing of the day.</summary>
    [Fact]
    public async Task Key_WithADaysMedia_IsRefusedMoreUntilMidnight()
    {
        string text;
        await using (TestAppliance box = await TestAppliance.StartAsync(folder: folder, time: time))
        {
            text = Make(box, new("a", ["play", "jobs"], MediaSecondsADay: 5));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(box, box.Url("480p", "0.m4s"), text));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(box, box.Url("480p", "1.m4s"), text));
            using HttpResponseMessage refused = await box.SendAsync(HttpMethod.Get, box.Url("480p", "2.m4s"), ("Authorization", $"Bearer {text}"));
            Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromDays(1)), (refused.StatusCode, refused.Headers.RetryAfter?.Delta));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(box, box.Url("480p", "index.m3u8"), text));
            using HttpResponseMessage job = await box.PostAsync("/v1/jobs", new { source = box.Library.All.Single().Id }, ("Authorization", $"Bearer {text}"));
            Assert.Equal(HttpStatusCode.TooManyRequests, job.StatusCode);
        }

        await using TestAppliance again = await TestAppliance.StartAsync(folder: folder, time: time);
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(again, again.Url("480p", "2.m4s"), text));
        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(again, again.Url("480p", "2.m4s"), text));
    }

    [Fact]
    public async Task Verb_BesideARunningBox_MakesAndRemovesKeysAtOnce()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        string text = (await RunAsync(0, "add", "script", "--scope", "play,jobs", "--days", "7", "--rate=600")).Trim();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(box, "/v1/jobs", text));
        string list = await RunAsync(0, "list");
        string id = text.Split('_')[1];
        Assert.Matches($@"^{id}  \d{{4}}-\d\d-\d\d  to \d{{4}}-\d\d-\d\d  play,jobs  script\n$", list);
        Assert.Equal($"{id} is taken away.\n", await RunAsync(0, "remove", id));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(box, "/v1/jobs", text));
        Assert.Equal("There are no keys.\n", await RunAsync(0, "list"));
        Assert.Equal($"appliance: There is no key {id}. key list shows what there is.\n", await RunAsync(1, "remove", id));
        using HttpResponseMessage trail = await box.SendAsync(HttpMethod.Get, "/v1/audit", ("Authorization", $"Bearer {box.Token}"));
        string acts = await trail.Content.ReadAsStringAsync(Token);
        Assert.Contains("\"who\":\"console\",\"act\":\"key made\",\"what\":\"script: play, jobs\"", acts, StringComparison.Ordinal);
        Assert.Contains($"\"who\":\"console\",\"act\":\"key removed\",\"what\":\"{id}: script\"", acts, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("add", "appliance: There is no key add. key --help lists what there is.")]
    [InlineData("add a", "appliance: A key has one or more of the scopes play, links, library, jobs, orders, figures, owner.")]
    [InlineData("add a --scope all", "appliance: A key has one or more of the scopes play, links, library, jobs, orders, figures, owner.")]
    [InlineData("add a --scope play --days x", "appliance: --days wants a number from 1 on, not x.")]
    [InlineData("add a --colour x", "appliance: Unknown option --colour. key --help lists what there is.")]
    [InlineData("remove", "appliance: There is no key remove. key --help lists what there is.")]
    public async Task Verb_Nonsense_IsOneLine(string line, string said) => Assert.Equal(said + "\n", await RunAsync(2, line.Split(' ')));

    [Fact]
    public async Task Keys_MadeByManyAtOnce_AreAllThere()
    {
        KeyShelf[] shelves = [.. Enumerable.Range(0, 8).Select(_ => Shelf())];
        string[] made = await Task.WhenAll(shelves.SelectMany(shelf => Enumerable.Range(0, 12).Select(i => Task.Run(() => shelf.Add(new($"{i}", ["play"]))!.Value.Text))));

        KeyShelf last = Shelf();
        Assert.Equal(96, last.All.Count);
        Assert.All(made, text => Assert.NotNull(last.Find(text)));
        for (int i = 96; i < KeyShelf.Limit; i++)
        {
            Assert.NotNull(last.Add(new("more", ["play"])));
        }

        Assert.Null(last.Add(new("one too many", ["play"])));
    }

    /// <summary>A box of an earlier version goes on with its token, as a key like others; each place a start may have died at is one that goes on.</summary>
    [Fact]
    public async Task EarlierToken_GoesOnAsAKey_WhateverStartDied()
    {
        const string Earlier = "3q2-7w5Zb0Xy8Kf1Lm4Np6Rt9Vc2Hd5Jg7Sa0Qe3Wz1";
        string file = folder.File("data/owner-token.sha256", KeyText.HashOf(Earlier) + "\n");
        await using (TestAppliance box = await TestAppliance.StartAsync(folder: folder))
        {
            Assert.False(File.Exists(file));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(box, "/v1/keys", Earlier));
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(box, "/v1/keys", Earlier + "x"));
            Assert.NotNull(box.Code);
        }

        // Dead after the key was kept, before the token's file was removed.
        folder.File("data/owner-token.sha256", KeyText.HashOf(Earlier) + "\n");
        await using TestAppliance again = await TestAppliance.StartAsync(folder: folder);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(again, "/v1/keys", Earlier));
        Assert.Single(Shelf().All, key => key.Id == KeyText.EarlierId);
        Assert.True(Shelf().Remove(KeyText.EarlierId));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(again, "/v1/keys", Earlier));
    }

    /// <summary>What a start that died left beside the files is no part of them, and is gone.</summary>
    [Fact]
    public void Leftovers_OfAWritingThatDied_AreRemoved()
    {
        string text = Shelf().Add(new("a", ["play"]))!.Value.Text;
        string leftover = folder.File("data/access/keys.json.0123.part", "{\"keys\":[");

        Assert.NotNull(Shelf().Find(text));
        Assert.False(File.Exists(leftover));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{\"keys\":[{\"id\":\"a\"}]}")]
    public void Start_WithDamagedKeys_IsRefusedAndLeavesThem(string content)
    {
        folder.File("data/access/keys.json", content);

        Assert.Throws<UsageException>(Shelf);
        Assert.Equal(content, File.ReadAllText(KeysFile));
    }

    [Fact]
    public async Task Key_WithFunds_QuotesForThemOnly()
    {
        const string Mine = "0xa8049bB68181799124F98E467DD749e120abFA64";
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        string text = Make(box, new("shop", ["orders"], Funds: Mine));
        string source = box.Library.All.Single().Id;
        using HttpResponseMessage own = await box.PostAsync("/v1/quotes", new { source, renditions = OneRung }, ("Authorization", $"Bearer {text}"));
        using HttpResponseMessage named = await box.PostAsync("/v1/quotes", new { source, renditions = OneRung, requester = Mine }, ("Authorization", $"Bearer {text}"));
        using HttpResponseMessage others = await box.PostAsync(
            "/v1/quotes", new { source, renditions = OneRung, requester = "0x1111111111111111111111111111111111111111" }, ("Authorization", $"Bearer {text}"));

        Assert.Equal(Mine, (await own.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("quote").GetProperty("requester").GetString());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (named.StatusCode, others.StatusCode));
    }

    public void Dispose() => folder.Dispose();

    private KeyShelf Shelf() => new(Folders.Of(folder), Folders.DataOf(folder), time);

    private static string Make(TestAppliance box, KeyTerms terms) =>
        ((KeyShelf)box.Services.GetService(typeof(KeyShelf))!).Add(terms)!.Value.Text;

    private static async Task<HttpStatusCode> StatusAsync(TestAppliance box, string path, string key)
    {
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Get, path, ("Authorization", $"Bearer {key}"));
        return answer.StatusCode;
    }

    private async Task<string> RunAsync(int code, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Assert.Equal(code, await KeyCommand.RunAsync([.. arguments, "--data", Data], output, errors));
        return output.ToString() + errors;
    }
}
