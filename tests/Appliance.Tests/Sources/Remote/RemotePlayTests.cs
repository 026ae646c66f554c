using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Sources.Remote;

/// <summary>The one idea over a network: a segment of a film on another machine is that of the same film in a file, whatever became of the connection and the cache.</summary>
public sealed class RemotePlayTests(MadeFilm film, SegmentsOfTheFile local) : IDisposable, IClassFixture<SegmentsOfTheFile>
{
    private readonly ScratchFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    /// <summary>After a restart the way there is all one to the box: each way with a restart, of what is kept and of nothing, is in the long form.</summary>
    /// <param name="way">Of the film's addresses.</param>
    /// <param name="again">Whether it is also played after a restart: of what is kept of the origin, and into an empty cache.</param>
    [Theory]
    [InlineData("", true)]
    [InlineData("moved/", false)]
    [InlineData("whole/", false)]
    [InlineData("slow/", false)]
    [InlineData("moved/", true, Explicit = true)]
    [InlineData("whole/", true, Explicit = true)]
    [InlineData("slow/", true, Explicit = true)]
    public async Task Segments_OfAnNginx_AreThoseOfTheFile_AlsoAfterARestartAndWithAnEmptyCache(string way, bool again)
    {
        await using NginxOrigin nginx = await NginxOrigin.StartAsync(Path.Combine(folder.Path, "nginx"));
        File.Copy(await film.PathAsync(), Path.Combine(nginx.Films, "Made film.mkv"));
        (string[] urls, byte[][] expected) = await local.GetAsync();
        string data = Path.Combine(folder.Path, "remote");
        string[] options = ["--allow-origin", $"127.0.0.1:{nginx.Port}"];
        await using (RunningAppliance box = await RunningAppliance.StartEmptyAsync(data, ready: null, options))
        {
            await AddAsync(box, nginx.Url(way + "Made%20film.mkv"));
            Assert.Equal(expected, await GetAsync(box, urls));
        }

        if (!again)
        {
            return;
        }

        Directory.Delete(Path.Combine(data, "cache"), recursive: true);
        await using (RunningAppliance box = await RunningAppliance.StartEmptyAsync(data, "Ready: ", options))
        {
            Assert.Equal(expected, await GetAsync(box, [.. urls.Reverse()], isReversed: true));
        }

        Directory.Delete(Path.Combine(data, "cache"), recursive: true);
        Directory.Delete(Path.Combine(data, "origins"), recursive: true);
        await using RunningAppliance cold = await RunningAppliance.StartEmptyAsync(data, "Ready: ", options);
        Assert.Equal(expected, await GetAsync(cold, urls));
    }

    /// <summary>A segment whose film cannot be had is an answer with a reason, at once for the next who asks; when the origin is back it is made, and no place was shut.</summary>
    [Fact]
    public async Task Segment_WhileTheOriginIsDown_IsRefusedWithAReason_AndMadeWhenItIsBack()
    {
        string home = Path.Combine(folder.Path, "nginx");
        NginxOrigin nginx = await NginxOrigin.StartAsync(home);
        int port = nginx.Port;
        File.Copy(await film.PathAsync(), Path.Combine(nginx.Films, "Made film.mkv"));
        (string[] urls, byte[][] expected) = await local.GetAsync();
        string data = Path.Combine(folder.Path, "remote");
        await using (RunningAppliance box = await RunningAppliance.StartEmptyAsync(data, ready: null, "--allow-origin", "127.0.0.1"))
        {
            await AddAsync(box, nginx.Url("Made%20film.mkv"));
        }

        await nginx.DisposeAsync();
        Directory.Delete(Path.Combine(data, "origins"), recursive: true);
        await using RunningAppliance down = await RunningAppliance.StartEmptyAsync(data, "Ready: ", "--allow-origin", "127.0.0.1");
        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage refused = await down.Client.GetAsync(urls[0], Token);
            Assert.Equal((HttpStatusCode.BadGateway, "application/problem+json"), (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
            JsonElement problem = await refused.Content.ReadFromJsonAsync<JsonElement>(Token);
            Assert.Equal(("Nobody answers at the URL's address.", "origin-fails"), (problem.GetProperty("detail").GetString(), problem.GetProperty("code").GetString()));
        }

        await using NginxOrigin back = await NginxOrigin.StartAsync(home, port);
        await Until.HoldsAsync(async () =>
        {
            using HttpResponseMessage answer = await down.Client.GetAsync(urls[0], Token);
            return answer.IsSuccessStatusCode;
        });
        Assert.Equal(expected, await GetAsync(down, urls));
    }

    /// <summary>Two films on one box: of the one's origin nothing comes, and the other plays.</summary>
    [Fact]
    public async Task Origin_ThatSaysNothing_HoldsUpNobodyElse()
    {
        byte[] bytes = await File.ReadAllBytesAsync(await film.PathAsync(), Token);
        await using var origin = new ScriptedOrigin(bytes);
        string local = await film.BriefAsync(folder.Path, 10);
        string data = Path.Combine(folder.Path, "data");
        await using RunningAppliance box = await RunningAppliance.StartEmptyAsync(data, "Ready: ", local, "--allow-origin", "127.0.0.1", "--budget", "cores=1");
        await AddAsync(box, $"http://127.0.0.1:{origin.Port}/Far.mkv");
        (string far, string near) = (await RenditionAsync(box, "Far"), await RenditionAsync(box, "brief 10"));
        await box.GetAsync($"{far}/0.m4s");
        origin.Script = (_, _) => new TaskCompletionSource<bool>().Task;
        Directory.Delete(Path.Combine(data, "origins"), recursive: true);
        Task<HttpResponseMessage>[] waiting = [.. Enumerable.Range(2, 4).Select(i => box.Client.GetAsync($"{far}/{10 * i}.m4s", Token))];
        await Until.HoldsAsync(async () => (await box.JsonAsync("v1/activity")).GetProperty("pool").GetProperty("queues").EnumerateArray().Any(queue => queue.GetProperty("running").GetInt32() > 0));
        Assert.NotEmpty(await box.GetAsync($"{near}/1.m4s"));
        Assert.All(waiting, one => Assert.False(one.IsCompleted));

        // Each waits a minute, and the next begins when the one before it was given up.
        using HttpResponseMessage first = await await Task.WhenAny(waiting);
        Assert.Equal(HttpStatusCode.GatewayTimeout, first.StatusCode);
    }

    private static async Task<string> RenditionAsync(RunningAppliance box, string title)
    {
        JsonElement list = await box.JsonAsync("v1/sources");
        string id = list.GetProperty("sources").EnumerateArray().Single(source => source.GetProperty("title").GetString() == title).GetProperty("id").GetString()!;
        return (await box.JsonAsync($"v1/sources/{id}")).GetProperty("renditions")[0].GetProperty("playlist").GetString()!.Replace("/index.m3u8", "", StringComparison.Ordinal);
    }

    private static async Task AddAsync(RunningAppliance box, string url)
    {
        using HttpResponseMessage added = await box.Client.PostAsJsonAsync("v1/sources", new { url }, Token);
        Assert.Equal(HttpStatusCode.Accepted, added.StatusCode);
        string host = new Uri(url).Authority;
        await Until.HoldsAsync(async () => (await box.JsonAsync("v1/sources")).GetProperty("sources").EnumerateArray()
            .Any(source => source.GetProperty("origin").GetString() == host && source.GetProperty("state").GetString() == "ready"));
    }

    private static async Task<byte[][]> GetAsync(RunningAppliance box, string[] urls, bool isReversed = false)
    {
        var bodies = new List<byte[]>();
        foreach (string url in urls)
        {
            bodies.Add(await box.GetAsync(url));
        }

        return isReversed ? [.. Enumerable.Reverse(bodies)] : [.. bodies];
    }
}
