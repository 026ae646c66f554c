using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Appliance.Bench;

/// <summary>The real appliance, started as a person would start it, with a data folder of its own, and spoken to over HTTP
/// as a player would.</summary>
internal sealed partial class Box : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly HttpClient client;
    private readonly string token;
    private JsonNode? detail;
    private int records;

    private Box(Process process, HttpClient client, string token)
    {
        this.process = process;
        this.client = client;
        this.token = token;
    }

    public Uri BaseAddress => client.BaseAddress!;

    /// <summary>Processor time of the appliance until now, without its workers.</summary>
    public TimeSpan Cpu => ProcessTime.Of(process.Id);

    public SourceDescription Source { get; private set; } = null!;

    public Ladder Ladder { get; private set; } = null!;

    /// <summary>Starts one, up to where it says its address.</summary>
    public static async Task<Box> StartAsync(BenchArguments arguments, string dataFolder)
    {
        string token = await KeyAsync(arguments.Program, dataFolder);
        Process process = Process.Start(new ProcessStartInfo(arguments.Program, [arguments.Film, "--port", "0", "--data", dataFolder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        // Its log is read so that it never waits for us, and shown where it ends instead of starting.
        Task<string> log = process.StandardError.ReadToEndAsync();
        string? address = null;
        while (address is null)
        {
            string line = await process.StandardOutput.ReadLineAsync() ?? throw new BenchException($"The appliance ended instead of starting: {await log}");
            address ??= Address().Match(line) is { Success: true } page ? page.Groups[1].Value : null;
        }

        return new(process, new HttpClient { BaseAddress = new(address) }, token);
    }

    public int ProcessId => process.Id;

    /// <summary>Polls until it answers at all.</summary>
    public async Task AnswersAsync() => await UntilAsync(async () =>
    {
        using HttpResponseMessage answer = await client.GetAsync(new Uri("health/live", UriKind.Relative));
        return answer.IsSuccessStatusCode;
    });

    /// <summary>Its workers, by process.</summary>
    public async Task<IReadOnlyList<int>> WorkersAsync() =>
        [.. (await JsonAsync("v1/activity", owner: true))["pool"]!["workers"]!.AsArray().Select(worker => (int)worker!["processId"]!).Where(id => id > 0)];

    /// <summary>Polls until a worker has said hello.</summary>
    public async Task ReadyAsync() => await UntilAsync(async () =>
    {
        using HttpResponseMessage answer = await client.GetAsync(new Uri("health/ready", UriKind.Relative));
        return answer.IsSuccessStatusCode;
    });

    /// <summary>Polls until the source is ready to be played.</summary>
    public async Task PlayableAsync(string dataFolder)
    {
        await UntilAsync(async () =>
        {
            JsonNode source = (await JsonAsync("v1/sources", owner: false))["sources"]![0]!;
            if ((string)source["state"]! == "refused")
            {
                throw new BenchException($"The appliance refuses this film: {(string?)source["reason"]}");
            }

            bool ready = (string)source["state"]! == "ready";
            detail = ready ? await JsonAsync($"v1/sources/{(string)source["id"]!}", owner: false) : null;
            return ready;
        });
        string described = await File.ReadAllTextAsync(Directory.GetFiles(Path.Combine(dataFolder, "descriptions"), "*.json").Single());
        Source = System.Text.Json.JsonSerializer.Deserialize(described[described.IndexOf('\n', StringComparison.Ordinal)..], EngineJson.Default.SourceDescription)!;
        Ladder = Ladder.For(Source);
    }

    /// <summary>Waits until nothing is made, kept or waiting: what was made ahead is then over too.</summary>
    public async Task IdleAsync() => await UntilAsync(async () =>
    {
        JsonNode now = await JsonAsync("v1/activity", owner: true);
        return (int)now["making"]!["flights"]! == 0
            && now["pool"]!["queues"]!.AsArray().All(p => (int)p!["queued"]! + (int)p["running"]! == 0);
    });

    /// <summary>The path of the master playlist.</summary>
    public string MasterPath => (string)detail!["master"]!;

    public async Task<byte[]> MasterAsync() => await client.GetByteArrayAsync(new Uri((string)detail!["master"]!, UriKind.Relative));

    /// <summary>Asks for a segment, made or not, and reads it whole.</summary>
    /// <returns>Its path, and its bytes.</returns>
    public async Task<(string Path, byte[] Content)> FileAsync(Rendition rendition, int index)
    {
        string path = PathOf(rendition, index);
        return (path, await client.GetByteArrayAsync(new Uri(path, UriKind.Relative)));
    }

    /// <summary>Asks for a segment and reads it whole.</summary>
    /// <exception cref="BenchException">It was there already.</exception>
    public async Task<BoxRun> SegmentAsync(Rendition rendition, int index)
    {
        string address = PathOf(rendition, index);
        TimeSpan cpuBefore = ProcessTime.Of(process.Id);
        long started = Stopwatch.GetTimestamp();
        using HttpResponseMessage answer = await client.GetAsync(new Uri(address, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using Stream body = await answer.Content.ReadAsStreamAsync();
        TimeSpan? first = null;
        long bytes = 0;
        byte[] buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer) is > 0 and int got)
        {
            first ??= Stopwatch.GetElapsedTime(started);
            bytes += got;
        }

        TimeSpan whole = Stopwatch.GetElapsedTime(started);
        TimeSpan cpu = ProcessTime.Of(process.Id) - cpuBefore;
        string timing = string.Join(' ', answer.Headers.GetValues("Server-Timing"));
        return timing.Contains("\"made\"", StringComparison.Ordinal)
            ? new(first ?? whole, whole, cpu, bytes)
            : throw new BenchException($"Segment {index} was not made for this request: {timing}");
    }

    /// <summary>What the worker says it took, from the ledger; the box must be idle.</summary>
    public async Task<(TimeSpan Elapsed, TimeSpan Cpu, long BytesIn)> WorkAsync(Rendition rendition, int index)
    {
        JsonArray found = (await JsonAsync($"v1/rewards/records?after={records}&limit=1000", owner: true))["records"]!.AsArray();
        records += found.Count;
        JsonNode work = found.Select(record => record!["work"]!)
            .First(w => (int)w["index"]! == index && (string)w["recipeId"]! == rendition.Recipe.Id);
        return (Microseconds("elapsedMicroseconds"), Microseconds("cpuMicroseconds"), (long)work["bytesIn"]!);

        TimeSpan Microseconds(string field) => TimeSpan.FromMicroseconds((long)work[field]!);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private string PathOf(Rendition rendition, int index)
    {
        string playlist = (string)detail!["renditions"]!.AsArray().First(r => (string)r!["name"]! == rendition.Name)!["playlist"]!;
        return playlist.Replace("index.m3u8", $"{index.ToString(CultureInfo.InvariantCulture)}.m4s", StringComparison.Ordinal);
    }

    private async Task<JsonNode> JsonAsync(string address, bool owner)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (owner)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        using HttpResponseMessage answer = await client.SendAsync(request);
        return JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!;
    }

    /// <summary>A key with the owner's scope; each start takes the place of the one before's.</summary>
    private static async Task<string> KeyAsync(string program, string dataFolder)
    {
        foreach (string line in (await RunAsync(program, "key", "list", "--data", dataFolder)).Split('\n').Where(line => line.EndsWith("  bench", StringComparison.Ordinal)))
        {
            await RunAsync(program, "key", "remove", line.Split(' ')[0], "--data", dataFolder);
        }

        return (await RunAsync(program, "key", "add", "bench", "--scope", "owner", "--data", dataFolder)).Trim();
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new BenchException($"key {arguments[1]} ended with {process.ExitCode}.");
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (long started = Stopwatch.GetTimestamp(); !await holds(); await Task.Delay(Pause))
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                throw new BenchException($"The appliance took longer than {Patience.TotalSeconds} s.");
            }
        }
    }

    [GeneratedRegex(@"^  Page\s+(\S+)")]
    private static partial Regex Address();
}
