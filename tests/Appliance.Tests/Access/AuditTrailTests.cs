using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Appliance.Access.Audit;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Access;

public sealed class AuditTrailTests : IDisposable
{
    private static readonly string[] OnlyPlay = ["play"];

    private readonly ScratchFolder folder = new();
    private readonly VirtualTime time = new();

    private string TrailFile => Path.Combine(folder.Path, "data", "access", "audit.jsonl");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Acts_OfAnOwner_AreThereInOrder()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        Owners.SignedIn owner = await box.SetUpAsync();
        using HttpResponseMessage closed = await box.SendAsync(HttpMethod.Put, "/v1/access", new { homeIsOpen = false }, owner.Headers);
        using HttpResponseMessage made = await box.SendAsync(HttpMethod.Post, "/v1/keys", new { name = "phone", scopes = OnlyPlay }, owner.Headers);
        string key = (await made.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetString()!;
        using HttpResponseMessage removed = await box.SendAsync(HttpMethod.Delete, $"/v1/keys/{key}", null, owner.Headers);
        string film = folder.File("Another film.mp4", "other bytes");
        using HttpResponseMessage added = await box.SendAsync(HttpMethod.Post, "/v1/sources", new { path = film }, owner.Headers);
        using HttpResponseMessage ended = await box.SendAsync(HttpMethod.Delete, "/v1/urls", null, owner.Headers);
        using HttpResponseMessage @out = await box.SendAsync(HttpMethod.Delete, "/v1/session", null, owner.Headers);
        string page = await TrailAsync(box, "?limit=5");
        JsonElement first = JsonDocument.Parse(page).RootElement;
        JsonElement rest = JsonDocument.Parse(await TrailAsync(box, $"?limit=5&before={first.GetProperty("next")}")).RootElement;

        string[] Acts(JsonElement some) => [.. some.GetProperty("entries").EnumerateArray().Select(entry =>
            $"{entry.GetProperty("number")} {entry.GetProperty("act").GetString()}{(entry.TryGetProperty("what", out JsonElement what) ? $" ({what.GetString()})" : "")}")];
        Assert.Equal(["7 signed out", "6 playback addresses ended", $"5 source added ({film})", $"4 key removed ({key}: phone)", "3 key made (phone: play)"], Acts(first));
        Assert.Equal(["2 playing at home closed", "1 owner set up"], Acts(rest));
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("next").ValueKind);
        Assert.StartsWith("session ", first.GetProperty("entries")[0].GetProperty("who").GetString(), StringComparison.Ordinal);
        Assert.Equal("127.0.0.1", first.GetProperty("entries")[0].GetProperty("from").GetString());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(TrailFile));
    }

    [Fact]
    public async Task WrongTries_AreToldTogether()
    {
        await using (TestAppliance box = await TestAppliance.StartAsync(folder: folder))
        {
            for (int i = 0; i < 3; i++)
            {
                using HttpResponseMessage wrong = await box.PostAsync("/v1/session", new { password = "wrong" });
                using HttpResponseMessage key = await box.SendAsync(HttpMethod.Get, "/v1/keys", ("Authorization", "Bearer wrong"));
            }
        }

        Assert.Equal(
            ["wrong tries: 3 of password, 127.0.0.1", "wrong tries: 3 of key, 127.0.0.1"],
            Trail().Read(long.MaxValue, 10).Reverse().Select(entry => $"{entry.Act}: {entry.What}, {entry.From}"));
    }

    /// <summary>What cannot be written down is not done.</summary>
    [Fact]
    public async Task Act_WithoutATrail_IsNotDone()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        string key = box.Token;
        Directory.CreateDirectory(TrailFile);
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Put, "/v1/access", new { homeIsOpen = false }, ("Authorization", $"Bearer {key}"));
        using HttpResponseMessage still = await box.SendAsync(HttpMethod.Get, "/v1/sources");

        Assert.Equal((HttpStatusCode.InsufficientStorage, HttpStatusCode.OK), (answer.StatusCode, still.StatusCode));
    }

    /// <summary>However much of its last line a crash left.</summary>
    [Fact]
    public void Write_AfterAnyPartOfALine_GoesOnBehindTheWholeOnes()
    {
        Write(3);
        byte[] whole = File.ReadAllBytes(TrailFile);
        int second = Array.IndexOf(whole, (byte)'\n', Array.IndexOf(whole, (byte)'\n') + 1) + 1;
        for (int length = second; length < whole.Length; length++)
        {
            File.WriteAllBytes(TrailFile, whole[..length]);
            Trail().Write("a", null, "again", null);
            Assert.Equal(["3 again", "2 act", "1 act"], Trail().Read(long.MaxValue, 10).Select(entry => $"{entry.Number} {entry.Act}"));
        }
    }

    [Fact]
    public void Write_Much_KeepsTheNewestFilesAndNumbersOn()
    {
        // Characters that are escaped, to the limit of what is told.
        string text = new('\u0001', 600);
        int perFile = AuditTrail.FileLimitBytes / 3000;
        AuditTrail trail = Trail();
        for (int i = 0; i < perFile * 6; i++)
        {
            trail.Write("a", "b", "act", text);
        }

        string[] files = [.. Directory.EnumerateFiles(Path.GetDirectoryName(TrailFile)!, "audit*.jsonl").Order(StringComparer.Ordinal)];
        IReadOnlyList<AuditEntry> all = trail.Read(long.MaxValue, int.MaxValue);
        Assert.Equal(5, files.Length);
        Assert.All(files, file => Assert.InRange(new FileInfo(file).Length, 1, AuditTrail.FileLimitBytes));
        Assert.Equal(perFile * 6, all[0].Number);
        Assert.Equal(Enumerable.Range(0, all.Count).Select(i => (perFile * 6L) - i), all.Select(entry => entry.Number));
        Assert.Equal(512, all[0].What!.Length);
    }

    /// <summary>A crash between any two of the renames.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Read_WithAFileMissing_HasTheOthersInOrder(int missing)
    {
        AuditTrail trail = Trail();
        for (int i = 0; i < AuditTrail.FileLimitBytes / 1000; i++)
        {
            trail.Write("a", "b", "act", new string('\u0001', 600));
        }

        string at = missing == 0 ? TrailFile : TrailFile.Replace("audit", $"audit.{missing}", StringComparison.Ordinal);
        File.Delete(at);
        long[] numbers = [.. Trail().Read(long.MaxValue, int.MaxValue).Select(entry => entry.Number)];
        Assert.Equal(numbers.OrderDescending(), numbers);
        Trail().Write("a", null, "more", null);
        Assert.Equal(numbers[0] + 1, Trail().Read(long.MaxValue, 1)[0].Number);
    }

    [Theory]
    [InlineData("?before=0")]
    [InlineData("?limit=0")]
    [InlineData("?limit=501")]
    [InlineData("?before=x")]
    public async Task Read_Nonsense_IsAProblem(string query)
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Get, "/v1/audit" + query, ("Authorization", $"Bearer {box.Token}"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    public void Dispose() => folder.Dispose();

    private AuditTrail Trail() => new(Folders.Of(folder), time);

    private void Write(int count)
    {
        AuditTrail trail = Trail();
        for (int i = 0; i < count; i++)
        {
            trail.Write("a", null, "act", null);
        }
    }

    private static async Task<string> TrailAsync(TestAppliance box, string query)
    {
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Get, "/v1/audit" + query, ("Authorization", $"Bearer {box.Token}"));
        return await answer.Content.ReadAsStringAsync(Token);
    }
}
