using System.Net;
using System.Text.Json;
using Appliance.Startup;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Access;

public sealed class OwnerTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    private string OwnerFile => Path.Combine(folder.Path, "data", "access", "owner.json");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SetUp_ByTheConsolesCode_MakesTheOwnerOnce()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        string code = box.Code!;
        Assert.Matches("^[2-9A-HJKMNP-TW-Z]{4}-[2-9A-HJKMNP-TW-Z]{4}$", code);
        JsonElement before = await box.GetJsonAsync("/v1/session");

        // As a person types it.
        using HttpResponseMessage answer = await box.PostAsync("/v1/owner", new { code = $" {code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)}", password = Owners.Password });
        Owners.SignedIn owner = await Owners.SignedIn.OfAsync(answer);
        using HttpResponseMessage again = await box.PostAsync("/v1/owner", new { code, password = "another password" });
        using HttpResponseMessage keys = await box.SendAsync(HttpMethod.Get, "/v1/keys", owner.Headers);

        Assert.Equal("{\"hasOwner\":false,\"wantsSetUp\":true,\"scopes\":[\"play\"],\"signedIn\":false,\"csrf\":null}", before.GetRawText());
        Assert.Null(box.Code);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(HttpStatusCode.OK, keys.StatusCode);
        Assert.Equal("no-store", keys.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Password_AtRest_IsHashedAndForItsOwnersEyes()
    {
        Assert.SkipUnless(House.HasProgram("openssl"), "openssl is not on this machine.");
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        await box.SetUpAsync();
        string kept = await File.ReadAllTextAsync(OwnerFile, Token);
        JsonElement file = JsonDocument.Parse(kept).RootElement;

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(OwnerFile));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(OwnerFile)!));
        Assert.DoesNotContain(Owners.Password, kept, StringComparison.Ordinal);
        Assert.Equal(600_000, file.GetProperty("iterations").GetInt32());

        // By somebody else's PBKDF2.
        (int code, string hash) = await House.RunAsync(
            "openssl", "kdf", "-keylen", "32", "-kdfopt", "digest:SHA256", "-kdfopt", $"pass:{Owners.Password}", "-kdfopt", $"hexsalt:{file.GetProperty("salt").GetString()}", "-kdfopt", "iter:600000", "PBKDF2");
        Assert.True(code == 0, hash);
        Assert.Equal(file.GetProperty("hash").GetString(), hash.Trim().Replace(":", "", StringComparison.Ordinal).ToLowerInvariant());
    }

    [Fact]
    public async Task Code_AfterFiveWrongTries_IsAnother()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        string first = box.Code!;
        for (int i = 0; i < 4; i++)
        {
            await WrongAsync(box, HttpStatusCode.Forbidden);
            Assert.Equal(first, box.Code);
        }

        await WrongAsync(box, HttpStatusCode.Forbidden);
        Assert.NotEqual(first, box.Code);
        using HttpResponseMessage old = await box.PostAsync("/v1/owner", new { code = first, password = Owners.Password });
        Assert.Equal(HttpStatusCode.Forbidden, old.StatusCode);
        await box.SetUpAsync();
    }

    [Fact]
    public async Task Code_AtEachStartUntilUsed_IsNew()
    {
        string first;
        await using (TestAppliance box = await TestAppliance.StartAsync(folder: folder))
        {
            first = box.Code!;
        }

        await using TestAppliance again = await TestAppliance.StartAsync(folder: folder);
        Assert.NotNull(again.Code);
        Assert.NotEqual(first, again.Code);
        IEnumerable<string> files = Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("lock", StringComparison.Ordinal));
        Assert.DoesNotContain(first, string.Concat(files.Select(File.ReadAllText)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewOwner_WithAnOwnerThere_SetsAnotherPasswordAndEndsSessions()
    {
        Owners.SignedIn before;
        await using (TestAppliance box = await TestAppliance.StartAsync(folder: folder))
        {
            before = await box.SetUpAsync();
        }

        await using TestAppliance again = await TestAppliance.StartAsync(folder: folder, options: options => options with { NewOwner = true });
        using HttpResponseMessage still = await again.SendAsync(HttpMethod.Get, "/v1/keys", before.Headers);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        await again.SignInAsync();
        using HttpResponseMessage set = await again.PostAsync("/v1/owner", new { code = again.Code, password = "another password" });
        await Owners.SignedIn.OfAsync(set);

        using HttpResponseMessage ended = await again.SendAsync(HttpMethod.Get, "/v1/keys", before.Headers);
        using HttpResponseMessage old = await again.PostAsync("/v1/session", new { password = Owners.Password });
        Assert.Equal(HttpStatusCode.Unauthorized, ended.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
        await again.SignInAsync("another password");
    }

    [Theory]
    [InlineData("123456789")]
    [InlineData("")]
    [InlineData(null)]
    public async Task SetUp_PasswordTooShort_IsRefusedAndTheCodeHolds(string? password)
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        using HttpResponseMessage answer = await box.PostAsync("/v1/owner", new { code = box.Code, password });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await box.SetUpAsync();
    }

    [Fact]
    public async Task SetUp_PasswordTooLong_IsRefused()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        using HttpResponseMessage long257 = await box.PostAsync("/v1/owner", new { code = box.Code, password = new string('x', 257) });
        using HttpResponseMessage huge = await box.PostAsync("/v1/owner", new { code = box.Code, password = new string('x', 9000) });

        Assert.Equal(HttpStatusCode.BadRequest, long257.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, huge.StatusCode);
    }

    [Fact]
    public async Task SetUp_ByAPageOfAnotherSite_IsRefused()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        using HttpResponseMessage answer = await box.PostAsync("/v1/owner", new { code = box.Code, password = Owners.Password }, ("Origin", "http://evil.example"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.NotNull(box.Code);
    }

    [Fact]
    public async Task ChangePassword_EndsOtherSessionsOnly()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        Owners.SignedIn own = await box.SetUpAsync();
        Owners.SignedIn other = await box.SignInAsync();
        using HttpResponseMessage wrong = await box.SendAsync(HttpMethod.Put, "/v1/owner", new { password = "wrong", newPassword = "another password" }, own.Headers);
        using HttpResponseMessage changed = await box.SendAsync(HttpMethod.Put, "/v1/owner", new { password = Owners.Password, newPassword = "another password" }, own.Headers);
        using HttpResponseMessage mine = await box.SendAsync(HttpMethod.Get, "/v1/keys", own.Headers);
        using HttpResponseMessage theirs = await box.SendAsync(HttpMethod.Get, "/v1/keys", other.Headers);

        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, mine.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, theirs.StatusCode);
        await box.SignInAsync("another password");
    }

    /// <summary>A damaged password is no missing one: whoever came first would be the owner.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"iterations\":600000,\"salt\":\"00\",\"hash\":\"00\",\"setAt\":\"2026-01-01T00:00:00Z\"}")]
    public async Task Start_WithADamagedPassword_IsRefusedButForANewOwner(string content)
    {
        folder.File("data/access/owner.json", content);
        await Assert.ThrowsAsync<UsageException>(async () =>
        {
            await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
            _ = box.Code;
        });
        Assert.Equal(content, await File.ReadAllTextAsync(OwnerFile, Token));

        await using TestAppliance again = await TestAppliance.StartAsync(folder: folder, options: options => options with { NewOwner = true });
        await again.SetUpAsync();
        await again.SignInAsync();
    }

    public void Dispose() => folder.Dispose();

    private static async Task WrongAsync(TestAppliance box, HttpStatusCode expected)
    {
        using HttpResponseMessage answer = await box.PostAsync("/v1/owner", new { code = "2222-2222", password = Owners.Password });
        Assert.Equal(expected, answer.StatusCode);
    }
}
