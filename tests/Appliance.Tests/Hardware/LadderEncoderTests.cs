using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Appliance.Hardware;
using Appliance.Hardware.Encoders;
using Appliance.Jobs.Command;
using Appliance.Rewards.Command;
using Appliance.Sources;
using Appliance.Startup;
using Appliance.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Transcode.Engine.Hardware;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Hardware;

/// <summary>Which encoder makes the rungs: real ones of devices that are not here, and one that stands where a device's would.</summary>
public sealed partial class LadderEncoderTests(MadeFilm film)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Wish_IsWhatWasWritten()
    {
        var box = Assert.IsType<ParsedCommand.Serve>(CommandLine.Parse(["--encoder", "h264_vaapi", "--data", "state"], _ => null));

        Assert.Equal("h264_vaapi", box.Options.Encoder.Name);
        Assert.Equal("software", EncoderWish.Parse(null).Name);
        Assert.Equal("auto", TranscodeOptions.Parse(["film.mp4", "--out", "film", "--encoder=auto"])!.Encoder.Name);
        Assert.StartsWith("--encoder wants software, auto", Assert.Throws<UsageException>(() => EncoderWish.Parse("H264; rm")).Message, StringComparison.Ordinal);
    }

    /// <summary>One after the other on one box: never tried, no such name, and tried without its driver.</summary>
    [Fact]
    public async Task Box_WhoseEncoderDidNotPass_WorksInSoftwareAndSaysWhy()
    {
        Assert.SkipWhen(Directory.Exists("/dev/dri") || File.Exists("/dev/nvidiactl"), "This box may have that hardware.");
        using var folder = new ScratchFolder();
        string path = await film.BriefAsync(folder.Path, seconds: 2);
        string data = Path.Combine(folder.Path, "data");

        Assert.Equal(
            ("libx264", "Segments are made in software, because h264_nvenc has not passed its probe: It was not tried yet: ./run probe does."), await AnswerAsync(path, data, "h264_nvenc"));
        (string? makes, string why) = await AnswerAsync(path, data, "h264_none");
        Assert.Equal("libx264", makes);
        Assert.StartsWith("Segments are made in software, because libav has no hardware encoder h264_none of H.264 here; it has h264_", why, StringComparison.Ordinal);
        Assert.Equal(("libx264", "Segments are made in software: no hardware encoder was tried yet; ./run probe does."), await AnswerAsync(path, data, "auto"));
        Assert.Equal(("libx264", "Segments are made in software, as --encoder has it."), await AnswerAsync(path, data, "software"));

        await FewPaths.AskedForAsync(data);
        Assert.Equal(0, (await House.RunAsync(House.Program, "probe", "--hardware", "--data", data)).Code);
        (makes, why) = await AnswerAsync(path, data, "h264_nvenc");
        Assert.Equal("libx264", makes);
        Assert.StartsWith("Segments are made in software, because h264_nvenc has not passed its probe: No NVIDIA driver", why, StringComparison.Ordinal);
        (makes, why) = await AnswerAsync(path, data, "auto");
        Assert.Equal("libx264", makes);
        Assert.Matches("^Segments are made in software: none of the [0-9]+ hardware encoders of H.264 that libav has passed all of its probe here.$", why);
    }

    [Fact]
    public async Task Transcode_WithAnEncoderThatDidNotPass_SaysWhyAndIsMadeInSoftware()
    {
        using var folder = new ScratchFolder();
        string input = await film.BriefAsync(folder.Path, seconds: 2);
        string made = Path.Combine(folder.Path, "made");
        (int code, string printed) = await House.RunAsync(House.Program, "transcode", input, "--out", made, "--ladder", "240p", "--encoder", "auto", "--data", Path.Combine(folder.Path, "data"));

        Assert.True(code == 0, printed);
        Assert.Contains("appliance: Segments are made in software: no hardware encoder was tried yet", printed, StringComparison.Ordinal);
        await AssertDecodesAsync(Path.Combine(made, "master.m3u8"));
    }

    /// <summary>Probe, rehearsal, recipe, playing, a worker that ends twice, and the next start.</summary>
    [Fact]
    public async Task Encoder_ThatPassedAll_MakesTheRungsUntilItHasEndedTwoWorkers()
    {
        using var folder = new ScratchFolder();
        string path = await MadeFilm.DenseAsync(folder.Path, seconds: 40);
        HardwareView view = await StandInDevice.ProbeAsync(folder);
        PathResult found = Assert.Single(view.Results, result => result.Path.Api == "standin");
        Assert.True(found is { Verdict: PathVerdict.Works, Rehearsal.Passed: true }, $"{found.Reason} {found.Rehearsal?.Reason}");

        var clock = new MovedClock();
        await using (TestAppliance box = await StandInDevice.StartAsync(folder, path, clock))
        {
            var ready = (SourceState.Ready)box.Library.All.Single().State;
            Rendition[] rungs = [.. ready.Ladder.Video.Where(rung => rung.Recipe is VideoRecipe)];
            Assert.All(rungs, rung => Assert.NotNull(((VideoRecipe)rung.Recipe).EncoderDevice));
            JsonElement encoder = (await OwnersAsync(box)).GetProperty("encoder");
            Assert.Equal(("auto", "libx264", false), (encoder.GetProperty("wish").GetString(), encoder.GetProperty("makes").GetString(), encoder.GetProperty("isShut").GetBoolean()));
            Assert.Contains("which passed all of its probe", encoder.GetProperty("why").GetString(), StringComparison.Ordinal);

            // Who verifies works the recipes out by what the box says of the device.
            JsonElement detail = await box.GetJsonAsync($"/v1/sources/{box.Library.All.Single().Id}");
            var said = detail.Deserialize(SourcesJson.Default.SourceDetailResponse)!;
            Assert.Equal(rungs.Select(rung => rung.Recipe.Id), DeviceRungs.AsMade(Ladder.For(ready.Description), said.Renditions).Video.Where(rung => rung.Recipe is VideoRecipe).Select(rung => rung.Recipe.Id));

            WorkerPool pool = box.Services.GetRequiredService<WorkerPool>();
            await AssertDecodesAsync(await JoinedAsync(box, folder, rungs[^1], 0, 4));
            Assert.Null(pool.Encoder.Status!.Why);
            await AssertTagsAsync(box, rungs[^1]);

            // What it begins with is had before, and is no work for a worker whose time is over: the kernel ends it while it makes the first segment (RLIMIT_CPU).
            await box.GetBytesAsync(box.Url(rungs[0].Name, "init.mp4"));
            await LimitWorkersAsync(box, pool);
            string joined = await JoinedAsync(box, folder, rungs[0], 0, 4);
            encoder = (await OwnersAsync(box)).GetProperty("encoder");
            Assert.StartsWith("libx264 is not used now: A worker that had it ended, and it rests for an hour", encoder.GetProperty("why").GetString(), StringComparison.Ordinal);
            Assert.Equal(JsonValueKind.String, encoder.GetProperty("restsUntil").ValueKind);

            // Far from what is made ahead: first by workers that have it again, then by such as come to their end.
            clock.Move(EncoderCare.CrashRest);
            await AssertDecodesAsync(await JoinedAsync(box, folder, rungs[1], 10, 4));
            Assert.Null(pool.Encoder.Status.Why);
            await LimitWorkersAsync(box, pool);
            await AssertDecodesAsync(await JoinedAsync(box, folder, rungs[0], 17, 1));
            await Until.HoldsAsync(async () => (await OwnersAsync(box)).GetProperty("encoder").GetProperty("isShut").GetBoolean());
            await AssertDecodesAsync(joined);
            (int code, string count) = await House.RunAsync("ffprobe", "-v", "error", "-count_packets", "-select_streams", "v", "-show_entries", "stream=nb_read_packets", "-of", "csv=p=0", joined);
            Assert.Equal((0, (4 * ready.Description.Grid.SegmentFrames).ToString(CultureInfo.InvariantCulture)), (code, count.Trim().TrimEnd(',')));
            await Until.HoldsAsync(async () => QuarantinedPath().IsMatch(await File.ReadAllTextAsync(Path.Combine(folder.Path, "data", "hardware.json"), Token)));
        }

        // What was found holds for the next start: its recipes are software's.
        await using (TestAppliance box = await StandInDevice.StartAsync(folder, path))
        {
            var ready = (SourceState.Ready)box.Library.All.Single().State;
            Assert.All(ready.Ladder.Video.Select(rung => rung.Recipe).OfType<VideoRecipe>(), recipe => Assert.Null(recipe.EncoderDevice));
            JsonElement answer = await OwnersAsync(box);
            Assert.StartsWith("Segments are made in software: none of", answer.GetProperty("encoder").GetProperty("why").GetString(), StringComparison.Ordinal);
            JsonElement standIn = answer.GetProperty("paths").EnumerateArray().Single(each => each.GetProperty("path").GetProperty("api").GetString() == "standin");
            Assert.Equal("Quarantined", standIn.GetProperty("verdict").GetString());
            Assert.StartsWith("It ended two workers and is left alone", standIn.GetProperty("reason").GetString(), StringComparison.Ordinal);
        }

        view = await StandInDevice.ProbeAsync(folder);
        Assert.True(Assert.Single(view.Results, result => result.Path.Api == "standin") is { Verdict: PathVerdict.Works, Rehearsal.Passed: true });
    }

    [GeneratedRegex("\"codec\":\"libx264\"[^}]*}[^}]*\"verdict\":\"Quarantined\"")]
    private static partial Regex QuarantinedPath();

    private static async Task<(string? Makes, string Why)> AnswerAsync(string film, string data, string encoder)
    {
        await using RunningAppliance box = await RunningAppliance.StartAsync(film, data, "env", $"APPLIANCE_ENCODER={encoder}");
        JsonElement answer = (await box.JsonAsync("v1/hardware")).GetProperty("encoder");
        Assert.Equal(encoder, answer.GetProperty("wish").GetString());
        return (answer.GetProperty("makes").GetString(), answer.GetProperty("why").GetString()!);
    }

    private static async Task<JsonElement> OwnersAsync(TestAppliance box)
    {
        using HttpResponseMessage response = await box.SendAsync(HttpMethod.Get, "/v1/hardware", ("Authorization", $"Bearer {box.Token}"));
        response.EnsureSuccessStatusCode();
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement.Clone();
    }

    /// <summary>What is made again may come out otherwise: who has a part is given the whole. Who has the whole has what there is to see.</summary>
    private static async Task AssertTagsAsync(TestAppliance box, Rendition rung)
    {
        string segment = box.Url(rung.Name, "0.m4s");
        using HttpResponseMessage whole = await box.SendAsync(HttpMethod.Get, segment);
        string tag = whole.Headers.ETag!.ToString();
        Assert.StartsWith("W/", tag, StringComparison.Ordinal);
        using HttpResponseMessage part = await box.SendAsync(HttpMethod.Get, segment, ("Range", "bytes=10-"), ("If-Range", tag));
        using HttpResponseMessage again = await box.SendAsync(HttpMethod.Get, segment, ("If-None-Match", tag));
        using HttpResponseMessage init = await box.SendAsync(HttpMethod.Get, box.Url(rung.Name, "init.mp4"));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified, false), (part.StatusCode, again.StatusCode, init.Headers.ETag!.IsWeak));
    }

    /// <summary>Every worker has had its second of the processor; none is at work, on its way, or about to go.</summary>
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

    /// <summary>A rung as a player has it: what it begins with, and some of its segments.</summary>
    private static async Task<string> JoinedAsync(TestAppliance box, ScratchFolder folder, Rendition rung, int first, int count)
    {
        string file = folder.File(string.Create(CultureInfo.InvariantCulture, $"{rung.Name}-{first}.mp4"), "");
        await File.WriteAllBytesAsync(file, await box.GetBytesAsync(box.Url(rung.Name, "init.mp4")), Token);
        for (int index = first; index < first + count; index++)
        {
            await File.AppendAllBytesAsync(file, await box.GetBytesAsync(box.Url(rung.Name, string.Create(CultureInfo.InvariantCulture, $"{index}.m4s"))), Token);
        }

        return file;
    }

    private static async Task AssertDecodesAsync(string file)
    {
        (int code, string errors) = await House.RunAsync("ffmpeg", "-nostdin", "-v", "error", "-xerror", "-i", file, "-f", "null", "-");
        Assert.True(code == 0 && errors.Length == 0, errors);
    }

    /// <summary>The system's clock, with timers of its own, whose date can be put forward.</summary>
    private sealed class MovedClock : TimeProvider
    {
        private TimeSpan _moved;

        public void Move(TimeSpan by) => _moved += by;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _moved;
    }
}
