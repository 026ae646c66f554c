using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Attacks;

/// <summary>Files that name others: libav would open them for whoever asks. The worker has one source, and nothing else: what is named is never opened, and its content comes out
/// nowhere.</summary>
public sealed class HostilePlaylistTests(MadeFilm film)
{
    /// <summary>What they are called, and what is in them: {name} is a file of this machine.</summary>
    private static readonly (string File, string Content)[] Files =
    [
        ("list.m3u8", "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nfile://{name}\n#EXTINF:4,\n{name}\n#EXT-X-ENDLIST\n"),
        ("key.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-KEY:METHOD=AES-128,URI=\"file://{name}\"\n#EXTINF:4,\nhttp://127.0.0.1:{port}/a.ts\n#EXT-X-ENDLIST\n"),
        ("map.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-MAP:URI=\"{name}\"\n#EXTINF:4,\nconcat:{name}|{name}\n#EXT-X-ENDLIST\n"),
        ("list.mpd", "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\" mediaPresentationDuration=\"PT4S\" profiles=\"urn:mpeg:dash:profile:isoff-on-demand:2011\"><Period><AdaptationSet mimeType=\"video/mp4\"><Representation id=\"1\" bandwidth=\"1\"><BaseURL>file://{name}</BaseURL></Representation></AdaptationSet></Period></MPD>"),
        ("list.ffconcat", "ffconcat version 1.0\nfile '{name}'\nfile 'http://127.0.0.1:{port}/b.ts'\n"),
        ("list.mkv", "ffconcat version 1.0\nfile {name}\n"),
        ("session.sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns={name}\nc=IN IP4 127.0.0.1\nt=0 0\nm=video {port} RTP/AVP 96\na=rtpmap:96 H264/90000\n"),
        ("menu.avi", "RIFF\0\0\0\0AVI LIST\0\0\0\0GAB2\0\u0002\0#EXTM3U\nfile://{name}\n"),
        ("list.ism", "<smil><body><switch><video src=\"{name}\"/></switch></body></smil>"),
        ("tee.mp4", "file:{name}"),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sources_NamingOtherFiles_OpenNone()
    {
        using var folder = new ScratchFolder();
        string canary = Path.Combine(folder.Path, "canary");
        string served = Path.Combine(folder.Path, "films");
        Directory.CreateDirectory(served);

        // A real film under the name, which would play if it were opened; and a pipe, whose other end sees whoever opens it.
        File.Copy(await film.BriefAsync(folder.Path, seconds: 4), canary, overwrite: true);
        await film.BriefAsync(served, seconds: 4);
        string pipe = Path.Combine(folder.Path, "pipe");
        using (Process made = Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync(Token);
        }

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        foreach ((string file, string content) in Files)
        {
            string text = content.Replace("{port}", $"{port}", StringComparison.Ordinal);
            await File.WriteAllTextAsync(Path.Combine(served, $"film-{file}.mkv"), text.Replace("{name}", canary, StringComparison.Ordinal), Token);
            await File.WriteAllTextAsync(Path.Combine(served, $"pipe-{file}.mkv"), text.Replace("{name}", pipe, StringComparison.Ordinal), Token);
        }

        // Whoever opens it to read lets this open end.
        Task<FileStream> opened = Task.Run(() => new FileStream(pipe, FileMode.Open, FileAccess.Write));
        await using RunningAppliance box = await RunningAppliance.StartAsync(served, Path.Combine(folder.Path, "data"));
        await Until.HoldsAsync(async () => await box.JsonAsync("v1/library") is var library && library.GetProperty("probing").GetInt32() + library.GetProperty("waiting").GetInt32() == 0);
        JsonElement[] sources = [.. (await box.JsonAsync("v1/sources")).GetProperty("sources").EnumerateArray()];

        // Whatever they are called, it is their bytes that are looked at.
        Assert.Equal(1, sources.Count(source => source.GetProperty("state").GetString() == "ready"));
        Assert.Equal((2 * Files.Length) + 1, sources.Length);
        Assert.All(sources, source => Assert.True(source.GetProperty("state").GetString() == "refused" || source.GetProperty("title").GetString() == "brief 4", source.GetRawText()));
        Assert.False(listener.Pending());
        Assert.False(opened.IsCompleted);

        // The pipe is opened from here, or the one who waits for it would wait for ever.
        await using FileStream end = new(pipe, FileMode.Open, FileAccess.Read);
        await (await opened).DisposeAsync();
    }
}
