using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Appliance.Sources;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Sources.Remote;

/// <summary>Films of a real nginx that are too long to be read whole, and jobs whose origin goes away.</summary>
public sealed class RemoteLongFilmTests(MadeFilm film) : IDisposable
{
    private const long LongBytes = 100L << 20;

    /// <summary>Of the film whose origin goes away, of two seconds each: more than are made meanwhile.</summary>
    private const int Segments = 30;

    /// <summary>What a reader is told while nobody answers, by how far he had come.</summary>
    private static readonly string[] Reasons = ["Nobody answers at the URL's address.", "The connection to the origin broke.", "The origin's answer is shorter than it said."];

    private static readonly string[] Rungs = ["240p"];

    private readonly ScratchFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(folder.Path, "data");

    public void Dispose() => folder.Dispose();

    /// <summary>It is the source that a file of the same bytes is, though few of them are read; and what changes where it is looked at is another.</summary>
    [Fact]
    public async Task Film_OfMoreThan64MiB_IsTheFileItIs_AndFewOfItsBytesAreRead()
    {
        string home = Path.Combine(folder.Path, "nginx");
        await using NginxOrigin nginx = await NginxOrigin.StartAsync(home);
        string path = Path.Combine(nginx.Films, "Long.mp4");
        await MakeLongAsync(path);
        string id = IdOf(path);
        await using RunningAppliance box = await RunningAppliance.StartEmptyAsync(Data, ready: null, "--allow-origin", "127.0.0.1");
        await AddAsync(box, nginx.Url("Long.mp4"));

        JsonElement source = await SourceAsync(box);
        Assert.Equal(("ready", id), (source.GetProperty("state").GetString(), source.GetProperty("id").GetString()));
        Assert.InRange(Sent(home), 18L << 20, LongBytes / 2);

        // Its segments are the file's, byte for byte, and the head and the tail were not read again for them.
        byte[][] expected = await OfTheFileAsync(path);
        Assert.Equal(expected, await SegmentsAsync(box, id));
        Assert.InRange(Sent(home), 18L << 20, LongBytes / 2);

        // One byte of one of the blocks that are looked at, at the same length.
        await using (FileStream file = File.OpenWrite(path))
        {
            file.Position = (128 * (LongBytes - SourceFingerprint.BlockBytes) / (SourceFingerprint.Blocks - 1)) + 5;
            file.WriteByte(1);
        }

        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-1));
        string other = IdOf(path);
        Assert.NotEqual(id, other);
        await AskAgainAsync(box, nginx.Url("Long.mp4"));
        await Until.HoldsAsync(async () => await SourcesAsync(box) is [var only] && only.GetProperty("id").GetString() == other && only.GetProperty("state").GetString() == "ready");
        using HttpResponseMessage old = await box.Client.GetAsync($"v1/sources/{id}", Token);
        Assert.Equal(HttpStatusCode.NotFound, old.StatusCode);
        Assert.Equal(expected, await SegmentsAsync(box, other));
    }

    /// <summary>Without ranges nothing can be looked at here and there: it is read whole, and is the same source.</summary>
    [Fact]
    public async Task Film_OfMoreThan64MiB_WithoutRanges_IsTheSameSource()
    {
        string home = Path.Combine(folder.Path, "nginx");
        await using NginxOrigin nginx = await NginxOrigin.StartAsync(home);
        string path = Path.Combine(nginx.Films, "Long.mp4");
        await MakeLongAsync(path);
        await using RunningAppliance box = await RunningAppliance.StartEmptyAsync(Data, ready: null, "--allow-origin", "127.0.0.1");
        await AddAsync(box, nginx.Url("whole/Long.mp4"));
        JsonElement source = await SourceAsync(box);
        Assert.Equal(("ready", IdOf(path)), (source.GetProperty("state").GetString(), source.GetProperty("id").GetString()));
    }

    /// <summary>The origin goes away while a job is under way, and the box starts again meanwhile: the job waits and says why, and when the origin is back it goes on with what it has
    /// and ends with the bytes of a file's.</summary>
    [Fact]
    public async Task Job_WhoseOriginGoesAway_Waits_AndGoesOnWhenItIsBack()
    {
        string home = Path.Combine(folder.Path, "nginx");
        NginxOrigin nginx = await NginxOrigin.StartAsync(home);
        int port = nginx.Port;
        string path = await film.BriefAsync(folder.Path, seconds: 2 * Segments);
        File.Copy(path, Path.Combine(nginx.Films, "Made film.mkv"));
        string id = IdOf(path);
        string job;
        string[] options = ["--allow-origin", "127.0.0.1"];
        int made;
        await using (RunningAppliance box = await RunningAppliance.StartEmptyAsync(Data, ready: null, options))
        {
            await AddAsync(box, nginx.Url("slow/Made%20film.mkv"));

            // A short film is read whole to be known: that is forgotten again.
            Directory.Delete(Path.Combine(Data, "origins"), recursive: true);
            using HttpResponseMessage begun = await box.Client.PostAsJsonAsync("v1/jobs", new { source = id, renditions = Rungs }, Token);
            Assert.Equal(HttpStatusCode.Created, begun.StatusCode);
            job = (await begun.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetString()!;
            await Until.HoldsAsync(() => Task.FromResult(Made(job) >= 3));
            await nginx.DisposeAsync();
            Directory.Move(Path.Combine(Data, "origins"), Path.Combine(folder.Path, "forgotten"));
            JsonElement waits = await UntilAsync(box, job, one => one.GetProperty("state").GetString() == "waiting");
            Assert.Contains(waits.GetProperty("reason").GetString(), Reasons);
            Assert.Empty(waits.GetProperty("failures").EnumerateArray());
            made = Made(job);
            Assert.InRange(made, 3, (2 * Segments) - 1);
        }

        await using RunningAppliance again = await RunningAppliance.StartEmptyAsync(Data, "Ready: ", options);
        await UntilAsync(again, job, one => one.GetProperty("state").GetString() == "waiting" && Reasons.Contains(one.GetProperty("reason").GetString()));
        Assert.Equal(made, Made(job));
        await using NginxOrigin back = await NginxOrigin.StartAsync(home, port);
        JsonElement done = await UntilAsync(again, job, one => one.GetProperty("state").GetString() is "done" or "failed");
        Assert.Equal("done", done.GetProperty("state").GetString());
        Assert.Empty(done.GetProperty("failures").EnumerateArray());

        // The same job on a box that has the file.
        string local = Path.Combine(folder.Path, "local");
        (int code, string printed) = await House.RunAsync(House.Program, "transcode", path, "--out", local, "--ladder", "240p");
        Assert.True(code == 0, printed);
        string[] files = Files(local);
        Assert.Equal(2 * Segments, files.Count(file => file.EndsWith(".m4s", StringComparison.Ordinal)));
        Assert.Equal(files, Files(Output(job)));
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(Path.Combine(local, file)), File.ReadAllBytes(Path.Combine(Output(job), file))));
    }

    private static string[] Files(string output) =>
        [.. Directory.EnumerateFiles(output, "*.m4s", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(output, "*.mp4", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(output, file)).Order(StringComparer.Ordinal)];

    private static async Task<JsonElement> UntilAsync(RunningAppliance box, string job, Func<JsonElement, bool> holds)
    {
        // A job that is held up is tried again after 15 seconds, and then after twice as long.
        while (true)
        {
            JsonElement now = await box.JsonAsync($"v1/jobs/{job}");
            if (holds(now))
            {
                return now;
            }

            Assert.False(now.GetProperty("state").GetString() is "done" or "failed", now.GetRawText());
            await Task.Delay(100, Token);
        }
    }

    private static string IdOf(string path)
    {
        using var files = new OpenFiles();
        return LocalSource.Open(files, path, Token).Fingerprint[..Source.IdDigits];
    }

    /// <summary>Bytes that nginx says it sent.</summary>
    private static long Sent(string home) => File.ReadAllLines(Path.Combine(home, "access.log")).Sum(line => long.Parse(line.Split(' ')[9], CultureInfo.InvariantCulture));

    private static async Task<JsonElement[]> SourcesAsync(RunningAppliance box) => [.. (await box.JsonAsync("v1/sources")).GetProperty("sources").EnumerateArray()];

    private static async Task<JsonElement> SourceAsync(RunningAppliance box)
    {
        JsonElement only = default;
        await Until.HoldsAsync(async () => await SourcesAsync(box) is [var one] && (only = one).GetProperty("state").GetString() is not "probing");
        return only;
    }

    private static async Task AskAgainAsync(RunningAppliance box, string url)
    {
        using HttpResponseMessage added = await box.Client.PostAsJsonAsync("v1/sources", new { url }, Token);
        Assert.Equal(HttpStatusCode.Accepted, added.StatusCode);
    }

    private static async Task AddAsync(RunningAppliance box, string url)
    {
        await AskAgainAsync(box, url);
        await Until.HoldsAsync(async () => await SourcesAsync(box) is [var only] && only.GetProperty("state").GetString() == "ready");
    }

    private static async Task<byte[][]> SegmentsAsync(RunningAppliance box, string id)
    {
        string playlist = (await box.JsonAsync($"v1/sources/{id}")).GetProperty("renditions")[0].GetProperty("playlist").GetString()!;
        string rendition = playlist.Replace("/index.m3u8", "", StringComparison.Ordinal);
        return [await box.GetAsync($"{rendition}/init.mp4"), await box.GetAsync($"{rendition}/0.m4s"), await box.GetAsync($"{rendition}/4.m4s")];
    }

    private static async Task<byte[][]> OfTheFileAsync(string path)
    {
        using var scratch = new ScratchFolder();
        await using RunningAppliance box = await RunningAppliance.StartAsync(path, scratch.Path);
        return await SegmentsAsync(box, IdOf(path));
    }

    /// <summary>Ten seconds whose index lies in front, and behind them a box of free space that is sparse.</summary>
    private async Task MakeLongAsync(string path)
    {
        string brief = await film.BriefAsync(folder.Path, 10);
        (int code, string printed) = await House.RunAsync("ffmpeg", "-nostdin", "-v", "error", "-i", brief, "-c", "copy", "-movflags", "+faststart", path);
        Assert.True(code == 0, printed);
        await using FileStream file = File.OpenWrite(path);
        byte[] free = [0, 0, 0, 0, .. "free"u8];
        BinaryPrimitives.WriteUInt32BigEndian(free, (uint)(LongBytes - file.Length));
        file.Seek(0, SeekOrigin.End);
        await file.WriteAsync(free, Token);
        file.SetLength(LongBytes);
        file.Close();
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-1));
    }

    private string Output(string job) => Path.Combine(Data, "jobs", job, "output");

    private int Made(string job) => Directory.Exists(Output(job)) ? Directory.EnumerateFiles(Output(job), "*.m4s", SearchOption.AllDirectories).Count() : 0;
}
