using System.Collections.Concurrent;
using Appliance.Tests.Hosting;
using Appliance.Transcoding;
using global::Rewards.Verdicts;

namespace Appliance.Tests.Rewards;

/// <summary>A box, and work that somebody ordered of it and that it has made.</summary>
internal sealed class Bought : IAsyncDisposable
{
    /// <summary>Of the film, of picture and of sound.</summary>
    public const int Segments = 2;

    /// <summary>Each is made once for all tests.</summary>
    private static readonly ConcurrentDictionary<string, Task<byte[]>> Films = new();

    private readonly Requester requester = new();
    private readonly string folder;

    private Bought(string folder, TestAppliance box, string film)
    {
        this.folder = folder;
        Box = box;
        Film = film;
        File.WriteAllText(KeyFile, Convert.ToHexStringLower(requester.Secret));
    }

    public TestAppliance Box { get; }

    public string Film { get; }

    public string Order { get; private set; } = "";

    /// <summary>How many there are of it.</summary>
    public int Receipts { get; private set; }

    /// <summary>Of the requester.</summary>
    public string KeyFile => Path.Combine(folder, "requester.key");

    public string Book => Path.Combine(folder, "verdicts.jsonl");

    /// <summary>Skips the test where there is no ffmpeg program.</summary>
    public static async Task<Bought> OrderAsync(ScratchFolder scratch, ITranscoder workers, params string[] rungs)
    {
        await FilmAsync(scratch, "film", "null");
        string film = Path.Combine(scratch.Path, "film.mkv");
        var bought = new Bought(scratch.Path, await TestAppliance.StartAsync(folder: scratch, film: film, workers: workers), film);
        try
        {
            await bought.OrderAsync(rungs);
            return bought;
        }
        catch
        {
            await bought.DisposeAsync();
            throw;
        }
    }

    /// <summary>Four seconds that move all over, with something done to them.</summary>
    /// <param name="scratch">Where to.</param>
    /// <param name="name">Of the file, without its ending.</param>
    /// <param name="filter">Of libavfilter.</param>
    public static async Task<byte[]> FilmAsync(ScratchFolder scratch, string name, string filter)
    {
        Assert.SkipUnless(House.HasProgram("ffmpeg"), "The ffmpeg program, which makes the film, is not on this machine.");
        byte[] film = await Films.GetOrAdd(filter, MakeAsync);
        await File.WriteAllBytesAsync(Path.Combine(scratch.Path, $"{name}.mkv"), film, TestContext.Current.CancellationToken);
        return film;
    }

    public Task<(int Code, string Printed)> VerifyAsync(params string[] more) =>
        RunAsync(["verify", Order, "--source", Film, "--key", KeyFile, "--verdicts", Book, .. more]);

    public async Task<(int Code, string Printed)> RunAsync(params string[] arguments) =>
        await House.RunAsync(House.Program, ["rewards", .. arguments, "--url", Box.BaseAddress.ToString(), "--token", Box.Token]);

    public IReadOnlyList<WorkVerdict> Verdicts() => [.. VerdictBook.Read(File.ReadAllBytes(Book)).Select(signed => signed.Verdict)];

    public async ValueTask DisposeAsync()
    {
        requester.Dispose();
        await Box.DisposeAsync();
    }

    private async Task OrderAsync(string[] rungs)
    {
        using HttpResponseMessage paid = await requester.DepositAsync(Box, "1000000000000000");
        Order = await requester.OrderAsync(Box, rungs);
        await Requester.UntilAsync(Box, Order, Requester.IsDone);
        await Until.HoldsAsync(async () => (Receipts = (await Requester.ReceiptsAsync(Box, Order)).Length) == 2 * Segments);
    }

    private static async Task<byte[]> MakeAsync(string filter)
    {
        using var scratch = new ScratchFolder();
        string path = Path.Combine(scratch.Path, "made.mkv");
        (int code, string printed) = await House.RunAsync(
            "ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", "mandelbrot=s=320x180:r=12:start_scale=1.5:end_scale=0.02:inner=mincol",
            "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000", "-t", "4", "-vf", $"hue=s=1.4,{filter},format=yuv420p", "-c:v", "libx264", "-preset", "ultrafast", "-qp", "8", "-g", "24",
            "-c:a", "aac", path);
        return code == 0 ? await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken) : throw new InvalidOperationException(printed);
    }
}
