using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Workers;

/// <summary>Budgets decide when work is begun, and never its bytes.</summary>
public sealed class WorkPaceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Share_HalfOfTwoSlots_OneRunsAtATime()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { Slots = 2 });
        pool.Obey(new(0.5, WorkPriority.Background));
        GatedSource[] sources = [new(RawVideo.Bytes, "a", gateAt: 0), new(RawVideo.Bytes, "b", gateAt: 0)];
        Task<byte[]>[] made = [.. sources.Select(source => Pools.BytesAsync(pool, RawVideo.Segment(0), source, Token))];
        await sources[0].Arrivals.ReadAsync(Token);
        Assert.Equal([1], pool.Status.Queues.Where(queue => queue.Priority == WorkPriority.Playing).Select(queue => queue.Queued));

        // All of it again: the second begins beside the first.
        pool.Obey(WorkPace.Full);
        await sources[1].Arrivals.ReadAsync(Token);
        Array.ForEach(sources, source => source.Open());
        byte[][] bytes = await Task.WhenAll(made);

        Assert.Equal(bytes[0], bytes[1]);
    }

    [Fact]
    public async Task Least_Playing_WorkForNobodyWaitsUntilAllMayBeDone()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        pool.Obey(new(1, WorkPriority.Playing));
        Task<byte[]> background = BackgroundAsync(pool, "a");
        byte[] played = await Pools.BytesAsync(pool, RawVideo.Segment(0), new GatedSource(RawVideo.Bytes, "b"), Token);
        Assert.False(background.IsCompleted);
        Assert.Equal(1, pool.Status.Queues.Single(queue => queue.Priority == WorkPriority.Background).Queued);

        pool.Obey(WorkPace.Full);

        Assert.Equal(played, await background);
    }

    [Fact]
    public async Task Share_LessThanASlot_RestsAndMakesTheSameBytes()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        byte[] full = await Pools.BytesAsync(pool, RawVideo.Segment(0), new GatedSource(RawVideo.Bytes, "a"), Token);
        pool.Obey(new(0.5, WorkPriority.Background));
        byte[] first = await Pools.BytesAsync(pool, RawVideo.Segment(0), new GatedSource(RawVideo.Bytes, "b"), Token);
        byte[] second = await Pools.BytesAsync(pool, RawVideo.Segment(0), new GatedSource(RawVideo.Bytes, "c"), Token);

        Assert.Equal(full, first);
        Assert.Equal(full, second);
    }

    [Fact]
    public async Task RunMemory_TooLittle_RefusesWithTheReasonAndMakesWhatFits()
    {
        long need = MemoryNeed.Of(RawVideo.Segment(0));
        await using WorkerPool small = Pools.Of(Pools.Options with { RunMemoryBytes = need - 1 });
        await using WorkerPool enough = Pools.Of(Pools.Options with { RunMemoryBytes = need });

        var refused = await Assert.ThrowsAsync<TranscodeException>(() => Pools.BytesAsync(small, RawVideo.Segment(0), new GatedSource(RawVideo.Bytes, "a"), Token));
        Assert.Equal(FailureCause.BeyondMemory, refused.Failure.Cause);
        Assert.Contains("320x180", refused.Message, StringComparison.Ordinal);
        Assert.NotEmpty(await Pools.BytesAsync(enough, RawVideo.Segment(0), new GatedSource(RawVideo.Bytes, "a"), Token));
    }

    [Fact]
    public async Task NicenessAndCores_AreTheWorkersOwn()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { Niceness = 7, Cores = 1 });
        await pool.GetIdentityAsync(Token);
        int worker = pool.Status.Workers.First(one => one.ProcessId > 0).ProcessId;
        string[] status = await File.ReadAllLinesAsync($"/proc/{worker}/status", Token);
        string stat = await File.ReadAllTextAsync($"/proc/{worker}/stat", Token);

        // proc(5): the nineteenth field, counted from behind the name, which may have spaces.
        Assert.Equal("7", stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16]);
        string allowed = status.Single(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split(':')[1].Trim();
        Assert.True(int.TryParse(allowed, out _), allowed);
    }

    private static async Task<byte[]> BackgroundAsync(WorkerPool pool, string name)
    {
        using var output = new MemoryStream();
        await pool.RunAsync(RawVideo.Segment(0), new GatedSource(RawVideo.Bytes, name), WorkPriority.Background, Pools.Into(output), Token);
        return output.ToArray();
    }
}
