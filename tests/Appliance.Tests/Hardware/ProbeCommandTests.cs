using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Hardware;

/// <summary>The commands <c>probe</c> and <c>profile</c>, with their real processes, as a person runs them.</summary>
public sealed class ProbeCommandTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Probe_Hardware_FillsATableAndRemembersIt()
    {
        using var folder = new ScratchFolder();
        string[] arguments = ["probe", "--hardware", "--size", "320x240", "--data", folder.Path];
        (int code, string table) = await House.RunAsync(House.Program, arguments);

        Assert.True(code == 0, table);
        Assert.Matches(@"(?m)^encode +h264 +8 +h264_nvenc +(fails +No NVIDIA driver|works)", table);
        Assert.Matches(@"(?m)^decode +hevc +10 ", table);
        Assert.Contains("hardware encoders", table, StringComparison.Ordinal);

        string file = Path.Combine(folder.Path, "hardware.json");
        DateTime written = File.GetLastWriteTimeUtc(file);
        (code, string again) = await House.RunAsync(House.Program, arguments);
        Assert.Equal((0, table), (code, again));
        Assert.Equal(written, File.GetLastWriteTimeUtc(file));
    }

    [Fact]
    public async Task Probe_PathThatTheBoxWentDownWith_IsLeftAlone()
    {
        using var folder = new ScratchFolder();
        await FewPaths.AskedForAsync(folder.Path);
        string[] arguments = ["probe", "--hardware", "--size", "320x240", "--data", folder.Path];
        Assert.Equal(0, (await House.RunAsync(House.Program, arguments)).Code);
        string file = Path.Combine(folder.Path, "hardware.json");
        string stored = await File.ReadAllTextAsync(file, Token);
        using var document = JsonDocument.Parse(stored);
        string path = document.RootElement.GetProperty("results")[0].GetProperty("path").GetRawText();
        await File.WriteAllTextAsync(file, stored[..^1] + $",\"attempting\":{path}}}", Token);
        (int code, string table) = await House.RunAsync(House.Program, arguments);

        Assert.True(code == 0, table);
        Assert.Contains("quarantined  The whole box, or what tried it, went down", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_OwnerWantsAPathOff_SaysSoAndDoesNotTryIt()
    {
        using var folder = new ScratchFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "hardware.yaml"), "off: [nvenc, nvdec, vaapi, qsv, v4l2m2m, omx]\n", Token);
        (int code, string json) = await House.RunAsync(House.Program, "probe", "--hardware", "--json", "--data", folder.Path);

        Assert.True(code == 0, json);
        using var answer = JsonDocument.Parse(json);
        Assert.All(
            answer.RootElement.GetProperty("paths").EnumerateArray().Where(path => path.GetProperty("path").GetProperty("codec").GetString() == "h264_nvenc"),
            path => Assert.Equal(("Off", "not run on hardware"), (path.GetProperty("verdict").GetString(), path.GetProperty("standing").GetString())));
    }

    [Fact]
    public async Task Profile_OfABoxThatWasNotProbed_SaysWhatToDo()
    {
        using var folder = new ScratchFolder();
        (int code, string said) = await House.RunAsync(House.Program, "profile", "export", "--data", folder.Path);

        Assert.Equal((1, "appliance: Nothing was measured on this box yet, or it has changed since: ./run probe first."), (code, said.Trim()));
    }

    [Fact]
    public async Task Profile_Check_TellsEveryFaultWithItsLine()
    {
        using var folder = new ScratchFolder();
        string good = House.At("hardware-profiles", "intel-n100.yaml"), bad = Path.Combine(folder.Path, "bad.yaml");
        await File.WriteAllTextAsync(bad, (await File.ReadAllTextAsync(good, Token)).Replace("version: 1", "version: one", StringComparison.Ordinal), Token);
        (int code, string said) = await House.RunAsync(House.Program, "profile", "check", good, bad);

        Assert.Equal(1, code);
        Assert.Contains("intel-n100 is a profile", said, StringComparison.Ordinal);
        Assert.Contains("bad.yaml:4: version: must be a whole number, not one.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Profile_List_NamesEveryClass()
    {
        using var folder = new ScratchFolder();
        (int code, string said) = await House.RunAsync(House.Program, "profile", "list", "--data", folder.Path);

        Assert.Equal(0, code);
        Assert.Equal(13, said.Split('\n').Count(line => line.Length > 0 && line[0] is ' ' or '*'));
    }

    [Theory]
    [InlineData("probe knows no --loud", "probe", "--loud")]
    [InlineData("--size wants WIDTHxHEIGHT", "probe", "--size", "1921x1080")]
    [InlineData("--size wants WIDTHxHEIGHT", "probe", "--size", "4000x2000")]
    [InlineData("profile knows no import", "profile", "import")]
    [InlineData("profile check wants a file", "profile", "check")]
    [InlineData("--out wants a file named", "profile", "export", "--out", "My Box.txt")]
    public async Task Command_ThatMakesNoSense_IsRefusedInOneLine(string expected, params string[] arguments)
    {
        (int code, string said) = await House.RunAsync(House.Program, arguments);

        Assert.Equal(2, code);
        Assert.StartsWith($"appliance: {expected}", said, StringComparison.Ordinal);
        Assert.Single(said.Trim().Split('\n'));
    }
}
