using System.Net;
using System.Text.Json;
using Appliance.Tests.Hosting;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Metrics;

/// <summary>What the box tells of itself to who watches over it, read by a parser by others.</summary>
public sealed class MetricsTests
{
    /// <summary>The system's own, which its packages are for; the first on the path may be another.</summary>
    private const string Python = "/usr/bin/python3";

    private readonly ScriptedTranscoder _work = new();

    [Fact]
    public async Task Get_AfterPlaying_TellsWhatWasMadeAndSent()
    {
        string script = Script();
        await using TestAppliance appliance = await TestAppliance.StartAsync(_work);
        string url = appliance.Url("720p", "9.m4s");
        byte[] segment = await appliance.GetBytesAsync(url);
        await appliance.UntilLandedAsync();
        await appliance.GetBytesAsync(url);
        await appliance.GetBytesAsync(url);
        await appliance.UntilLandedAsync();
        JsonElement[] told = await ToldAsync(appliance, script);

        Assert.Equal(segment.Length, Value(told, "appliance_playback_sent_bytes_total", "origin", "made"));
        Assert.Equal(2 * segment.Length, Value(told, "appliance_playback_sent_bytes_total", "origin", "hit"));
        Assert.Equal(2, Value(told, "appliance_playback_first_byte_seconds_count", "origin", "hit"));
        Assert.Equal(2, Value(told, "appliance_playback_first_byte_seconds_bucket", "origin", "hit", "le", "+Inf"));
        Assert.Equal(_work.SegmentsStarted.Count(), Value(told, "appliance_work_duration_seconds_count", "work", "video"));
        Assert.Equal(["histogram"], told.Where(one => one.GetProperty("family").GetString() == "appliance_work_duration_seconds").Select(one => one.GetProperty("type").GetString()).Distinct());
        Assert.Equal(appliance.Store.Status.UsedBytes, Value(told, "appliance_cache_size_bytes"));
        Assert.Equal(appliance.Store.Status.Entries, Value(told, "appliance_cache_files"));
        Assert.Equal(1, Value(told, "appliance_sources", "state", "ready"));
        Assert.Equal(0, Value(told, "appliance_jobs", "state", "Running"));
        Assert.Equal(TestAppliance.Slots, Value(told, "appliance_slots"));
        Assert.Equal(1, Value(told, "appliance_players"));
        Assert.Equal(1, Value(told, "appliance_workers", "state", "idle"));
        Assert.Equal(4, Value(told, "appliance_workers_replaced_total", "reason", "ended"));
        Assert.Equal(2, Value(told, "appliance_work_queued", "priority", "Playing"));
        Assert.InRange(Value(told, "process_memory_usage_bytes"), 1 << 20, 8L << 30);
    }

    [Fact]
    public async Task Get_WorkThatFails_IsCountedByItsCause()
    {
        string script = Script();
        _work.BeforeChunk = (order, _, _) => order.Index == 3 ? throw new TranscodeException(FailureStage.Worker, FailureCause.WorkerDied, "It ended.") : Task.CompletedTask;
        await using TestAppliance appliance = await TestAppliance.StartAsync(_work);
        using HttpResponseMessage answer = await appliance.SendAsync(HttpMethod.Get, appliance.Url("720p", "3.m4s"));
        await appliance.UntilLandedAsync();

        Assert.False(answer.IsSuccessStatusCode);
        Assert.Equal(1, Value(await ToldAsync(appliance, script), "appliance_work_failures_total", "cause", "WorkerDied"));
    }

    /// <summary>Each way a report may tell of, and no other label.</summary>
    [Fact]
    public async Task Get_WorkOfDevices_IsCountedByWhoseItWasAndWhy()
    {
        string script = Script();
        var notes = new Dictionary<int, DecoderNote?>
        {
            [1] = new("h264_cuvid", 8),
            [4] = new("h264_cuvid", 8, "its pictures are fields", DecoderBlame.Film),
            [7] = new("h264_cuvid", 8, "the decoder met damage", DecoderBlame.Device),
            [10] = new("h264_cuvid", 8, "its pictures are not those", DecoderBlame.WrongPictures),
        };
        _work.Adjust = (order, report) => report with { Decoder = notes.GetValueOrDefault(order.Index) };
        await using TestAppliance appliance = await TestAppliance.StartAsync(_work);
        foreach (int index in notes.Keys)
        {
            await appliance.GetBytesAsync(appliance.Url("720p", $"{index}.m4s"));
        }

        await appliance.UntilLandedAsync();
        JsonElement[] told = await ToldAsync(appliance, script);

        Assert.Equal(1, Value(told, "appliance_work_decoded_total", "by", "device", "reason", "none"));
        Assert.Equal(["device", "film", "pictures"], Reasons("appliance_work_decoded_total", "software").Except(["unused"]).Order());
        Assert.Equal(["unused"], Reasons("appliance_work_encoded_total", "software"));
        Assert.Equal(_work.SegmentsStarted.Count(), told.Where(one => one.GetProperty("name").GetString() == "appliance_work_decoded_total").Sum(one => one.GetProperty("value").GetDouble()));

        IEnumerable<string?> Reasons(string name, string by) => told
            .Where(one => one.GetProperty("name").GetString() == name && one.GetProperty("labels").GetProperty("by").GetString() == by)
            .Select(one => one.GetProperty("labels").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Get_WithoutToken_Is401()
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync(_work);
        using HttpResponseMessage answer = await appliance.SendAsync(HttpMethod.Get, "/metrics");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private static string Script()
    {
        Assert.SkipUnless(File.Exists(Python), "There is no Python of the system's, which Prometheus' client would be for.");
        return House.At("tests", "oracles", "metrics.py");
    }

    private static async Task<JsonElement[]> ToldAsync(TestAppliance appliance, string script)
    {
        using HttpResponseMessage answer = await appliance.SendAsync(HttpMethod.Get, "/metrics", ("Authorization", $"Bearer {appliance.Token}"));
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        using var folder = new ScratchFolder();
        string file = folder.File("metrics.txt", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        (int code, string printed) = await House.RunAsync(Python, script, file);
        Assert.SkipWhen(printed.Contains("No module named 'prometheus_client'", StringComparison.Ordinal), "Prometheus' client for Python is not installed.");
        Assert.True(code == 0, printed);
        return [.. printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private static double Value(JsonElement[] told, string name, params string[] labels) => told.Single(
        sample => sample.GetProperty("name").GetString() == name
            && labels.Chunk(2).All(label => sample.GetProperty("labels").GetProperty(label[0]).GetString() == label[1])).GetProperty("value").GetDouble();
}
