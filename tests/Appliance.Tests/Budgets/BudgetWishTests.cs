using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Appliance.Admission;
using Appliance.Budgets;
using Appliance.Startup;
using Appliance.Storage;
using Appliance.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Appliance.Tests.Budgets;

/// <summary>The owner says while the box runs what it may take: over HTTP, with the real keeper and pool.</summary>
public sealed class BudgetWishTests : IDisposable
{
    private const long Mebi = 1L << 20;

    private readonly ScratchFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Kept => new DataFolder(Path.Combine(folder.Path, "data")).Budget;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Wish_HoldsAtOnce_AndAtTheNextStart_AndIsTakenBack()
    {
        await using (TestAppliance box = await TestAppliance.StartAsync(folder: folder))
        {
            JsonElement none = await AskAsync(box);
            Assert.All(none.GetProperty("wish").EnumerateObject(), part => Assert.Equal(JsonValueKind.Null, part.Value.ValueKind));
            Assert.Equal(0, none.GetProperty("said").GetArrayLength());

            // Admission, what is listed, and what is on its way follow, and the report says why.
            JsonElement answer = await SetAsync(box, new { cores = 1, memoryBytes = 600 * Mebi, watts = 15.5, celsius = 70, quiet = "22:00-07:00", quietCores = 1 });
            Assert.Equal("""{"cores":1,"memoryBytes":629145600,"watts":15.5,"celsius":70,"quiet":"22:00-07:00","quietCores":1}""", answer.GetProperty("wish").GetRawText());
            Capacity capacity = box.Services.GetRequiredService<Capacity>();
            Assert.Equal(1, capacity.Slots / capacity.Share, 6);
            MemoryPlan plan = MemoryPlan.For(600 * Mebi, 1);
            Assert.Equal((1, plan.RunBytes), (box.Services.GetRequiredService<PoolSize>().Now.Slots, box.Services.GetRequiredService<PoolSize>().Now.RunMemoryBytes));
            JsonElement report = await AskAsync(box, "/v1/budgets");
            Assert.Equal((1, 1, 600 * Mebi, plan.RunBytes), (report.GetProperty("cores").GetInt32(), report.GetProperty("slots").GetInt32(), report.GetProperty("memoryBytes").GetInt64(), report.GetProperty("segmentMemoryBytes").GetInt64()));
            string reasons = report.GetProperty("reasons").GetRawText();
            Assert.Contains("Memory: 600 MiB (the owner", reasons, StringComparison.Ordinal);
            Assert.Contains("15.5", reasons, StringComparison.Ordinal);
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Kept));
        await using TestAppliance next = await TestAppliance.StartAsync(folder: folder);
        Assert.Equal(600 * Mebi, (await AskAsync(next, "/v1/budgets")).GetProperty("memoryBytes").GetInt64());
        JsonElement back = await SetAsync(next, new { });
        Assert.Equal(JsonValueKind.Null, back.GetProperty("wish").GetProperty("cores").ValueKind);
        Assert.Equal(BoxAllowance.Of(new(), SystemLimits.Read(), new()).Memory.TotalBytes, (await AskAsync(next, "/v1/budgets")).GetProperty("memoryBytes").GetInt64());

        // Each change is in the trail.
        string trail = (await AskAsync(next, "/v1/audit")).GetRawText();
        Assert.Contains("cores=1,memory=629145600,watts=15.5,celsius=70,quiet=22:00-07:00,quiet-cores=1", trail, StringComparison.Ordinal);
        Assert.Equal(2, trail.Split("\"budget changed\"").Length - 1);
    }

    /// <summary>What is said on the command line stands above it, and the answer says so; the file's word does not.</summary>
    [Theory]
    [InlineData("commandLine", true, 700)]
    [InlineData("environment", true, 700)]
    [InlineData("file", false, 600)]
    public async Task Start_ThatSaysTheSame_StandsAboveOrNot(string origin, bool isAbove, long mebibytes)
    {
        const string Text = "memory=700M,niceness=3";
        SettingOrigin where = Enum.Parse<SettingOrigin>(origin, ignoreCase: true);
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder, options: given => given with
        {
            Budget = BudgetChoice.Parse(Text),
            Said = new(null, new Dictionary<string, (string, SettingOrigin)> { ["--budget"] = (Text, where) }, SettingOrigin.Default),
        });
        JsonElement answer = await SetAsync(box, new { memoryBytes = 600 * Mebi, celsius = 65 });
        Assert.Equal(mebibytes * Mebi, (await AskAsync(box, "/v1/budgets")).GetProperty("memoryBytes").GetInt64());
        Assert.Equal(
            [("memory", "700M", origin, isAbove), ("niceness", "3", origin, true)],
            answer.GetProperty("said").EnumerateArray().Select(said =>
                (said.GetProperty("name").GetString()!, said.GetProperty("value").GetString()!, said.GetProperty("origin").GetString()!, said.GetProperty("standsAbove").GetBoolean())));
        Assert.Equal(600 * Mebi, answer.GetProperty("wish").GetProperty("memoryBytes").GetInt64());
    }

    [Theory]
    [InlineData("""{"cores":0}""", "The budget wants a whole number from 1 to 1024, not cores=0.")]
    [InlineData("""{"memoryBytes":1000}""", "The budget wants at least 448M, as memory=512M, not memory=1000.")]
    [InlineData("""{"watts":1e30}""", "The budget wants a number from 1 to 10000, not watts=1E+30.")]
    [InlineData("""{"celsius":29}""", "The budget wants a number from 30 to 110, not celsius=29.")]
    [InlineData("""{"quiet":"22:00-07:00,sysfs=/tmp"}""", "quiet must be two times of a day, as 22:00-07:00.")]
    [InlineData("""{"quietCores":1}""", "The budget says quiet-cores, but not when: quiet=HH:MM-HH:MM.")]
    public async Task Wish_ThatMakesNoSense_IsAProblem_AndChangesNothing(string body, string detail)
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        long before = (await AskAsync(box, "/v1/budgets")).GetProperty("memoryBytes").GetInt64();
        using HttpResponseMessage answer = await SendAsync(box, HttpMethod.Put, box.Token!, new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal(detail, (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("detail").GetString());
        Assert.False(File.Exists(Kept));
        Assert.Equal(before, (await AskAsync(box, "/v1/budgets")).GetProperty("memoryBytes").GetInt64());
    }

    [Fact]
    public async Task Wish_OfSomebodyElse_IsRefused()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        using HttpResponseMessage stranger = await SendAsync(box, HttpMethod.Put, box.Key("figures", "jobs"), JsonContent.Create(new { cores = 1 }));
        Assert.Equal(HttpStatusCode.Forbidden, stranger.StatusCode);
        Assert.False(File.Exists(Kept));
    }

    /// <summary>A file that somebody spoilt stops no start: it is not obeyed, and that is said until another wish is.</summary>
    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"cores":-1}""")]
    public async Task File_ThatIsDamaged_IsSaidToBe(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Kept)!);
        await File.WriteAllTextAsync(Kept, content, Token);
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder);
        Assert.StartsWith(Kept, (await AskAsync(box)).GetProperty("damage").GetString(), StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllTextAsync(Kept, Token));
        Assert.False((await SetAsync(box, new { cores = 1 })).TryGetProperty("damage", out _));
    }

    private static Task<HttpResponseMessage> SendAsync(TestAppliance box, HttpMethod method, string key, HttpContent? content, string path = "/v1/budgets/wish")
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new("Bearer", key);
        return box.Client.SendAsync(request, Token);
    }

    private static async Task<JsonElement> AskAsync(TestAppliance box, string path = "/v1/budgets/wish")
    {
        using HttpResponseMessage answer = await SendAsync(box, HttpMethod.Get, box.Token!, null, path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    private static async Task<JsonElement> SetAsync(TestAppliance box, object wish)
    {
        using HttpResponseMessage answer = await SendAsync(box, HttpMethod.Put, box.Token!, JsonContent.Create(wish));
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Token));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
    }
}
