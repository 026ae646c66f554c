using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Appliance.Hardware;
using Appliance.Tests.Hosting;
using Transcode.Engine.Hardware;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Doctor;

/// <summary>The verb <c>doctor</c>, as people call it, on boxes that are well and on boxes that are not.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly TcpListener _other = new(IPAddress.Loopback, 0);

    [Fact]
    public async Task Run_NothingThereYet_AllIsWellAndNothingIsMade()
    {
        string data = Path.Combine(_folder.Path, "data");
        (int code, JsonElement[] findings) = await RunAsync(data, FreePort());

        Assert.Equal(0, code);
        Assert.DoesNotContain(findings, finding => State(finding) == "Wrong");
        Assert.Contains("came out the same twice", Says(findings, "a segment"), StringComparison.Ordinal);
        Assert.Contains("libavcodec", Says(findings, "engine"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(data));
    }

    /// <summary>As the box would choose it; while a path is being tried, that is left alone.</summary>
    [Fact]
    public async Task Run_WithHardwareThatIsWished_SaysWhatWouldMakeAndDecodeAndWritesNothing()
    {
        string data = Path.Combine(_folder.Path, "data");
        (int code, JsonElement[] findings) = await RunAsync(data, FreePort(), "--encoder", "h264_nvenc", "--decoder", "auto");

        Assert.Equal(0, code);
        Assert.Equal(("Doubtful", "Segments are made in software, because h264_nvenc has not passed its probe: It was not tried yet: ./run probe does."), Found(findings, "encoder"));
        Assert.Equal(("Doubtful", "Films are decoded in software: no hardware decoder was tried yet; ./run probe does."), Found(findings, "decoder"));
        Assert.False(Directory.Exists(data));

        var probing = new HardwareProbeOptions { WorkerPath = House.Program, WorkerArguments = ["worker"] };
        ProbedBox box = await new HardwareProbe(probing).ListAsync(TestContext.Current.CancellationToken);
        CodingPath encoder = box.Paths.First(path => path is { Codec: "h264_nvenc", BitDepth: 8, Direction: PathDirection.Encode });
        string file = Path.Combine(data, "hardware.json");
        new HardwareFile(file).Save(new(
            box.Identity.Key,
            probing.Width,
            probing.Height,
            [new(encoder, PathVerdict.Works, "It works.") { Rehearsal = new(true, "Workers made three segments.") }],
            box.Paths.First(path => path != encoder)));
        byte[] before = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        (code, findings) = await RunAsync(data, FreePort(), "--encoder", "auto");

        Assert.Equal(0, code);
        Assert.Equal(("Fine", "The ladder's H.264 is made by h264_nvenc, which passed all of its probe. Workers made three segments."), Found(findings, "encoder"));
        Assert.Equal(("Fine", "Films are decoded in software, as --decoder has it."), Found(findings, "decoder"));
        Assert.Equal(before, await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_BoxThatRuns_IsAskedAndGoesOn()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        (int code, JsonElement[] findings) = await RunAsync(Path.Combine(_folder.Path, "data"), box.BaseAddress.Port);

        Assert.Equal(0, code);
        Assert.EndsWith("and is ready.", Says(findings, "box"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_MuchIsWrong_SaysAllOfItWithWhatToDo()
    {
        _other.Start();
        _folder.File("data/library.json", "{ this is none");
        _folder.File("data/rewards.json", """{ "payee": "nobody" }""");
        _folder.File("data/hardware.yaml", "profile: [a list]");
        File.SetUnixFileMode(_folder.File("data/keys/device.key"), UnixFileMode.UserRead | UnixFileMode.GroupRead);
        (int code, JsonElement[] findings) = await RunAsync(Path.Combine(_folder.Path, "data"), ((IPEndPoint)_other.LocalEndpoint).Port);

        Assert.Equal(1, code);
        string[] wrong = [.. findings.Where(finding => State(finding) == "Wrong").Select(About).Order(StringComparer.Ordinal)];
        Assert.Equal(["hardware settings", "keys", "library", "port", "rewards settings"], wrong);
        Assert.All(findings.Where(finding => State(finding) != "Fine"), finding => Assert.NotEqual("", finding.GetProperty("advice").GetString()));
    }

    [Fact]
    public async Task Run_FolderOfTheLibraryIsAway_IsToldAndNotCalledWrong()
    {
        _folder.File("data/library.json", """{ "paths": ["/mnt/away"] }""");
        (int code, JsonElement[] findings) = await RunAsync(Path.Combine(_folder.Path, "data"), FreePort());

        Assert.Equal(0, code);
        Assert.Equal("/mnt/away is not there.", Says(findings, "library"));
    }

    [Fact]
    public async Task Run_WithWhatIsNotAnOption_IsRefused()
    {
        (int code, string printed) = await House.RunAsync(House.Program, "doctor", "--nonsense");

        Assert.Equal(2, code);
        Assert.Equal("appliance: Unknown option --nonsense. --help lists what there is.", printed.Trim());
    }

    public void Dispose()
    {
        _other.Dispose();
        _folder.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<(int Code, JsonElement[] Findings)> RunAsync(string data, int port, params string[] options)
    {
        (int code, string printed) = await House.RunAsync(House.Program, ["doctor", "--json", "--data", data, "--port", $"{port}", .. options]);
        return (code, [.. JsonDocument.Parse(printed).RootElement.EnumerateArray()]);
    }

    private static string About(JsonElement finding) => finding.GetProperty("about").GetString()!;

    private static string State(JsonElement finding) => finding.GetProperty("state").GetString()!;

    private static (string State, string Says) Found(JsonElement[] findings, string about) => (State(findings.Single(finding => About(finding) == about)), Says(findings, about));

    private static string Says(JsonElement[] findings, string about) => findings.Single(finding => About(finding) == about).GetProperty("says").GetString()!;
}
