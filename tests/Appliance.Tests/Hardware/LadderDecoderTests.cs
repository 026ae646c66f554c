using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Appliance.Hardware;
using Appliance.Hardware.Decoders;
using Appliance.Jobs.Command;
using Appliance.Sources;
using Appliance.Startup;
using Appliance.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Transcode.Engine.Hardware;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Hardware;

/// <summary>What decodes films: real decoders of devices that are not here, and one that stands where a device's would. What is served is software's to the byte.</summary>
public sealed class LadderDecoderTests(MadeFilm film)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Wish_IsWhatWasWritten()
    {
        var box = Assert.IsType<ParsedCommand.Serve>(CommandLine.Parse(["--decoder", "vaapi", "--data", "state"], _ => null));

        Assert.Equal("vaapi", box.Options.Decoder.Name);
        Assert.Equal("software", DecoderWish.Parse(null).Name);
        Assert.Equal("h264_cuvid", TranscodeOptions.Parse(["film.mp4", "--out", "film", "--decoder=h264_cuvid"])!.Decoder.Name);
        Assert.StartsWith("--decoder wants software, auto", Assert.Throws<UsageException>(() => DecoderWish.Parse("H264; rm")).Message, StringComparison.Ordinal);
    }

    /// <summary>Never tried, no such name, and tried without its driver.</summary>
    [Fact]
    public async Task Box_WhoseDecoderDidNotPass_DecodesInSoftwareAndSaysWhy()
    {
        Assert.SkipWhen(Directory.Exists("/dev/dri") || File.Exists("/dev/nvidiactl"), "This box may have that hardware.");
        using var folder = new ScratchFolder();
        string path = await film.BriefAsync(folder.Path, seconds: 2);
        string data = Path.Combine(folder.Path, "data");

        Assert.Equal("Films are decoded in software, because h264_cuvid has not passed its probe: It was not tried yet: ./run probe does.", await WhyAsync(path, data, "h264_cuvid"));
        Assert.StartsWith("Films are decoded in software, because libav has no hardware decoder h264_none here; it has ", await WhyAsync(path, data, "h264_none"), StringComparison.Ordinal);
        Assert.Equal("Films are decoded in software, as --decoder has it.", await WhyAsync(path, data, "software"));
        var view = new HardwareView(
            null!, [new(new(PathDirection.Decode, "h264", 8, "nvdec", "h264_cuvid"), PathVerdict.Fails, "No NVIDIA driver: libcuda.so.1 is not on this machine.")], null, null);
        Assert.Equal("Films are decoded in software: none of the 1 hardware decoders that libav has passed all of its probe here.", DecoderChoice.Of(new("auto"), view).Why);
        Assert.Equal("Films are decoded in software, because nvdec has not passed its probe: No NVIDIA driver: libcuda.so.1 is not on this machine.", DecoderChoice.Of(new("nvdec"), view).Why);
    }

    [Fact]
    public async Task Transcode_WithADecoderThatDidNotPass_SaysWhyAndIsMadeInSoftware()
    {
        using var folder = new ScratchFolder();
        string input = await film.BriefAsync(folder.Path, seconds: 2);
        string made = Path.Combine(folder.Path, "made");
        (int code, string printed) = await House.RunAsync(House.Program, "transcode", input, "--out", made, "--ladder", "240p", "--decoder", "auto", "--data", Path.Combine(folder.Path, "data"));

        Assert.True(code == 0, printed);
        Assert.Contains("appliance: Films are decoded in software: no hardware decoder was tried yet", printed, StringComparison.Ordinal);
    }

    /// <summary>Probe, rehearsal, playing, workers that end twice, and the next start.</summary>
    [Fact]
    public async Task Decoder_ThatPassedAll_DecodesFilmsUntilItHasEndedTwoWorkers()
    {
        using var folder = new ScratchFolder();
        string path = Path.Combine(folder.Path, "film.mp4");
        (int made, string errors) = await House.RunAsync(
            "ffmpeg", "-nostdin", "-v", "error", "-i", await MadeFilm.DenseAsync(folder.Path, seconds: 40), "-an", "-c:v", "libsvtav1", "-preset", "10", "-g", "48", "-pix_fmt", "yuv420p", path);
        Assert.True(made == 0, errors);
        HardwareView view = await StandInDecoder.ProbeAsync(folder);
        PathResult found = Assert.Single(view.Results, result => result.Path.Api == "standin");
        Assert.True(found is { Verdict: PathVerdict.Works, Rehearsal.Passed: true }, $"{found.Reason} {found.Rehearsal?.Reason}");

        byte[][] software;
        using (var apart = new ScratchFolder())
        {
            await using TestAppliance box = await StandInDecoder.StartAsync(apart, path, "software");
            software = await SegmentsAsync(box, 0, 4);
        }

        var clock = new MovedClock();
        await using (TestAppliance box = await StandInDecoder.StartAsync(folder, path, "auto", clock))
        {
            JsonElement decoder = await OwnersAsync(box);
            Assert.Equal(
                "Films are decoded by libaom-av1 (av1 of 8 bits), which passed all of their probe; all others in software.", decoder.GetProperty("why").GetString());
            Assert.Equal(software, await SegmentsAsync(box, 0, 4));
            JsonElement used = Assert.Single((await OwnersAsync(box)).GetProperty("uses").EnumerateArray());
            Assert.Equal(("libaom-av1", "av1", 8), (used.GetProperty("decoder").GetString(), used.GetProperty("format").GetString(), used.GetProperty("bitDepth").GetInt32()));
            Assert.InRange(used.GetProperty("decoded").GetInt64(), 4, long.MaxValue);
            Assert.Equal(0, used.GetProperty("leftToSoftware").GetInt64());

            WorkerPool pool = box.Services.GetRequiredService<WorkerPool>();
            // Far from one another, since what follows one may be made already.
            var places = new Queue<int>([9, 16, 13, 19, 6]);
            for (int ends = 0; ends < 2; ends++)
            {
                // A worker that is limited may make way to another before it is given anything.
                while (pool.Decoders.Status.Single() is { RestsUntil: null, IsShut: false } && places.TryDequeue(out int place))
                {
                    await LimitWorkersAsync(box, pool);
                    await SegmentsAsync(box, place, 1);
                }

                clock.Move(DecoderCare.CrashRest);
            }

            await Until.HoldsAsync(async () => (await OwnersAsync(box)).GetProperty("uses")[0].GetProperty("isShut").GetBoolean());
            await Until.HoldsAsync(async () => (await File.ReadAllTextAsync(Path.Combine(folder.Path, "data", "hardware.json"), Token)).Contains("\"verdict\":\"Quarantined\"", StringComparison.Ordinal));
        }

        // What was found holds for the next start.
        await using (TestAppliance box = await StandInDecoder.StartAsync(folder, path, "auto"))
        {
            JsonElement decoder = await OwnersAsync(box);
            Assert.StartsWith("Films are decoded in software: none of", decoder.GetProperty("why").GetString(), StringComparison.Ordinal);
            Assert.Empty(decoder.GetProperty("uses").EnumerateArray());
        }
    }

    private static async Task<string> WhyAsync(string film, string data, string decoder)
    {
        await using RunningAppliance box = await RunningAppliance.StartAsync(film, data, "env", $"APPLIANCE_DECODER={decoder}");
        JsonElement answer = (await box.JsonAsync("v1/hardware")).GetProperty("decoder");
        Assert.Equal(decoder, answer.GetProperty("wish").GetString());
        return answer.GetProperty("why").GetString()!;
    }

    private static async Task<JsonElement> OwnersAsync(TestAppliance box)
    {
        using HttpResponseMessage response = await box.SendAsync(HttpMethod.Get, "/v1/hardware", ("Authorization", $"Bearer {box.Token}"));
        response.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("decoder").Clone();
    }

    private static async Task<byte[][]> SegmentsAsync(TestAppliance box, int first, int count)
    {
        var ready = (SourceState.Ready)box.Library.All.Single().State;
        string rung = ready.Ladder.Video.Last(each => each.Recipe is VideoRecipe).Name;
        var segments = new List<byte[]>();
        for (int index = first; index < first + count; index++)
        {
            segments.Add(await box.GetBytesAsync(box.Url(rung, string.Create(CultureInfo.InvariantCulture, $"{index}.m4s"))));
        }

        return [.. segments];
    }

    /// <summary>Every worker has had its second of the processor (RLIMIT_CPU); none is at work, on its way, or about to go.</summary>
    private static async Task LimitWorkersAsync(TestAppliance box, WorkerPool pool)
    {
        await box.UntilLandedAsync();
        await Until.HoldsAsync(() => Task.FromResult(pool.Status.Workers.Count > 0 && pool.Status.Workers.All(worker => worker.Ready)));
        foreach (WorkerStatus worker in pool.Status.Workers)
        {
            using Process limit = Process.Start("prlimit", ["--pid", worker.ProcessId.ToString(CultureInfo.InvariantCulture), "--cpu=1:100"]);
            await limit.WaitForExitAsync(Token);
        }
    }

    /// <summary>The system's clock, with timers of its own, whose date can be put forward.</summary>
    private sealed class MovedClock : TimeProvider
    {
        private TimeSpan _moved;

        public void Move(TimeSpan by) => _moved += by;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _moved;
    }
}
