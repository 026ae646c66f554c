using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Appliance.Access.Connections;
using Appliance.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Appliance.Tests.Attacks;

/// <summary>Ten thousand connections on which nothing is asked.</summary>
public sealed class IdleConnectionTests(MadeFilm film, ITestOutputHelper output)
{
    private const int Idle = 10_000;

    private const int MostMemoryBytes = 160_000_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>They are of home too, as somebody's broken device: a player still plays, and their number stays bounded.</summary>
    [Fact]
    public async Task Player_BesideTenThousandOfHome_Plays()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        var sockets = new List<Socket>();
        try
        {
            for (int i = 0; i < Idle; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                sockets.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, box.BaseAddress.Port, Token);
                if (i % 500 == 0)
                {
                    await PlayAsync(box, i / 500 % 16);
                }
            }

            ConnectionPlaces places = box.Services.GetRequiredService<ConnectionPlaces>();
            Assert.InRange(places.Count, 1000, 2048);
            for (int index = 0; index < 16; index++)
            {
                await PlayAsync(box, index);
            }
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.TooManyOpenSockets)
        {
            Assert.Skip("This user may not open so many connections.");
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    /// <summary>The built program, in a network of its own: strangers hold ten thousand, and it takes them no more than theirs, and no more memory.</summary>
    [Fact]
    public async Task Home_BesideTenThousandOfStrangers_PlaysOnAsMuchMemory()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && House.HasProgram("ip") && House.HasProgram("nsenter") && House.HasProgram("curl") && House.HasProgram("node"), "This user may not make networks here.");
        using var folder = new ScratchFolder();
        string addresses = string.Join(" && ", Enumerable.Range(1, 50).Select(i => $"ip addr add 203.0.113.{i}/32 dev lo"));
        await using RunningAppliance box = await RunningAppliance.StartAsync(
            await film.BriefAsync(folder.Path, seconds: 4),
            Path.Combine(folder.Path, "data"),
            "unshare", "--net", "sh", "-c", $"ip link set lo up && {addresses} && ip addr add 192.168.77.5/32 dev lo && exec \"$0\" \"$@\" --listen 0.0.0.0");
        Assert.Equal("200", await AskAsync(box, "/v1/sources"));
        long before = Memory(box.ProcessId);
        using Process idle = Process.Start(new ProcessStartInfo(
            "nsenter",
            ["--net", "--target", box.ProcessId.ToString(CultureInfo.InvariantCulture), "node", House.At("tests", "driver", "idle.mjs"), $"{Idle}", "203.0.113.", "50", "203.0.113.1", $"{box.BaseAddress.Port}"])
        { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            string said = await idle.StandardOutput.ReadLineAsync(Token) ?? "";
            long held = Memory(box.ProcessId) - before;
            output.WriteLine($"{said}; {held / 1e6:F1} MB");

            Assert.StartsWith($"opened {Idle}, ", said, StringComparison.Ordinal);
            Assert.InRange(int.Parse(said.Split(' ')[2], CultureInfo.InvariantCulture), 1000, 1536);
            Assert.InRange(held, -MostMemoryBytes, MostMemoryBytes);
            Assert.Equal("200", await AskAsync(box, "/v1/sources"));
            foreach (string rendition in (await RenditionsAsync(box)).Take(1))
            {
                Assert.Equal("200", await AskAsync(box, $"{rendition}/index.m3u8"));
                Assert.Equal("200", await AskAsync(box, $"{rendition}/0.m4s"));
            }
        }
        finally
        {
            idle.Kill();
            await idle.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<string[]> RenditionsAsync(RunningAppliance box)
    {
        string list = await TextAsync(box, "/v1/sources");
        string id = list.Split("\"id\":\"")[1].Split('"')[0];
        return [.. (await TextAsync(box, $"/v1/sources/{id}")).Split("\"playlist\":\"").Skip(1).Select(part => part.Split("/index.m3u8")[0])];
    }

    private static async Task PlayAsync(TestAppliance box, int index)
    {
        using HttpResponseMessage list = await box.SendAsync(HttpMethod.Get, box.Url("480p", "index.m3u8"));
        using HttpResponseMessage segment = await box.SendAsync(HttpMethod.Get, box.Url("480p", $"{index}.m4s"));

        Assert.Equal(HttpStatusCode.OK, list.StatusCode);
        Assert.Equal(3 * ScriptedTranscoder.ChunkBytes, (await segment.Content.ReadAsByteArrayAsync(Token)).Length);
    }

    private static Task<string> AskAsync(RunningAppliance box, string path) => CurlAsync(box, "--output", "/dev/null", "--write-out", "%{http_code}", $"http://192.168.77.5:{box.BaseAddress.Port}{path}");

    private static Task<string> TextAsync(RunningAppliance box, string path) => CurlAsync(box, $"http://192.168.77.5:{box.BaseAddress.Port}{path}");

    private static async Task<string> CurlAsync(RunningAppliance box, params string[] arguments) => (await House.RunAsync(
        "nsenter", ["--net", "--target", box.ProcessId.ToString(CultureInfo.InvariantCulture), "curl", "--silent", "--interface", "192.168.77.5", .. arguments])).Output;

    /// <summary>What it has to itself, and its share of the rest, in bytes.</summary>
    private static long Memory(int process) => long.Parse(
        File.ReadLines($"/proc/{process}/smaps_rollup").First(line => line.StartsWith("Pss:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
}
