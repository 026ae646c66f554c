using System.Globalization;
using Transcode.Engine.Interop.Linux;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Workers;

/// <summary>Orders for one place of a source that share a worker and its decode.</summary>
public sealed class SharedRunTests
{
    private const int SIGSYS = 31;

    /// <summary>Counted from the third field of proc(5)'s stat, the state.</summary>
    private const int NicenessField = 16;

    /// <summary>Inside the first pictures: the second block of the source.</summary>
    private const long Early = 300_000;

    /// <summary>Past the pictures that are kept for those who come late, and before any output.</summary>
    private const long Late = 1_600_000;

    private static readonly SegmentOrder Large = RawVideo.Segment(0);
    private static readonly SegmentOrder Small = Sized(160, 90);
    private static readonly SegmentOrder Smaller = Sized(80, 44);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Waiting_ForOnePlace_AreMadeFromOneDecode()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { SpareWorkers = 0 });
        byte[][] alone = await AloneAsync(pool, Large, Small, Smaller);
        var busy = new GatedSource(RawVideo.Bytes, "bb", gateAt: 0);
        WorkHandle first = pool.Start(Large, busy, WorkPriority.Playing, Pools.Nowhere, Token);
        await busy.Arrivals.ReadAsync(Token);
        var source = new GatedSource(RawVideo.Bytes, "aa");
        Asked[] asked = [new(pool, Large, source), new(pool, Small, source), new(pool, Smaller, source)];
        busy.Open();
        await first.Completion;

        WorkReport[] reports = await Task.WhenAll(asked.Select(one => one.Handle.Completion));
        Assert.Equal(alone, asked.Select(one => one.Bytes));
        Assert.Single(reports, report => report.PixelsIn > 0);
        Assert.Single(reports, report => report.BytesIn > 0);
        Assert.Equal(7, pool.Status.Completed);
    }

    [Fact]
    public async Task Order_ForPicturesUnderWay_JoinsThemWithoutASlot()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { SpareWorkers = 0 });
        byte[][] alone = await AloneAsync(pool, Large, Small);
        var source = new GatedSource(RawVideo.Bytes, "aa", Early);
        var first = new Asked(pool, Large, source);
        await source.Arrivals.ReadAsync(Token);
        var second = new Asked(pool, Small, source);
        Assert.Equal(new PriorityStatus(WorkPriority.Playing, Queued: 0, Running: 2), pool.Status.Queues[(int)WorkPriority.Playing]);
        source.Open();

        WorkReport[] reports = await Task.WhenAll(first.Handle.Completion, second.Handle.Completion);
        Assert.Equal(alone, [first.Bytes, second.Bytes]);
        Assert.Single(reports, report => report.PixelsIn > 0);
    }

    [Fact]
    public async Task Order_ForPicturesThatHavePassed_HasADecodeOfItsOwn()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { SpareWorkers = 0 });
        byte[][] alone = await AloneAsync(pool, Large, Small);
        var source = new GatedSource(RawVideo.Bytes, "aa", Late);
        var first = new Asked(pool, Large, source);
        await source.Arrivals.ReadAsync(Token);
        var second = new Asked(pool, Small, source);
        source.Open();

        WorkReport[] reports = await Task.WhenAll(first.Handle.Completion, second.Handle.Completion);
        Assert.Equal(alone, [first.Bytes, second.Bytes]);
        Assert.All(reports, report => Assert.True(report.PixelsIn > 0));
        Assert.Equal(0, pool.Status.Restarts);
    }

    [Fact]
    public async Task Order_Cancelled_LeavesTheOthersAndTheWorkerAlone()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { SpareWorkers = 0 });
        byte[][] alone = await AloneAsync(pool, Large, Small);
        var source = new GatedSource(RawVideo.Bytes, "aa", Early);
        using var leaving = new CancellationTokenSource();
        var first = new Asked(pool, Large, source, leaving.Token);
        await source.Arrivals.ReadAsync(Token);
        var second = new Asked(pool, Small, source);
        int worker = Pools.BusyProcess(pool);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.Handle.Completion);
        source.Open();
        await second.Handle.Completion;

        Assert.Equal(alone[1], second.Bytes);
        Assert.Equal((worker, 0L), (Assert.Single(pool.Status.Workers).ProcessId, pool.Status.Restarts));
    }

    [Fact]
    public async Task Worker_ThatDies_CostsEveryOrderOneTryAndItsPlaceOneDeath()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        byte[][] alone = await AloneAsync(pool, Large, Small, Smaller);
        var source = new GatedSource(RawVideo.Bytes, "aa", gateAt: 0);
        Asked[] asked = [new(pool, Large, source), new(pool, Small, source), new(pool, Smaller, source)];
        await source.Arrivals.ReadAsync(Token);
        Assert.Equal(0, LibC.Kill(Pools.BusyProcess(pool), SIGSYS));
        await source.Arrivals.ReadAsync(Token);
        source.Open();
        await Task.WhenAll(asked.Select(one => one.Handle.Completion));
        Assert.Equal(alone, asked.Select(one => one.Bytes));
        Assert.Empty(pool.Status.Quarantined);

        var deadly = new GatedSource(RawVideo.Bytes, "bb", gateAt: 0);
        asked = [new(pool, Large, deadly), new(pool, Small, deadly)];
        for (int i = 0; i < 2; i++)
        {
            await deadly.Arrivals.ReadAsync(Token);
            Assert.Equal(0, LibC.Kill(Pools.BusyProcess(pool), SIGSYS));
        }

        foreach (Asked one in asked)
        {
            var died = await Assert.ThrowsAsync<TranscodeException>(() => one.Handle.Completion);
            Assert.Equal(FailureCause.WorkerDied, died.Failure.Cause);
        }

        Assert.Equal("segment 0 video", Assert.Single(pool.Status.Quarantined).Place);
    }

    [Fact]
    public async Task Order_MoreUrgentThanThoseUnderWay_IsNotSlowedByThem()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { SpareWorkers = 0 });
        var source = new GatedSource(RawVideo.Bytes, "aa", Early);
        var background = new Asked(pool, Large, source, priority: WorkPriority.Background);
        await source.Arrivals.ReadAsync(Token);
        var other = new Asked(pool, Smaller, source, priority: WorkPriority.Background);
        var playing = new Asked(pool, Small, source);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => background.Handle.Completion);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other.Handle.Completion);
        source.Open();

        Assert.True((await playing.Handle.Completion).PixelsIn > 0);
        Assert.Equal((2L, 0L), (pool.Status.Preempted, pool.Status.Restarts));
    }

    [Fact]
    public async Task Order_ThatFails_FailsAlone()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { SpareWorkers = 0 });
        byte[][] alone = await AloneAsync(pool, Large);
        var source = new GatedSource(RawVideo.Bytes, "aa", Early);
        var bad = new Asked(pool, Large with { Recipe = (VideoRecipe)Large.Recipe with { Preset = "no such preset" } }, source);
        var good = new Asked(pool, Large, source);
        await source.Arrivals.ReadAsync(Token);
        source.Open();

        var failure = await Assert.ThrowsAsync<TranscodeException>(() => bad.Handle.Completion);
        Assert.Equal((FailureStage.Encode, FailureCause.Internal), (failure.Failure.Stage, failure.Failure.Cause));
        await good.Handle.Completion;
        Assert.Equal(alone[0], good.Bytes);
    }

    /// <summary>Encoders of the background leave the cores to whoever is waited for.</summary>
    [Theory]
    [InlineData(WorkPriority.Playing, 0)]
    [InlineData(WorkPriority.Background, 1)]
    public async Task Encoders_OfTheBackground_GiveWay(WorkPriority priority, int polite)
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { SpareWorkers = 0 });
        var source = new GatedSource(RawVideo.Bytes, "aa", RawVideo.InsideFirstSegment);
        var firstChunk = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        WorkHandle handle = pool.Start(
            Large,
            source,
            priority,
            _ =>
            {
                firstChunk.TrySetResult();
                return ValueTask.CompletedTask;
            },
            Token);
        await firstChunk.Task.WaitAsync(Token);
        int[] threads = [.. Directory.GetDirectories($"/proc/{Pools.BusyProcess(pool)}/task").Select(Niceness)];
        source.Open();
        await handle.Completion;

        int own = Niceness("/proc/self");
        Assert.SkipUnless(own < 10, "These tests run at a niceness of their own.");
        Assert.Equal(polite, threads.Count(niceness => niceness == 10));
        Assert.Equal(threads.Length - polite, threads.Count(niceness => niceness == own));
    }

    private static int Niceness(string process)
    {
        string stat = File.ReadAllText($"{process}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[NicenessField], CultureInfo.InvariantCulture);
    }

    private static SegmentOrder Sized(int width, int height) =>
        RawVideo.Segment(0) with { Recipe = (VideoRecipe)RawVideo.Segment(0).Recipe with { Width = width, Height = height } };

    private static async Task<byte[][]> AloneAsync(WorkerPool pool, params SegmentOrder[] orders)
    {
        var alone = new List<byte[]>();
        foreach (SegmentOrder order in orders)
        {
            alone.Add(await Pools.BytesAsync(pool, order, new GatedSource(RawVideo.Bytes, "cc"), Token));
        }

        return [.. alone];
    }

    /// <summary>An order in the pool and what came of it.</summary>
    private sealed class Asked
    {
        private readonly List<byte> output = [];

        public Asked(
            WorkerPool pool, SegmentOrder order, GatedSource source, CancellationToken? cancellationToken = null, WorkPriority priority = WorkPriority.Playing) =>
            Handle = pool.Start(order, source, priority, Take, cancellationToken ?? Token);

        public WorkHandle Handle { get; }

        public byte[] Bytes => [.. output];

        private ValueTask Take(ReadOnlyMemory<byte> chunk)
        {
            output.AddRange(chunk.Span);
            return ValueTask.CompletedTask;
        }
    }
}
