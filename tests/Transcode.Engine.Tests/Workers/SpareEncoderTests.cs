using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Workers;

/// <summary>Encoders that fail in the middle of a segment, by what ends real ones: processes that are killed, that stand still, and libav's own refusal to open.
/// The ffmpeg program judges the join.</summary>
public sealed class SpareEncoderTests
{
    private const int SegmentFrames = 48;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Segment_WorkerKilledInTheMiddle_GoesOnByTheSpareOnTheSameGrid()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        var source = new GatedSource(RawVideo.Bytes, "aa", RawVideo.InsideFirstSegment);
        (Task<WorkReport> completion, MemoryStream output) = Start(pool, Order(0, "libx264"), source, Pools.Kill);
        WorkReport report = await completion;

        Assert.Equal("libx264+libx264", report.Encoder);
        Assert.Equal((SegmentFrames, output.Length), (report.Frames, report.BytesOut));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(output.ToArray())), report.Sha256);
        await AssertPlaysAsync(pool, Order(0, "libx264"), output.ToArray(), keyframes: 2);
    }

    /// <summary>A driver that never comes back.</summary>
    [Fact]
    public async Task Segment_WorkerThatStandsStill_GoesOnByTheSpare()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { ProgressTimeout = TimeSpan.FromSeconds(2) });
        var source = new GatedSource(RawVideo.Bytes, "aa", RawVideo.InsideFirstSegment);
        (Task<WorkReport> completion, MemoryStream output) = Start(pool, Order(0, "libx264"), source, process =>
        {
            using Process stop = Process.Start("kill", ["-STOP", process.ToString(CultureInfo.InvariantCulture)]);
            stop.WaitForExit();
        });
        WorkReport report = await completion;

        Assert.Equal(SegmentFrames, report.Frames);
        Assert.Equal(1, pool.Status.Hung);
        await AssertPlaysAsync(pool, Order(0, "libx264"), output.ToArray(), keyframes: 2);
    }

    /// <summary>The kernel ends a process that takes more of the processor than it may (RLIMIT_CPU).</summary>
    [Fact]
    public async Task Segment_WorkerOverItsProcessorLimit_GoesOnByTheSpare()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        var source = new GatedSource(RawVideo.Bytes, "aa", RawVideo.InsideFirstSegment);
        (Task<WorkReport> completion, MemoryStream output) = Start(pool, Order(0, "libx264"), source, process =>
        {
            using Process limit = Process.Start("prlimit", ["--pid", process.ToString(CultureInfo.InvariantCulture), "--cpu=0:0"]);
            limit.WaitForExit();
        });
        WorkReport report = await completion;

        Assert.Equal((SegmentFrames, output.Length), (report.Frames, report.BytesOut));
        await AssertPlaysAsync(pool, Order(0, "libx264"), output.ToArray(), keyframes: 2);
    }

    /// <summary>A real hardware encoder on a box without its hardware.</summary>
    [Theory]
    [InlineData("h264_nvenc")]
    [InlineData("h264_qsv")]
    [InlineData("h264_v4l2m2m")]
    public async Task Segment_EncoderThatDoesNotOpen_IsTheSparesAlone(string encoder)
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        using var output = new MemoryStream();
        (Task<WorkReport> completion, _) = SpareWork.Start(
            pool, Order(0, encoder), new GatedSource(RawVideo.Bytes, "aa"), WorkPriority.Playing, Pools.Into(output), Token);
        WorkReport report = await completion;
        Assert.SkipWhen(report.Encoder == encoder, "This box has that hardware.");

        Assert.Equal("libx264", report.Encoder);
        await AssertPlaysAsync(pool, Order(0, encoder), output.ToArray(), keyframes: 1);
    }

    [Fact]
    public async Task Segment_NothingFails_IsTheFirstEncodersAlone()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        using var output = new MemoryStream();
        (Task<WorkReport> completion, _) = SpareWork.Start(
            pool, Order(0, "libx264"), new GatedSource(RawVideo.Bytes, "aa"), WorkPriority.Playing, Pools.Into(output), Token);

        Assert.Equal("libx264", (await completion).Encoder);
        await AssertPlaysAsync(pool, Order(0, "libx264"), output.ToArray(), keyframes: 1);
    }

    [Fact]
    public async Task Segment_SourceThatCannotBeRead_IsNoFaultOfTheEncoders()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        (Task<WorkReport> completion, _) = SpareWork.Start(pool, Order(0, "libx264"), new UnreadableSource(), WorkPriority.Playing, Pools.Nowhere, Token);

        TranscodeException exception = await Assert.ThrowsAsync<TranscodeException>(() => completion);
        Assert.Equal(FailureCause.SourceUnreadable, exception.Failure.Cause);
    }

    /// <summary>The recipes there were keep their names.</summary>
    [Fact]
    public void Recipe_WithoutASpare_SaysNothingOfIt() =>
        Assert.DoesNotContain("pare", System.Text.Encoding.UTF8.GetString(RawVideo.Segment(0).Recipe.CanonicalJson()), StringComparison.Ordinal);

    private static SegmentOrder Order(int index, string encoder)
    {
        SegmentOrder order = RawVideo.Segment(index);
        return order with { Recipe = (VideoRecipe)order.Recipe with { Encoder = encoder, Spare = "libx264" } };
    }

    /// <summary>Starts a segment whose worker meets a bad end when its first chunk is out and its last pictures are still to be read.</summary>
    private static (Task<WorkReport> Completion, MemoryStream Output) Start(WorkerPool pool, SegmentOrder order, GatedSource source, Action<int> end)
    {
        var output = new MemoryStream();
        bool isEnded = false;
        (Task<WorkReport> completion, _) = SpareWork.Start(
            pool,
            order,
            source,
            WorkPriority.Playing,
            chunk =>
            {
                output.Write(chunk.Span);
                if (!isEnded)
                {
                    isEnded = true;
                    end(Pools.BusyProcess(pool));
                    source.Open();
                }

                return ValueTask.CompletedTask;
            },
            Token);
        return (completion, output);
    }

    /// <summary>With its initialization segment and the segment after it, which nobody disturbed, every picture decodes without a word, each at its time.</summary>
    private static async Task AssertPlaysAsync(WorkerPool pool, SegmentOrder order, byte[] segment, int keyframes)
    {
        var recipe = (VideoRecipe)order.Recipe;
        Grid grid = order.Source.Grid;
        Assert.InRange(segment.Length * 8, 1, Promise.VideoSegmentBits(recipe, grid, SegmentFrames));
        byte[] init = await Pools.BytesAsync(pool, new InitOrder(order.Source, recipe), new GatedSource(RawVideo.Bytes, "aa"), Token);
        using var next = new MemoryStream();
        (Task<WorkReport> completion, _) = SpareWork.Start(
            pool, order with { Index = 1 }, new GatedSource(RawVideo.Bytes, "aa"), WorkPriority.Playing, Pools.Into(next), Token);
        await completion;
        string path = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.mp4");
        try
        {
            await File.WriteAllBytesAsync(path, [.. init, .. segment, .. next.ToArray()], Token);
            Assert.Equal("", await RunAsync("ffmpeg", "-v", "error", "-xerror", "-err_detect", "explode", "-i", path, "-f", "null", "-"));
            string[] shown = (await RunAsync("ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "frame=pts_time,key_frame", "-of", "csv=p=0", path))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(2 * SegmentFrames, shown.Length);
            double[] times = [.. shown.Select(line => double.Parse(line.Split(',').First(field => field.Contains('.')), CultureInfo.InvariantCulture))];
            Assert.All(times.Select((time, number) => (time, number)), frame => Assert.Equal(Grid.MediaClockLeadSeconds + (frame.number / 24.0), frame.time, 3));
            Assert.Equal(keyframes, shown.Take(SegmentFrames).Count(line => line.Split(',').Contains("1")));
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
