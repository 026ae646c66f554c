using System.Collections.Concurrent;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Workers;

public sealed class WorkPriorityTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Queue_OneSlot_RunsByUrgencyThenArrival()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        var gated = new GatedSource(RawVideo.Bytes, "aa", gateAt: 0);
        WorkHandle first = pool.Start(RawVideo.Segment(0), gated, WorkPriority.Playing, Pools.Nowhere, Token);
        await gated.Arrivals.ReadAsync(Token);

        var order = new ConcurrentQueue<string>();
        WorkHandle Waiting(string name, WorkPriority priority) => pool.Start(
            RawVideo.Segment(0),
            new GatedSource(RawVideo.Bytes, name),
            priority,
            _ =>
            {
                if (!order.Contains(name))
                {
                    order.Enqueue(name);
                }

                return ValueTask.CompletedTask;
            },
            Token);
        WorkHandle[] waiting =
        [
            Waiting("background", WorkPriority.Background),
            Waiting("ahead", WorkPriority.ReadAhead),
            Waiting("playing 1", WorkPriority.Playing),
            Waiting("playing 2", WorkPriority.Playing),
            Waiting("raised", WorkPriority.Background),
            Waiting("lowered", WorkPriority.Starting),
            Waiting("starting", WorkPriority.Starting),
            Waiting("stalling", WorkPriority.Stalling),
        ];
        waiting[4].Reprioritize(WorkPriority.Playing);
        waiting[5].Reprioritize(WorkPriority.ReadAhead);
        waiting[0].Reprioritize(WorkPriority.Background);
        gated.Open();
        await Task.WhenAll([first.Completion, .. waiting.Select(handle => handle.Completion)]);

        Assert.Equal(["stalling", "starting", "playing 1", "playing 2", "raised", "ahead", "lowered", "background"], order);
    }

    [Fact]
    public async Task Playing_NoFreeSlot_TakesThatOfTheLatestAndLeastUrgent()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { Slots = 3 });
        var sources = Enumerable.Range(0, 3).Select(i => new GatedSource(RawVideo.Bytes, $"a{i}", gateAt: 0)).ToArray();
        WorkPriority[] priorities = [WorkPriority.ReadAhead, WorkPriority.ReadAhead, WorkPriority.Playing];
        var running = new List<WorkHandle>();
        for (int i = 0; i < 3; i++)
        {
            running.Add(pool.Start(RawVideo.Segment(0), sources[i], priorities[i], Pools.Nowhere, Token));
            await sources[i].Arrivals.ReadAsync(Token);
        }

        await Pools.BytesAsync(pool, RawVideo.Segment(0), new GatedSource(RawVideo.Bytes, "bb"), Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running[1].Completion);
        Assert.Equal((1L, 0L), (pool.Status.Preempted, pool.Status.Restarts));
        Assert.False(running[0].Completion.IsCompleted);
        Array.ForEach(sources, source => source.Open());
        await Task.WhenAll(running[0].Completion, running[2].Completion);
    }

    [Fact]
    public async Task Stalling_OnlyAwaitedWorkRuns_WaitsForItsEnd()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        var gated = new GatedSource(RawVideo.Bytes, "aa", gateAt: 0);
        WorkHandle running = pool.Start(RawVideo.Segment(0), gated, WorkPriority.Playing, Pools.Nowhere, Token);
        await gated.Arrivals.ReadAsync(Token);
        WorkHandle stalling = pool.Start(
            RawVideo.Segment(0), new GatedSource(RawVideo.Bytes, "bb"), WorkPriority.Stalling, Pools.Nowhere, Token);
        gated.Open();
        await Task.WhenAll(running.Completion, stalling.Completion);

        Assert.Equal(0, pool.Status.Preempted);
    }

    [Fact]
    public async Task Lowered_WhileItRuns_GivesWayToAViewer()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        var gated = new GatedSource(RawVideo.Bytes, "aa", gateAt: 0);
        WorkHandle running = pool.Start(RawVideo.Segment(0), gated, WorkPriority.Playing, Pools.Nowhere, Token);
        await gated.Arrivals.ReadAsync(Token);
        WorkHandle waiting = pool.Start(
            RawVideo.Segment(0), new GatedSource(RawVideo.Bytes, "bb"), WorkPriority.Playing, Pools.Nowhere, Token);
        running.Reprioritize(WorkPriority.Background);
        await waiting.Completion;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Completion);
        gated.Open();
    }
}
