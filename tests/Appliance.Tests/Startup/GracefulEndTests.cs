using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Appliance.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Appliance.Tests.Startup;

/// <summary>What becomes of what is under way when the box is told to stop.</summary>
public sealed class GracefulEndTests(MadeFilm film) : IDisposable
{
    private const int Sent = 1_000_000;

    private readonly ScratchFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    /// <summary>A player, a job, an upload, listeners and somebody who reads nothing, all at once, and SIGTERM: the process ends with 0 by itself, the player has its segment, and the next
    /// start goes on with the others.</summary>
    [Fact]
    public async Task Terminate_WithAllKindsOfWorkUnderWay_FinishesOrHandsBackEach()
    {
        string data = Path.Combine(folder.Path, "data");
        string segment;
        string upload;
        string job;
        byte[] played;
        using TcpClient deaf = new() { ReceiveBufferSize = 4096 };
        await using (RunningAppliance box = await RunningAppliance.StartAsync(await film.PathAsync(), data))
        {
            string[] renditions = await box.RenditionsAsync();
            segment = $"{renditions[0]}/50.m4s";
            JsonElement source = (await box.JsonAsync("v1/sources")).GetProperty("sources")[0];
            byte[] known = await box.GetAsync($"{renditions[0]}/0.m4s");
            await StallAsync(deaf, box, $"{renditions[0]}/0.m4s", known.Length);
            using HttpResponseMessage hints = await box.Client.GetAsync("v1/events", HttpCompletionOption.ResponseHeadersRead, Token);
            using HttpResponseMessage begun = await box.Client.PostAsJsonAsync("v1/jobs", new { source = source.GetProperty("id").GetString() }, Token);
            job = (await begun.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetString()!;
            using HttpResponseMessage progress = await box.Client.GetAsync($"v1/jobs/{job}/events", HttpCompletionOption.ResponseHeadersRead, Token);
            await Until.HoldsAsync(async () => (await box.JsonAsync($"v1/jobs/{job}")).GetProperty("progress") is { ValueKind: JsonValueKind.Object } far && far.GetProperty("share").GetDouble() > 0);
            using var body = new HeldBody(Sent);
            (upload, Task<HttpResponseMessage> uploading) = await UploadAsync(box, body);
            await body.Sent;
            var received = new FileInfo(Path.Combine(data, "uploads", upload.Split('/')[^1], "film"));
            await Until.HoldsAsync(() => Length(received) >= Sent / 2);

            Task<byte[]> playing = box.GetAsync(segment);
            await Until.HoldsAsync(async () => (await box.JsonAsync("v1/activity")).GetProperty("viewers").GetArrayLength() > 0);
            Assert.Equal(0, await box.EndAsync("TERM"));
            played = await playing;
            await AssertEndsAsync(hints);
            await AssertEndsAsync(progress);
            body.Release();
            await Task.WhenAny(uploading);
            await Until.HoldsAsync(() => box.LivingWorkers().Length == 0);
        }

        Assert.Empty(Directory.GetFiles(data, "*.part", SearchOption.AllDirectories));
        await using RunningAppliance next = await RunningAppliance.StartAsync(await film.PathAsync(), data);
        Assert.Equal(played, await next.GetAsync(segment));
        using var head = new HttpRequestMessage(HttpMethod.Head, upload);
        head.Headers.Add("Tus-Resumable", "1.0.0");
        using HttpResponseMessage stands = await next.Client.SendAsync(head, Token);
        Assert.InRange(long.Parse(stands.Headers.GetValues("Upload-Offset").Single(), CultureInfo.InvariantCulture), Sent / 2, Sent);
        JsonElement taken = await next.JsonAsync($"v1/jobs/{job}");
        Assert.NotEqual("failed", taken.GetProperty("state").GetString());
        await Until.HoldsAsync(async () => (await next.JsonAsync($"v1/jobs/{job}")).GetProperty("progress") is { ValueKind: JsonValueKind.Object } far && far.GetProperty("share").GetDouble() > 0);
    }

    /// <summary>What a player waits for is made to its end; what was begun ahead of it is not.</summary>
    [Fact]
    public async Task Stop_WhileAPlayerWaits_MakesWhatItWaitsFor()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestAppliance box = await TestAppliance.StartAsync(new ScriptedTranscoder { BeforeChunk = (_, _, token) => go.Task.WaitAsync(token) }, folder);
        Task<byte[]> playing = box.GetBytesAsync(box.Url("480p", "3.m4s"));
        await Until.HoldsAsync(() => box.Cache.Status.Flights == 1);
        IHostApplicationLifetime lifetime = box.Services.GetRequiredService<IHostApplicationLifetime>();
        Task stopping = box.Services.GetRequiredService<IHost>().StopAsync(Token);
        await Until.HoldsAsync(() => lifetime.ApplicationStopping.IsCancellationRequested);
        go.SetResult();

        Assert.Equal(ScriptedTranscoder.Whole(box.Order("480p", 3)), await playing);
        await stopping;
    }

    /// <summary>A segment that does not come holds up the end for a while, and no longer.</summary>
    [Fact]
    public async Task Stop_WhileAPlayerWaitsInVain_Ends()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(new ScriptedTranscoder { BeforeChunk = (_, _, token) => Task.Delay(-1, token) }, folder);
        Task<byte[]> playing = box.GetBytesAsync(box.Url("480p", "3.m4s"));
        await Until.HoldsAsync(() => box.Cache.Status.Flights == 1);
        await box.Services.GetRequiredService<IHost>().StopAsync(Token);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => playing);
    }

    /// <summary>Asks for far more than a connection holds, and reads nothing of it.</summary>
    private static async Task StallAsync(TcpClient deaf, RunningAppliance box, string path, int length)
    {
        await deaf.ConnectAsync(box.BaseAddress.Host, box.BaseAddress.Port, Token);
        string request = $"GET {path} HTTP/1.1\r\nHost: {box.BaseAddress.Authority}\r\nAuthorization: {box.Client.DefaultRequestHeaders.Authorization}\r\n\r\n";
        for (long asked = 0; asked < 64 << 20; asked += length)
        {
            await deaf.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Token);
        }
    }

    private static async Task<(string At, Task<HttpResponseMessage> Answer)> UploadAsync(RunningAppliance box, HeldBody body)
    {
        using var create = new HttpRequestMessage(HttpMethod.Post, "v1/uploads");
        create.Headers.Add("Tus-Resumable", "1.0.0");
        create.Headers.Add("Upload-Length", (2 * Sent).ToString(CultureInfo.InvariantCulture));
        using HttpResponseMessage created = await box.Client.SendAsync(create, Token);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        string at = created.Headers.Location!.ToString();
        var piece = new HttpRequestMessage(HttpMethod.Patch, at) { Content = body };
        piece.Headers.Add("Tus-Resumable", "1.0.0");
        piece.Headers.Add("Upload-Offset", "0");
        return (at, box.Client.SendAsync(piece, Token));
    }

    private static long Length(FileInfo file)
    {
        file.Refresh();
        return file.Length;
    }

    /// <summary>It ends, and is not cut off.</summary>
    private static async Task AssertEndsAsync(HttpResponseMessage stream) => await (await stream.Content.ReadAsStreamAsync(Token)).CopyToAsync(Stream.Null, Token);

    /// <summary>A body whose second half does not come until it is released.</summary>
    private sealed class HeldBody : HttpContent
    {
        private readonly int first;
        private readonly TaskCompletionSource sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HeldBody(int first)
        {
            this.first = first;
            Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        }

        public Task Sent => sent.Task;

        public void Release() => released.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[first], Token);
            await stream.FlushAsync(Token);
            sent.SetResult();
            await released.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 2L * first;
            return true;
        }
    }
}
