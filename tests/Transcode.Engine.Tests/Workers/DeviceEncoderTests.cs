using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Transcode.Engine.Hardware;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments.Codecs;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Workers;

/// <summary>A device's encoder on its way into a ladder. There is none here: libx264 stands where a device's would, through the same rehearsal, recipes, orders and spare. The
/// real encoders of devices are there too, and fail for their own reasons. Processes are ended by real signals.</summary>
public sealed class DeviceEncoderTests
{
    private const int SegmentFrames = 48;

    private static readonly DeviceEncoder StandIn = new("libx264", "0123456789abcdef", null);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trial_EncoderThatKeepsWhatIsPromised_Passes()
    {
        PathRehearsal rehearsal = await EncoderTrial.RunAsync(Pools.Options, StandIn, 640, 360, Token);

        Assert.True(rehearsal.Passed, rehearsal.Reason);
        Assert.Contains("locked in made 3 segments of 640×360", rehearsal.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("h264_nvenc")]
    [InlineData("h264_qsv")]
    [InlineData("h264_vaapi")]
    [InlineData("h264_v4l2m2m")]
    [InlineData("h264_omx")]
    public async Task Trial_EncoderWithoutItsDevice_SaysWhy(string codec)
    {
        Assert.SkipWhen(HasDevice, "This box may have that hardware.");
        PathRehearsal rehearsal = await EncoderTrial.RunAsync(Pools.Options, StandIn with { Codec = codec }, 640, 360, Token);

        Assert.False(rehearsal.Passed);
        Assert.StartsWith("It does not make segments in a worker that is locked in", rehearsal.Reason, StringComparison.Ordinal);
        Assert.Contains("av", rehearsal.Reason, StringComparison.Ordinal);
    }

    /// <summary>A process that is no driver's friend: each worker with the encoder ends by a signal of its own before it says hello.</summary>
    [Fact]
    public async Task Trial_EncoderThatEndsItsWorker_SaysSo()
    {
        string script = $"case \"$*\" in *--encoder=*) kill -SEGV $$;; *) exec {Pools.WorkerPath} \"$@\";; esac";
        PathRehearsal rehearsal = await EncoderTrial.RunAsync(Pools.Options with { WorkerPath = "/bin/sh", WorkerArguments = ["-c", script, "sh", "worker"] }, StandIn, 640, 360, Token);

        Assert.False(rehearsal.Passed);
        Assert.Contains("signal 11", rehearsal.Reason, StringComparison.Ordinal);
    }

    /// <summary>Its recipe names device and parameter sets, and has an id of its own; nothing else of the rung changes, and the ffmpeg program decodes what comes of it.</summary>
    [Fact]
    public async Task Ladder_WithAnEncoder_HasRecipesOfItsOwnAndPlays()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        pool.UseEncoder(StandIn);
        SegmentOrder software = RawVideo.Segment(0);
        Ladder ladder = await LadderAsync(pool, software);
        Rendition rung = ladder.Video[0];
        var recipe = (VideoRecipe)rung.Recipe;

        Assert.NotEqual(software.Recipe.Id, recipe.Id);
        Assert.Equal(("libx264", "libx264", StandIn.Device), (recipe.Encoder, recipe.OwnEncoder, recipe.EncoderDevice));
        Assert.Equal(software.Recipe, recipe.InSoftware());
        Assert.Equal(Ladder.For(software.Source).Video[0].PeakBitsPerSecond, rung.PeakBitsPerSecond);
        Assert.Equal("libx264", ((IFrameRecipe)TrickPlay.For(software.Source, ladder).IFrames!.Recipe).Picture.Encoder);
        Assert.Null(((IFrameRecipe)TrickPlay.For(software.Source, ladder).IFrames!.Recipe).Picture.Spare);
        byte[] first = await SegmentAsync(pool, software with { Recipe = recipe });
        byte[] second = await SegmentAsync(pool, software with { Recipe = recipe, Index = 1 });
        await AssertPlaysAsync(pool, software with { Recipe = recipe }, [first, second]);
    }

    /// <summary>What players were told is a function of the recipe: the same with the device, without it, and while it rests.</summary>
    [Fact]
    public async Task Init_OfADevicesRecipe_DoesNotAskTheDevice()
    {
        await using WorkerPool with = Pools.Of(Pools.Options);
        with.UseEncoder(StandIn);
        var recipe = (VideoRecipe)(await LadderAsync(with, RawVideo.Segment(0))).Video[0].Recipe;
        VideoRecipe absent = recipe with { Encoder = "h264_nvenc" };
        await using WorkerPool without = Pools.Of(Pools.Options);

        Assert.Equal(await InitAsync(with, recipe), await InitAsync(without, absent));
    }

    /// <summary>A device whose driver has changed under the box: its pictures are not those that players were told of.</summary>
    [Fact]
    public async Task Segment_OtherParameterSetsThanPlayersWereTold_IsTheSparesFromItsFirstPicture()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        pool.UseEncoder(StandIn);
        SegmentOrder software = RawVideo.Segment(0);
        var recipe = (VideoRecipe)(await LadderAsync(pool, software)).Video[0].Recipe;
        byte[] told = Convert.FromBase64String(recipe.ParameterSets!);
        told[7]++; // The level.
        VideoRecipe changed = recipe with { ParameterSets = Convert.ToBase64String(told) };
        var order = software with { Recipe = changed };
        (Task<WorkReport> completion, MemoryStream output) = Start(pool, order, new GatedSource(RawVideo.Bytes, "aa"), onFirst: null);
        WorkReport report = await completion;

        Assert.Equal(("libx264", SegmentFrames), (report.Encoder, report.Frames));
        Assert.StartsWith("It gave an error and rests for a minute", pool.Encoder.Status!.Why, StringComparison.Ordinal);
        Assert.Contains("not those that players were told", pool.Encoder.Status.Why, StringComparison.Ordinal);
        await AssertPlaysAsync(pool, order, [output.ToArray(), await SegmentAsync(pool, order with { Index = 1 })]);
    }

    /// <summary>Two crashes in the middle of segments. Each segment is whole; between them it rests for an hour, after them it is left alone until it was tried anew.</summary>
    [Fact]
    public async Task Encoder_ThatEndsItsWorkers_RestsAnHourAndIsThenShutUntilItIsForgiven()
    {
        var clock = new MovedClock();
        await using var pool = new WorkerPool(Pools.Options, NullLogger<WorkerPool>.Instance, clock);
        var shut = new List<string>();
        pool.Encoder.Shut += shut.Add;
        pool.UseEncoder(StandIn);
        SegmentOrder software = RawVideo.Segment(0);
        SegmentOrder order = software with { Recipe = (await LadderAsync(pool, software)).Video[0].Recipe };

        byte[] joined = await CrashInAsync(pool, order);
        await AssertPlaysAsync(pool, order, [joined, await SegmentAsync(pool, order with { Index = 1 })]);
        Assert.StartsWith("A worker that had it ended, and it rests for an hour", pool.Encoder.Status!.Why, StringComparison.Ordinal);
        Assert.NotNull(pool.Encoder.Status.RestsUntil);
        Assert.Equal("libx264", (await ReportAsync(pool, order with { Index = 1 })).Encoder);
        Assert.Empty(shut);

        clock.Move(EncoderCare.CrashRest);
        Assert.Null(pool.Encoder.Status.Why);
        await CrashInAsync(pool, order);
        Assert.True(pool.Encoder.Status.IsShut);
        Assert.StartsWith("It ended two workers and is left alone until it is tried anew", Assert.Single(shut), StringComparison.Ordinal);
        clock.Move(TimeSpan.FromDays(30));
        Assert.True(pool.Encoder.Status.IsShut);
        Assert.Equal(SegmentFrames, (await ReportAsync(pool, order)).Frames);

        pool.Encoder.Forgive();
        Assert.Null(pool.Encoder.Status.Why);
        await AssertPlaysAsync(pool, order, [await SegmentAsync(pool, order), await SegmentAsync(pool, order with { Index = 1 })]);
    }

    /// <summary>Somebody who ends processes says nothing against an encoder.</summary>
    [Fact]
    public async Task Encoder_WhoseWorkerIsEndedFromOutside_IsNotBlamed()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        pool.UseEncoder(StandIn);
        SegmentOrder software = RawVideo.Segment(0);
        SegmentOrder order = software with { Recipe = (await LadderAsync(pool, software)).Video[0].Recipe };
        var source = new GatedSource(RawVideo.Bytes, "aa", RawVideo.InsideFirstSegment);
        (Task<WorkReport> completion, MemoryStream output) = Start(pool, order, source, Pools.Kill);
        await completion;

        Assert.Null(pool.Encoder.Status!.Why);
        await AssertPlaysAsync(pool, order, [output.ToArray(), await SegmentAsync(pool, order with { Index = 1 })]);
    }

    /// <summary>x264's own level in the sequence's set, and the number that its spare has.</summary>
    [Theory]
    [InlineData("6764001facd9", 0)]
    [InlineData("674d401e5000", 1)]
    [InlineData("6742c01e6000", 2)]
    [InlineData("67", -1)]
    public void NumberOf_ASequencesSet_IsItsExpGolombCode(string set, int number) => Assert.Equal(number, H264Sets.NumberOf(Convert.FromHexString(set)));

    private static bool HasDevice => Directory.Exists("/dev/dri") || File.Exists("/dev/nvidiactl") || Directory.EnumerateFiles("/dev", "video*").Any();

    private static async Task<Ladder> LadderAsync(WorkerPool pool, SegmentOrder order)
    {
        var ladder = Ladder.For(order.Source);
        var told = new Dictionary<string, string>();
        foreach (VideoRecipe recipe in ladder.Video.Select(rung => rung.Recipe).OfType<VideoRecipe>())
        {
            told[recipe.Id] = (await EncoderTrial.ParameterSetsAsync(
                order => Pools.BytesAsync(pool, order, new GatedSource(RawVideo.Bytes, "aa"), Token), order.Source, StandIn, recipe))!;
        }

        Assert.All(told.Values, Assert.NotNull);
        return ladder.WithEncoder(StandIn, recipe => told[recipe.Id]);
    }

    private static async Task<byte[]> CrashInAsync(WorkerPool pool, SegmentOrder order)
    {
        var source = new GatedSource(RawVideo.Bytes, "aa", RawVideo.InsideFirstSegment);
        (Task<WorkReport> completion, MemoryStream output) = Start(pool, order, source, process =>
        {
            using var worker = Process.GetProcessById(process);
            // What the kernel sends a process that has had its time (RLIMIT_CPU); the runtime outlives those of faults where they come from outside.
            using Process crash = Process.Start("kill", ["-XCPU", process.ToString(CultureInfo.InvariantCulture)]);
            Assert.True(worker.WaitForExit(TimeSpan.FromMinutes(1)));
        });
        WorkReport report = await completion;
        Assert.Equal(("libx264+libx264", SegmentFrames), (report.Encoder, report.Frames));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(output.ToArray())), report.Sha256);
        return output.ToArray();
    }

    private static (Task<WorkReport> Completion, MemoryStream Output) Start(WorkerPool pool, SegmentOrder order, GatedSource source, Action<int>? onFirst)
    {
        var output = new MemoryStream();
        bool isFirst = true;
        (Task<WorkReport> completion, _) = SpareWork.Start(
            pool,
            order,
            source,
            WorkPriority.Playing,
            chunk =>
            {
                output.Write(chunk.Span);
                if (isFirst && onFirst is not null)
                {
                    onFirst(Pools.BusyProcess(pool));
                    source.Open();
                }

                isFirst = false;
                return ValueTask.CompletedTask;
            },
            Token);
        return (completion, output);
    }

    private static async Task<WorkReport> ReportAsync(WorkerPool pool, SegmentOrder order) =>
        await Start(pool, order, new GatedSource(RawVideo.Bytes, "aa"), onFirst: null).Completion;

    private static async Task<byte[]> SegmentAsync(WorkerPool pool, SegmentOrder order)
    {
        (Task<WorkReport> completion, MemoryStream output) = Start(pool, order, new GatedSource(RawVideo.Bytes, "aa"), onFirst: null);
        await completion;
        return output.ToArray();
    }

    private static Task<byte[]> InitAsync(WorkerPool pool, VideoRecipe recipe) =>
        Pools.BytesAsync(pool, new InitOrder(RawVideo.Segment(0).Source, recipe), new GatedSource(RawVideo.Bytes, "aa"), Token);

    /// <summary>The ffmpeg program decodes all of it without a word, and ffprobe finds every picture at its time.</summary>
    private static async Task AssertPlaysAsync(WorkerPool pool, SegmentOrder order, IReadOnlyList<byte[]> segments)
    {
        var recipe = (VideoRecipe)order.Recipe;
        Assert.All(segments, segment => Assert.InRange(segment.Length * 8, 1, Promise.VideoSegmentBits(recipe, order.Source.Grid, SegmentFrames)));
        string path = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.mp4");
        try
        {
            await File.WriteAllBytesAsync(path, [.. await InitAsync(pool, recipe), .. segments.SelectMany(segment => segment)], Token);
            Assert.Equal("", await RunAsync("ffmpeg", "-v", "error", "-xerror", "-err_detect", "explode", "-i", path, "-f", "null", "-"));
            string[] shown = (await RunAsync("ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "frame=key_frame,pts_time", "-of", "csv=p=0", path))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(segments.Count * SegmentFrames, shown.Length);
            Assert.All(shown.Index(), frame =>
            {
                double time = double.Parse(frame.Item.Split(',').First(field => field.Contains('.')), CultureInfo.InvariantCulture);
                Assert.Equal(Grid.MediaClockLeadSeconds + (frame.Index / 24.0), time, 3);
                Assert.True(frame.Index % SegmentFrames != 0 || frame.Item.Split(',').Contains("1"), $"picture {frame.Index} is no keyframe");
            });
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync(Token);
        string output = await process.StandardOutput.ReadToEndAsync(Token) + await errors;
        await process.WaitForExitAsync(Token);
        return process.ExitCode == 0 ? output : $"exit {process.ExitCode}: {output}";
    }
}
