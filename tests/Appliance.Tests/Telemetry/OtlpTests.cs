using System.Diagnostics;
using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Telemetry;

/// <summary>What the box sends to a collector that OpenTelemetry's own code for JavaScript reads for.</summary>
public sealed class OtlpTests(MadeFilm film)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Play_WithACollector_IsTracedFromTheRequestToTheWorker()
    {
        string script = Scripts.OfOracles("otlp.mjs");
        using var folder = new ScratchFolder();
        using Process collector = Process.Start(new ProcessStartInfo("node", [script]) { RedirectStandardOutput = true })!;
        try
        {
            string address = $"http://127.0.0.1:{await collector.StandardOutput.ReadLineAsync(Token)}";
            await using (RunningAppliance box = await RunningAppliance.StartAsync(
                await film.BriefAsync(folder.Path, 4), Path.Combine(folder.Path, "data"), "env", $"OTEL_EXPORTER_OTLP_ENDPOINT={address}"))
            {
                await box.GetAsync($"{(await box.RenditionsAsync())[0]}/1.m4s");
                Assert.Equal(0, await box.EndAsync("TERM"));
            }

            collector.Kill();
            JsonElement[] lines = [.. (await collector.StandardOutput.ReadToEndAsync(Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
            JsonElement request = lines.Single(line => Of(line, "http.route") == "/v1/sources/{id}/hls/{rendition}/{index}.m4s");
            JsonElement make = lines.Single(line => Text(line, "span") == "make" && Text(line, "parent") == Text(request, "id"));
            JsonElement work = lines.Single(line => Text(line, "span") == "work" && Text(line, "parent") == Text(make, "id"));

            Assert.Equal("appliance", Text(request, "service"));
            Assert.Equal("GET /v1/sources/{id}/hls/{rendition}/{index}.m4s", Text(request, "span"));
            Assert.Equal("200", Of(request, "http.response.status_code"));
            Assert.Equal(Text(request, "trace"), Text(work, "trace"));
            Assert.Equal("video", Of(make, "appliance.work"));
            Assert.Equal("1", Of(make, "appliance.part"));
            Assert.Equal("24", Of(work, "appliance.frames"));
            Assert.InRange(work.GetProperty("nanoseconds").GetInt64(), 1, make.GetProperty("nanoseconds").GetInt64());
            Assert.Contains(lines, line => Text(line, "metric") == "appliance.playback.first_byte" && Text(line, "unit") == "s");
        }
        finally
        {
            if (!collector.HasExited)
            {
                collector.Kill();
            }
        }
    }

    /// <summary>A collector that is not there costs nothing but what it would have been told.</summary>
    [Fact]
    public async Task Play_WithoutTheCollector_IsAsEver()
    {
        using var folder = new ScratchFolder();
        await using RunningAppliance box = await RunningAppliance.StartAsync(
            await film.BriefAsync(folder.Path, 4), Path.Combine(folder.Path, "data"), "env", "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1");
        byte[] segment = await box.GetAsync($"{(await box.RenditionsAsync())[0]}/1.m4s");

        Assert.NotEqual(-1, segment.AsSpan().IndexOf("moof"u8));
        Assert.Equal(0, await box.EndAsync("TERM"));
    }

    private static string? Text(JsonElement line, string name) => line.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static string? Of(JsonElement line, string tag) =>
        line.TryGetProperty("tags", out JsonElement tags) && tags.TryGetProperty(tag, out JsonElement value) ? value.ToString() : null;
}
