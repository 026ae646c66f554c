using System.Globalization;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Access;

/// <summary>The built program in a network of its own, asked from an address of the internet (TEST-NET-3) that this network has.</summary>
public sealed class StrangerTests(MadeFilm film)
{
    [Fact]
    public async Task Box_OpenAtHome_IsClosedToStrangers()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && House.HasProgram("ip") && House.HasProgram("nsenter") && House.HasProgram("curl"), "This user may not make networks here.");
        using var folder = new ScratchFolder();
        await using RunningAppliance box = await RunningAppliance.StartAsync(
            await film.BriefAsync(folder.Path, seconds: 4),
            Path.Combine(folder.Path, "data"),
            "unshare", "--net", "sh", "-c", "ip link set lo up && ip addr add 203.0.113.5/32 dev lo && ip addr add 192.168.77.5/32 dev lo && exec \"$0\" \"$@\" --listen 0.0.0.0");

        Assert.Equal("401", await AskAsync(box, "203.0.113.5", "/v1/sources"));
        Assert.Equal("401", await AskAsync(box, "203.0.113.5", "/v1/sources", "X-Forwarded-For: 192.168.77.5"));
        Assert.Equal("200", await AskAsync(box, "203.0.113.5", "/"));
        Assert.Equal("200", await AskAsync(box, "203.0.113.5", "/health/live"));
        Assert.Equal("200", await AskAsync(box, "203.0.113.5", "/v1/sources", $"Authorization: {box.Client.DefaultRequestHeaders.Authorization}"));
        Assert.Equal("200", await AskAsync(box, "192.168.77.5", "/v1/sources"));
        Assert.Equal("401", await AskAsync(box, "192.168.77.5", "/v1/keys"));
        Assert.Equal("200", await AskAsync(box, "127.0.0.1", "/v1/sources"));
    }

    private static async Task<string> AskAsync(RunningAppliance box, string address, string path, params string[] headers)
    {
        string[] curl =
        [
            "--net", "--target", box.ProcessId.ToString(CultureInfo.InvariantCulture), "curl", "--silent", "--output", "/dev/null", "--write-out", "%{http_code}",
            "--interface", address, .. headers.SelectMany(header => new[] { "--header", header }), $"http://{address}:{box.BaseAddress.Port}{path}",
        ];
        return (await House.RunAsync("nsenter", curl)).Output;
    }
}
