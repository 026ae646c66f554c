using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Transcode.Engine.Hardware;
using Transcode.Engine.Interop.Linux;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Workers;

/// <summary>Whose doing the end of a worker is that has devices' decoders: libaom stands where one would beside dav1d. A gate in the source holds work where it is.</summary>
public sealed class DecoderBlameTests
{
    private const int SIGSYS = 31;

    /// <summary>What is waited for comes in seconds, or never.</summary>
    private const int LongestMilliseconds = 300_000;

    private static readonly CodingPath Aom = new(PathDirection.Decode, "av1", 8, "standin", "libaom-av1");
    private static readonly CodingPath Cuvid = new(PathDirection.Decode, "h264", 8, "nvdec", "h264_cuvid");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Beside a run of the same pictures that has the decoder, and after its rest too.</summary>
    [Fact(Timeout = LongestMilliseconds)]
    public async Task Order_ThatIsMadeAgain_IsSoftwaresAndSharesNoDecodeOfADevice()
    {
        byte[] film = await FilmAsync();
        var clock = new MovedClock();
        await using WorkerPool software = Pools.Of(Pools.Options);
        await using var pool = new WorkerPool(Pools.Options with { Slots = 2, SpareWorkers = 0 }, NullLogger<WorkerPool>.Instance, clock);
        pool.UseDecoders([Aom]);
        SegmentOrder[] rungs = await RungsAsync(software, film);
        (SegmentOrder order, SegmentOrder other) = (rungs[0], rungs[^1]);
        byte[][] expected = [await Pools.BytesAsync(software, order, new GatedSource(film, "cc"), Token), await Pools.BytesAsync(software, other, new GatedSource(film, "cc"), Token)];

        var source = new GatedSource(film, "aa", gateAt: 0);
        using MemoryStream first = new(), second = new();
        WorkHandle again = pool.Start(order, source, WorkPriority.Playing, Pools.Into(first), Token);
        await source.Arrivals.ReadAsync(Token);
        int worker = Pools.BusyProcess(pool);
        WorkHandle beside = pool.Start(other, source, WorkPriority.Starting, Pools.Into(second), Token);
        await source.Arrivals.ReadAsync(Token);
        var elsewhere = new GatedSource(film, "bb", gateAt: 0);
        WorkHandle urgent = pool.Start(order with { Index = 1 }, elsewhere, WorkPriority.Stalling, Pools.Nowhere, Token);
        Assert.Equal(0, LibC.Kill(worker, SIGSYS));
        await elsewhere.Arrivals.ReadAsync(Token);
        Assert.StartsWith("A worker that had it ended", pool.Decoders.Status.Single().Why, StringComparison.Ordinal);

        // Now it waits, as urgent as the run that it could join.
        again.Reprioritize(WorkPriority.Starting);
        Assert.Equal(new PriorityStatus(WorkPriority.Starting, Queued: 1, Running: 1), pool.Status.Queues[(int)WorkPriority.Starting]);
        clock.Move(DecoderCare.CrashRest);
        source.Open();
        elsewhere.Open();
        WorkReport[] reports = await Task.WhenAll(again.Completion, beside.Completion, urgent.Completion);

        Assert.Equal(expected, [first.ToArray(), second.ToArray()]);
        Assert.Null(reports[0].Decoder);
        Assert.True(reports[0].PixelsIn > 0);
        Assert.Equal(new DecoderNote("libaom-av1", 8), reports[1].Decoder);
        Assert.False(pool.Decoders.Status.Single().IsShut);
    }

    /// <summary>Its worker ends with a film that it would have been for; it is software that was at work, and the place that hears of it.</summary>
    [Fact(Timeout = LongestMilliseconds)]
    public async Task Decoder_ThatDidNotOpenInAWorker_IsNotSuspectedWhenThatEndsAtWork()
    {
        Assert.SkipWhen(File.Exists("/dev/nvidiactl"), "This box may have that hardware.");
        byte[] film = await FFmpeg.MakeAsync("-f lavfi -i testsrc2=s=192x108:r=25:d=2 -c:v libx264 -preset veryfast -pix_fmt yuv420p", "mp4");
        await using WorkerPool pool = Pools.Of(Pools.Options);
        pool.UseDecoders([Aom, Cuvid]);
        SegmentOrder order = (await RungsAsync(pool, film))[^1];
        byte[] expected = await Pools.BytesAsync(pool, order, new GatedSource(film, "cc"), Token);
        var source = new GatedSource(film, "aa", gateAt: 0);
        using var output = new MemoryStream();
        WorkHandle work = pool.Start(order, source, WorkPriority.Playing, Pools.Into(output), Token);
        await source.Arrivals.ReadAsync(Token);
        Assert.Equal(0, LibC.Kill(Pools.BusyProcess(pool), SIGSYS));
        source.Open();
        await work.Completion;

        Assert.Equal(expected, output.ToArray());
        Assert.All(pool.Decoders.Status, status => Assert.Equal((null, false), (status.RestsUntil, status.IsShut)));
        Assert.StartsWith("It does not open in a worker", pool.Decoders.Status.Single(status => status.Path == Cuvid).Why, StringComparison.Ordinal);
    }

    /// <summary>The one that it opened is alone, and so it is known which it was.</summary>
    [Fact(Timeout = LongestMilliseconds)]
    public async Task Decoder_ThatAloneOpenedInAWorker_IsBlamedWhenThatEndsBeforeItsFirstOrder()
    {
        Assert.SkipWhen(File.Exists("/dev/nvidiactl"), "This box may have that hardware.");
        byte[] film = await FilmAsync();
        var clock = new MovedClock();
        await using var pool = new WorkerPool(Pools.Options, NullLogger<WorkerPool>.Instance, clock);
        pool.UseDecoders([Aom, Cuvid]);
        await EndUnusedAsync(pool, film);
        DecoderStatus aom = await UntilAsync(() => Of(Aom), status => status.RestsUntil is not null);
        Assert.StartsWith("A worker that had it ended, and it rests for an hour", aom.Why, StringComparison.Ordinal);
        Assert.Equal((null, false), (Of(Cuvid).RestsUntil, Of(Cuvid).IsShut));

        clock.Move(DecoderCare.CrashRest);
        await EndUnusedAsync(pool, film);
        aom = await UntilAsync(() => Of(Aom), status => status.IsShut);
        Assert.StartsWith("It ended two workers", aom.Why, StringComparison.Ordinal);
        Assert.Equal((null, false), (Of(Cuvid).RestsUntil, Of(Cuvid).IsShut));

        DecoderStatus Of(CodingPath path) => pool.Decoders.Status.Single(status => status.Path == path);
    }

    /// <summary>Ends a worker that has the decoders, and had no order yet. Any work has workers started, and those replaced that have not what they are to have.</summary>
    private static async Task EndUnusedAsync(WorkerPool pool, byte[] film)
    {
        WorkerStatus? unused = null;
        while (unused is null)
        {
            await Pools.BytesAsync(pool, new ProbeOrder(), new GatedSource(film, "aa"), Token);
            unused = pool.Status.Workers.FirstOrDefault(worker => worker is { Ready: true, OrdersDone: 0, Fingerprint: null });
        }

        Assert.Equal(0, LibC.Kill(unused.ProcessId, SIGSYS));
    }

    private static async Task<T> UntilAsync<T>(Func<T> ask, Func<T, bool> holds)
    {
        while (true)
        {
            T now = ask();
            if (holds(now))
            {
                return now;
            }

            await Task.Delay(20, Token);
        }
    }

    private static Task<byte[]> FilmAsync() => FFmpeg.MakeAsync("-f lavfi -i testsrc2=s=640x360:r=25:d=8 -c:v libsvtav1 -preset 12 -g 50 -pix_fmt yuv420p", "mp4");

    /// <summary>The first segment's.</summary>
    private static async Task<SegmentOrder[]> RungsAsync(WorkerPool pool, byte[] film)
    {
        SourceDescription description = JsonSerializer.Deserialize(await Pools.BytesAsync(pool, new ProbeOrder(), new GatedSource(film, "cc"), Token), EngineJson.Default.SourceDescription)!;
        return [.. Ladder.For(description).Video.Select(rung => rung.Recipe).OfType<VideoRecipe>().Select(recipe => new SegmentOrder(description, recipe, 0))];
    }
}
