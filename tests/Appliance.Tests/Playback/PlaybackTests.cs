using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Appliance.Tests.Hosting;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Playback;

/// <summary>What a player sees.</summary>
public sealed class PlaybackTests
{
    [Fact]
    public async Task Sources_OneReady_HasAllAPageNeeds()
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        JsonElement source = (await appliance.GetJsonAsync("/v1/sources")).GetProperty("sources")[0];
        string id = source.GetProperty("id").GetString()!;
        JsonElement detail = await appliance.GetJsonAsync($"/v1/sources/{id}");

        Assert.Matches("^[0-9a-f]{20}$", id);
        Assert.Equal("A film", source.GetProperty("title").GetString());
        Assert.Equal("ready", source.GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Null, source.GetProperty("reason").ValueKind);
        Assert.Equal(30.447083, source.GetProperty("durationSeconds").GetDouble());
        Assert.Equal(1280, source.GetProperty("width").GetInt32());
        Assert.Equal("24000/1001", source.GetProperty("frameRate").GetString());
        Assert.True(source.GetProperty("hasVideo").GetBoolean());
        Assert.Equal($"/v1/sources/{id}/hls/master.m3u8", source.GetProperty("master").GetString());
        Assert.Equal($"/v1/sources/{id}/still.jpg", source.GetProperty("still").GetString());
        Assert.Equal(
            ["720p", "480p", "360p", "240p", "audio"],
            detail.GetProperty("renditions").EnumerateArray().Select(r => r.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Master_ToSegment_EveryLinkLeadsSomewhere()
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        JsonElement source = (await appliance.GetJsonAsync("/v1/sources")).GetProperty("sources")[0];
        var master = new Uri(appliance.BaseAddress, source.GetProperty("master").GetString());
        string text = await appliance.GetTextAsync(master.ToString());
        string[] playlists = [.. text.Split('\n').Where(l => l.EndsWith("index.m3u8", StringComparison.Ordinal)),
            text.Split("URI=\"")[1].Split('"')[0]];

        Assert.Equal(5, playlists.Length);
        foreach (string playlist in playlists)
        {
            var at = new Uri(master, playlist);
            string[] lines = (await appliance.GetTextAsync(at.ToString())).Split('\n');
            Assert.Equal(16, lines.Count(l => l.EndsWith(".m4s", StringComparison.Ordinal)));
            using HttpResponseMessage init = await appliance.SendAsync(HttpMethod.Get, new Uri(at, "init.mp4").ToString());
            using HttpResponseMessage segment = await appliance.SendAsync(HttpMethod.Get, new Uri(at, "15.m4s").ToString());
            string type = playlist.StartsWith("audio", StringComparison.Ordinal) ? "audio/mp4" : "video/mp4";
            Assert.Equal(type, init.Content.Headers.ContentType?.MediaType);
            Assert.Equal(type, segment.Content.Headers.ContentType?.MediaType);
        }
    }

    /// <summary>Whether it is made at that moment or kept, what is packed for who understands it is packed whole.</summary>
    [Fact]
    public async Task Packed_MadeOrKept_IsTheSame()
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        string url = $"/v1/sources/{appliance.Library.All.Single().Id}/tuning.json?t=8";
        string made = await UnpackedAsync(appliance, url);
        await appliance.UntilLandedAsync();
        string kept = await UnpackedAsync(appliance, url);

        string plain = await appliance.GetTextAsync(url);
        Assert.Equal((plain, plain), (made, kept));
        Assert.Single(appliance.Work.Started, started => started.Order is TuningOrder);
    }

    [Fact]
    public async Task Playlist_ForAClientThatTakesGzip_IsGzipped()
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        using HttpResponseMessage playlist = await appliance.SendAsync(
            HttpMethod.Get, appliance.Url("720p", "index.m3u8"), ("Accept-Encoding", "gzip"));
        using HttpResponseMessage segment = await appliance.SendAsync(
            HttpMethod.Get, appliance.Url("720p", "0.m4s"), ("Accept-Encoding", "gzip"));

        Assert.Equal("gzip", playlist.Content.Headers.ContentEncoding.Single());
        Assert.Equal("application/vnd.apple.mpegurl", playlist.Content.Headers.ContentType?.MediaType);
        Assert.Empty(segment.Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData("index.m3u8", "no-cache")]
    [InlineData("init.mp4", "public, max-age=31536000, immutable")]
    [InlineData("7.m4s", "public, max-age=31536000, immutable")]
    public async Task Get_WithTheEntityTag_Is304AndMakesNothing(string file, string caching)
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        string url = appliance.Url("720p", file);
        using HttpResponseMessage full = await appliance.SendAsync(HttpMethod.Get, url);
        await full.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        await using TestAppliance other = await TestAppliance.StartAsync();
        using HttpResponseMessage again = await other.SendAsync(HttpMethod.Get, url, ("If-None-Match", full.Headers.ETag!.ToString()));

        Assert.Equal(caching, full.Headers.GetValues("Cache-Control").Single());
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(full.Headers.ETag, again.Headers.ETag);
        Assert.Single(other.Work.Started);
    }

    [Fact]
    public async Task Head_OfASegment_MakesNothingAndKnowsTheLengthOnceItIsKept()
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        string url = appliance.Url("720p", "15.m4s");
        using HttpResponseMessage before = await appliance.SendAsync(HttpMethod.Head, url);
        int started = appliance.Work.SegmentsStarted.Count();
        await appliance.GetBytesAsync(url);
        await appliance.UntilLandedAsync();
        using HttpResponseMessage after = await appliance.SendAsync(HttpMethod.Head, url);

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal(0, started);
        Assert.Equal(before.Headers.ETag, after.Headers.ETag);
        Assert.Equal(3000, after.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=995-1004", 995, 10)]
    [InlineData("bytes=2990-", 2990, 10)]
    [InlineData("bytes=-7", 2993, 7)]
    [InlineData("bytes=-9999", 0, 3000)]
    [InlineData("bytes=2999-99999", 2999, 1)]
    public async Task Range_Fitting_IsThatPartWhetherMadeOrKept(string range, int offset, int count)
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        byte[] whole = ScriptedTranscoder.Whole(appliance.Order("720p", 15));
        for (int round = 0; round < 2; round++)
        {
            using HttpResponseMessage part = await appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", "15.m4s"), ("Range", range));
            Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
            Assert.Equal($"bytes {offset}-{offset + count - 1}/3000", part.Content.Headers.ContentRange?.ToString());
            Assert.Equal(whole[offset..(offset + count)], await part.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            await appliance.UntilLandedAsync();
        }
    }

    [Theory]
    [InlineData("bytes=3000-")]
    [InlineData("bytes=-0")]
    public async Task Range_Outside_Is416(string range)
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        using HttpResponseMessage answer = await appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", "15.m4s"), ("Range", range));

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, answer.StatusCode);
        Assert.Equal("bytes */3000", answer.Content.Headers.ContentRange?.ToString());
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("bytes=0-1,5-6", null)]
    [InlineData("lines=0-1", null)]
    [InlineData("bytes=5-2", null)]
    [InlineData("bytes=0-1", "\"another\"")]
    public async Task Range_NotUnderstoodOrOutdated_IsTheWhole(string range, string? ifRange)
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        (string, string)[] headers = ifRange is null ? [("Range", range)] : [("Range", range), ("If-Range", ifRange)];
        using HttpResponseMessage answer = await appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", "15.m4s"), headers);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(3000, (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task Restart_SameData_ServesFromDiskAndProbesNothing()
    {
        using var folder = new ScratchFolder();
        byte[] first;
        string url;
        await using (TestAppliance appliance = await TestAppliance.StartAsync(folder: folder))
        {
            url = appliance.Url("480p", "15.m4s");
            first = await appliance.GetBytesAsync(url);
            await appliance.UntilLandedAsync();
        }

        await using TestAppliance again = await TestAppliance.StartAsync(folder: folder);
        using HttpResponseMessage answer = await again.SendAsync(HttpMethod.Get, url);

        Assert.Equal(first, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith("cache;desc=\"hit\"", answer.Headers.GetValues("Server-Timing").Single(), StringComparison.Ordinal);
        Assert.Empty(again.Work.Started);
    }

    [Theory]
    [InlineData("", 73, 640)]
    [InlineData("?t=10&w=161", 239, 320)]
    [InlineData("?t=99999&w=99999", 729, 1280)]
    [InlineData("?t=0&w=1", 0, 160)]
    public async Task Still_AtAPlace_IsOneOfFewPictures(string query, long frame, int width)
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        string url = $"/v1/sources/{appliance.Library.All[0].Id}/still.jpg{query}";
        using HttpResponseMessage answer = await appliance.SendAsync(HttpMethod.Get, url);
        var order = appliance.Work.Started.Select(s => s.Order).OfType<Transcode.Engine.Workers.StillOrder>().Single();

        Assert.Equal("image/jpeg", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal((frame, width), (order.Frame, order.Width));
    }

    [Fact]
    public async Task FinishedSegment_IsInTheLedgerOnce()
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        await appliance.GetBytesAsync(appliance.Url("240p", "15.m4s"));
        await appliance.UntilLandedAsync();
        await appliance.GetBytesAsync(appliance.Url("240p", "15.m4s"));
        appliance.Client.DefaultRequestHeaders.Authorization = new("Bearer", appliance.Token);
        JsonElement records = (await appliance.GetJsonAsync("/v1/rewards/records?limit=10")).GetProperty("records");
        JsonElement totals = (await appliance.GetJsonAsync("/v1/rewards/totals")).GetProperty("totals");

        Assert.Equal(1, records.GetArrayLength());
        Assert.Equal(15, records[0].GetProperty("work").GetProperty("index").GetInt32());
        Assert.Equal("Played", records[0].GetProperty("work").GetProperty("demand").GetString());
        Assert.Equal(3000, totals[0].GetProperty("bytesOut").GetInt64());
    }

    [Fact]
    public async Task Source_FileChanged_Is410AndThenAnotherSource()
    {
        using var folder = new ScratchFolder();
        await using TestAppliance appliance = await TestAppliance.StartAsync(folder: folder);
        string url = appliance.Url("720p", "0.m4s");
        folder.File("films/A film.mkv", "quite other bytes");
        using HttpResponseMessage gone = await appliance.SendAsync(HttpMethod.Get, url);
        await appliance.Work.UntilAsync(w => w.Started.Count == 2);
        using HttpResponseMessage unknown = await appliance.SendAsync(HttpMethod.Get, url);

        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.Equal("application/problem+json", gone.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static async Task<string> UnpackedAsync(TestAppliance appliance, string url)
    {
        using HttpResponseMessage packed = await appliance.SendAsync(HttpMethod.Get, url, ("Accept-Encoding", "gzip"));
        Assert.Equal("gzip", packed.Content.Headers.ContentEncoding.Single());
        using var content = new GZipStream(await packed.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), CompressionMode.Decompress);
        using var reader = new StreamReader(content);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
