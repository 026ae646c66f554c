using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Uploads;

/// <summary>A client that others wrote, connections that break, and a box that is killed meanwhile: what arrives is the file.</summary>
public sealed class TusClientTests : IDisposable
{
    private const int FileBytes = 48 << 20;

    private const int Kills = 4;

    private readonly ScratchFolder folder = ScratchFolder.OnDisk();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Upload_ThroughBrokenConnectionsAndKills_ArrivesByteForByte()
    {
        Assert.SkipUnless(House.HasProgram("node") && Directory.Exists(House.At("tests", "oracles", "node_modules", "tus-js-client")), "Node.js or tus-js-client is not installed.");
        string file = Path.Combine(folder.Path, "A long film.mkv");
        byte[] bytes = new byte[FileBytes];
        new Random(11).NextBytes(bytes);
        await File.WriteAllBytesAsync(file, bytes, Token);
        string data = Path.Combine(folder.Path, "data");
        string where = Path.Combine(folder.Path, "box");
        RunningAppliance box = await StartAsync(data, where);
        try
        {
            using Process client = Process.Start(new ProcessStartInfo("node", [House.At("tests", "oracles", "upload.mjs"), "--box", where, file]) { RedirectStandardOutput = true })!;
            Task<string> printed = client.StandardOutput.ReadToEndAsync(Token);
            for (int kill = 1; kill <= Kills; kill++)
            {
                long next = (long)FileBytes * kill / (Kills + 1);
                await Until.HoldsAsync(() => client.HasExited || Sure(data) >= next);
                Assert.False(client.HasExited, "It was whole before the box was killed.");
                await box.EndAsync("KILL");
                await box.DisposeAsync();
                box = await StartAsync(data, where);
            }

            await client.WaitForExitAsync(Token);
            Assert.Equal(0, client.ExitCode);
            JsonElement told = JsonDocument.Parse(await printed).RootElement;
            Assert.InRange(told.GetProperty("broken").GetInt32(), 10, int.MaxValue);
            string arrived = Path.Combine(data, "uploads", told.GetProperty("path").GetString()!.Split('/')[^1], "film");
            Assert.Equal(Convert.ToHexString(SHA256.HashData(bytes)), Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(arrived, Token))));
            await Until.HoldsAsync(async () => (await box.JsonAsync("v1/sources")).GetProperty("sources").EnumerateArray().Any(source => source.GetProperty("title").GetString() == "A long film"));
        }
        finally
        {
            await box.DisposeAsync();
        }
    }

    /// <summary>Bytes that the box has written down as sure.</summary>
    private static long Sure(string data) => Directory.EnumerateFiles(Path.Combine(data, "uploads"), "offset", SearchOption.AllDirectories)
        .Select(path => long.TryParse(File.ReadAllText(path), out long sure) ? sure : 0).DefaultIfEmpty(0).Max();

    private static async Task<RunningAppliance> StartAsync(string data, string where)
    {
        RunningAppliance box = await RunningAppliance.StartEmptyAsync(data, ready: null);
        await File.WriteAllTextAsync(where + ".new", $"{box.BaseAddress.Port}\n{box.Client.DefaultRequestHeaders.Authorization!.Parameter}", Token);
        File.Move(where + ".new", where, overwrite: true);
        return box;
    }
}
