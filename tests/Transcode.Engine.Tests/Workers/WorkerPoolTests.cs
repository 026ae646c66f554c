using System.Security.Cryptography;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Workers;

public sealed class WorkerPoolTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetIdentity_FirstUse_StartsAWorkerThatSaysWhatItIsLockedInWith()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        EngineIdentity identity = await pool.GetIdentityAsync(Token);
        Assert.StartsWith("appliance-engine/", identity.Engine, StringComparison.Ordinal);
        Assert.Equal(
            ["no_new_privs", "rlimit core", "rlimit file size", "rlimit data", "landlock", "rlimit descriptors", "seccomp"],
            pool.Status.LockIn.Select(measure => measure.Name));
    }

    [Fact]
    public async Task Run_Segment_DeliversWhatItsReportSays()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        using var output = new MemoryStream();
        WorkReport report = await pool.RunAsync(
            RawVideo.Segment(0), new GatedSource(RawVideo.Bytes, "aa"), WorkPriority.Playing, Pools.Into(output), Token);
        Assert.Equal(output.Length, report.BytesOut);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(output.ToArray())), report.Sha256);
        Assert.InRange(report.BytesIn, 1, RawVideo.Bytes.Length);
        Assert.Equal(1, pool.Status.Completed);
    }

    [Fact]
    public async Task Run_SameOrderOnDifferentWorkers_GivesTheSameBytes()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { Slots = 2 });
        byte[][] outputs = await Task.WhenAll(Enumerable.Range(0, 4).Select(i =>
            Pools.BytesAsync(pool, RawVideo.Segment(1), new GatedSource(RawVideo.Bytes, $"a{i}"), Token)));
        Assert.NotEmpty(outputs[0]);
        Assert.All(outputs, output => Assert.Equal(outputs[0], output));
    }

    /// <summary>Locked in, where nothing can be opened any more, and in several processes after other work.</summary>
    [Fact]
    public async Task Run_EveryCodecAndRange_GivesTheSameBytesInEveryProcess()
    {
        SegmentOrder[] orders =
        [
            RawVideo.Segment("240p-hevc", "bt709"), RawVideo.Segment("240p-av1", "bt709"), RawVideo.Segment("240p", "smpte2084"),
            RawVideo.Segment("240p-hevc-pq", "smpte2084"), RawVideo.Segment("240p-av1-hlg", "arib-std-b67"), RawVideo.Segment("240p", "arib-std-b67"),
        ];
        string[][] hashes = await Task.WhenAll(new[] { orders, [.. orders.Reverse()] }.Select(async given =>
        {
            await using WorkerPool pool = Pools.Of(Pools.Options);
            var found = new Dictionary<SegmentOrder, string>();
            foreach (SegmentOrder order in given)
            {
                found[order] = Convert.ToHexStringLower(SHA256.HashData(
                    await Pools.BytesAsync(pool, order, new GatedSource(RawVideo.Bytes, "aa"), Token)));
            }

            return orders.Select(order => found[order]).ToArray();
        }));
        Assert.Equal(hashes[0], hashes[1]);
        Assert.Equal(orders.Length, hashes[0].Distinct().Count());
    }

    [Fact]
    public async Task Cancel_WhileRunning_FreesTheWorkerAndKeepsItWarm()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { SpareWorkers = 0 });
        var source = new GatedSource(RawVideo.Bytes, "aa", gateAt: 0);
        using var cancellation = new CancellationTokenSource();
        WorkHandle handle = pool.Start(RawVideo.Segment(0), source, WorkPriority.Playing, Pools.Nowhere, cancellation.Token);
        await source.Arrivals.ReadAsync(Token);
        int worker = Pools.BusyProcess(pool);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => handle.Completion);

        source.Open();
        await Pools.BytesAsync(pool, RawVideo.Segment(0), source, Token);
        WorkerStatus only = Assert.Single(pool.Status.Workers);
        Assert.Equal((worker, 2), (only.ProcessId, only.OrdersDone));
        Assert.Equal(0, pool.Status.Restarts);
    }

    [Fact]
    public async Task Cancel_WhileWaiting_TakesTheOrderOutOfTheQueue()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        var busy = new GatedSource(RawVideo.Bytes, "aa", gateAt: 0);
        WorkHandle running = pool.Start(RawVideo.Segment(0), busy, WorkPriority.Playing, Pools.Nowhere, Token);
        await busy.Arrivals.ReadAsync(Token);
        using var cancellation = new CancellationTokenSource();
        WorkHandle waiting = pool.Start(RawVideo.Segment(1), busy, WorkPriority.Playing, Pools.Nowhere, cancellation.Token);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Completion);
        Assert.Equal(new PriorityStatus(WorkPriority.Playing, Queued: 0, Running: 1), pool.Status.Queues[(int)WorkPriority.Playing]);

        busy.Open();
        await running.Completion;
    }

    [Fact]
    public async Task Start_BeyondTheQueueLimit_IsOverloaded()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { QueueLimit = 1 });
        var source = new GatedSource(RawVideo.Bytes, "aa", gateAt: 0);
        WorkHandle running = pool.Start(RawVideo.Segment(0), source, WorkPriority.Playing, Pools.Nowhere, Token);
        await source.Arrivals.ReadAsync(Token);
        WorkHandle waiting = pool.Start(RawVideo.Segment(1), source, WorkPriority.Playing, Pools.Nowhere, Token);
        var refused = await Assert.ThrowsAsync<TranscodeException>(() =>
            pool.RunAsync(RawVideo.Segment(1), source, WorkPriority.Playing, Pools.Nowhere, Token));
        Assert.Equal(FailureCause.Overloaded, refused.Failure.Cause);

        source.Open();
        await Task.WhenAll(running.Completion, waiting.Completion);
    }

    [Fact]
    public async Task Start_LightOrder_DoesNotWaitBehindHeavyOnes()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        var source = new GatedSource(RawVideo.Bytes, "aa", gateAt: 0);
        WorkHandle picture = pool.Start(RawVideo.Segment(0), source, WorkPriority.Playing, Pools.Nowhere, Token);
        await source.Arrivals.ReadAsync(Token);

        Assert.NotEmpty(await Pools.BytesAsync(pool, new ProbeOrder(), new GatedSource(RawVideo.Bytes, "bb"), Token));

        source.Open();
        await picture.Completion;
    }

    [Fact]
    public async Task Start_ChunkNotTaken_HoldsUpOnlyThatOrder()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { Slots = 2 });
        var firstChunk = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        WorkHandle slow = pool.Start(
            RawVideo.Segment(0),
            new GatedSource(RawVideo.Bytes, "aa"),
            WorkPriority.Playing,
            async _ =>
            {
                firstChunk.TrySetResult();
                await taken.Task;
            },
            Token);
        await firstChunk.Task.WaitAsync(Token);

        Assert.NotEmpty(await Pools.BytesAsync(pool, RawVideo.Segment(0), new GatedSource(RawVideo.Bytes, "bb"), Token));
        Assert.False(slow.Completion.IsCompleted);

        taken.SetResult();
        await slow.Completion;
    }

    [Fact]
    public async Task Run_ConsumerThrows_FailsWithThatAndKeepsTheWorker()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { SpareWorkers = 0 });
        var source = new GatedSource(RawVideo.Bytes, "aa");
        await Assert.ThrowsAsync<InvalidDataException>(() => pool.RunAsync(
            RawVideo.Segment(0), source, WorkPriority.Playing, _ => throw new InvalidDataException(), Token));
        Assert.NotEmpty(await Pools.BytesAsync(pool, RawVideo.Segment(0), source, Token));
        Assert.Equal(2, Assert.Single(pool.Status.Workers).OrdersDone);
    }

    [Fact]
    public async Task Dispose_WhileBusy_CancelsAndLeavesNoProcess()
    {
        WorkerPool pool = Pools.Of(Pools.Options);
        var source = new GatedSource(RawVideo.Bytes, "aa", gateAt: 0);
        WorkHandle handle = pool.Start(RawVideo.Segment(0), source, WorkPriority.Playing, Pools.Nowhere, Token);
        await source.Arrivals.ReadAsync(Token);
        int[] processes = [.. pool.Status.Workers.Select(worker => worker.ProcessId).Where(process => process != 0)];
        Assert.NotEmpty(processes);

        await pool.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => handle.Completion);
        Assert.All(processes, process => Assert.False(Pools.IsAlive(process)));
    }

    [Fact]
    public async Task Run_RecycleAfterOneOrder_ReplacesTheWorker()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { RecycleAfterOrders = 1 });
        for (int i = 0; i < 3; i++)
        {
            Assert.NotEmpty(await Pools.BytesAsync(pool, RawVideo.Segment(0), new GatedSource(RawVideo.Bytes, "aa"), Token));
        }

        Assert.Equal((3L, 0L), (pool.Status.Recycled, pool.Status.Restarts));
    }
}
