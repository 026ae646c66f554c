using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Appliance.Startup;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.OwnersView;

/// <summary>What the box was started with, as its owner sees it.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Settings_SaidInSeveralPlaces_AreToldWithWhereTheyWereSaid()
    {
        string file = folder.File("data/appliance.yaml", "jobs-quota: 3G\nport: 1\nserve: [/films]\notlp: http://user:secret@collector:4318");
        var environment = new Dictionary<string, string> { ["APPLIANCE_PORT"] = "2", ["APPLIANCE_LOG"] = "json", ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://elsewhere:4318" };
        var parsed = Assert.IsType<ParsedCommand.Serve>(CommandLine.Parse(["--port", "3", "--data", Path.Combine(folder.Path, "data")], environment.GetValueOrDefault));
        await using TestAppliance box = await TestAppliance.StartAsync(folder: folder, options: given => given with { Said = parsed.Options.Said });
        box.Client.DefaultRequestHeaders.Authorization = new("Bearer", box.Token);
        JsonElement told = await box.GetJsonAsync("/v1/settings");

        Assert.Equal((file, true), (told.GetProperty("file").GetString(), told.GetProperty("fileIsThere").GetBoolean()));
        Dictionary<string, JsonElement> settings = told.GetProperty("settings").EnumerateArray().ToDictionary(one => one.GetProperty("name").GetString()!);
        Assert.Equal(["serve", .. SettingTable.All.Select(setting => setting.Name)], settings.Keys);
        Assert.Equal(("3", "commandLine"), Said(settings["port"]));
        Assert.Equal(("json", "environment"), Said(settings["log"]));
        Assert.Equal(("3G", "file"), Said(settings["jobs-quota"]));
        Assert.Equal(("10G", "default"), Said(settings["cache-quota"]));
        Assert.Equal(("http://…@collector:4318", "file"), Said(settings["otlp"]));
        Assert.Equal("file", settings["serve"].GetProperty("origin").GetString());
        Assert.All(settings.Values, one => Assert.NotEqual("", one.GetProperty("more").GetString()));
    }

    /// <summary>A variable that other programs share comes last, as when it is read.</summary>
    [Fact]
    public void Said_InAVariableThatProgramsShare_IsToldToo()
    {
        var parsed = Assert.IsType<ParsedCommand.Serve>(CommandLine.Parse(
            ["--data", folder.Path], name => name == "OTEL_EXPORTER_OTLP_ENDPOINT" ? "http://elsewhere:4318" : null));

        Assert.Equal(("http://elsewhere:4318", SettingOrigin.Environment), parsed.Options.Said.Values["--otlp"]);
        Assert.Equal("http://elsewhere:4318/", parsed.Options.Collector!.ToString());
    }

    [Theory]
    [InlineData("port", "9000", "port: 9000")]
    [InlineData("codecs", "h264,av1", "codecs: h264,av1")]
    [InlineData("budget", "quiet=22:00-07:00", "budget: \"quiet=22:00-07:00\"")]
    [InlineData("listen", "::", "listen: \"::\"")]
    [InlineData("tls", "/a b/c\"d.pem,/k#.pem", "tls: \"/a b/c\\\"d.pem,/k#.pem\"")]
    [InlineData("otlp", "http://collector:4318", "otlp: \"http://collector:4318\"")]
    public async Task Lines_OfAValue_AreReadBackAsIt(string name, string value, string lines)
    {
        await using TestAppliance box = await OwnedAsync();
        JsonElement told = await box.GetJsonAsync($"/v1/settings/{name}/lines?value={Uri.EscapeDataString(value)}");

        Assert.Equal(lines, told.GetProperty("lines").GetString());
        Assert.False(told.TryGetProperty("standsBehind", out _));
        string file = folder.File("some.yaml", lines);
        Assert.Equal(value, SettingsFile.Read(file, SettingTable.Options).Values["--" + name]);
    }

    [Theory]
    [InlineData("port", "65536", 400)]
    [InlineData("codecs", "vp9", 400)]
    [InlineData("budget", "cores=none", 400)]
    [InlineData("cache-quota", "", 400)]
    [InlineData("log", "text%0Aport: 1", 400)]
    [InlineData("data", "/elsewhere", 404)]
    [InlineData("colour", "red", 404)]
    public async Task Lines_OfWhatMakesNoSense_AreRefused(string name, string value, int status)
    {
        await using TestAppliance box = await OwnedAsync();
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Get, $"/v1/settings/{name}/lines?value={value}");

        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    /// <summary>Lines that would change nothing say so.</summary>
    [Fact]
    public async Task Lines_OfWhatTheCommandLineSays_TellThatItGoesFirst()
    {
        var parsed = Assert.IsType<ParsedCommand.Serve>(CommandLine.Parse(["--port", "3", "--data", folder.Path], _ => null));
        await using TestAppliance box = await OwnedAsync(parsed.Options.Said);

        Assert.Equal("the command line (--port)", (await box.GetJsonAsync("/v1/settings/port/lines?value=9000")).GetProperty("standsBehind").GetString());
    }

    /// <summary>The document says what the help and the page say, to the word.</summary>
    [Fact]
    public void Document_OfEachSetting_HasTheTablesWords()
    {
        string[] rows = [.. File.ReadAllLines(House.At("docs", "configuration.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Replace("`", "", StringComparison.Ordinal))];
        foreach (Setting setting in SettingTable.All.Prepend(SettingTable.Serve))
        {
            string said = setting.IsOfFile ? setting.Name : "";
            string variables = setting == SettingTable.Serve ? "" : $"{setting.Variable}{(setting.SharedVariable is { } shared ? $", {shared}" : "")}{(setting.IsOfFile ? "" : $" ({setting.Option})")} ";
            Assert.Contains($"| {said}{(said.Length > 0 ? " " : "")}| {variables}| {setting.Default} | {setting.Decides} |", rows);
        }
    }

    private static (string? Value, string? Origin) Said(JsonElement setting) => (setting.GetProperty("value").GetString(), setting.GetProperty("origin").GetString());

    private async Task<TestAppliance> OwnedAsync(SaidSettings? said = null)
    {
        TestAppliance box = await TestAppliance.StartAsync(folder: folder, options: given => given with { Said = said ?? SaidSettings.None });
        box.Client.DefaultRequestHeaders.Authorization = new("Bearer", box.Token);
        return box;
    }
}
