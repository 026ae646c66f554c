using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Workers;

/// <summary>A pool that is told, while it works, how much of the box it may take: with real workers, whose limits the kernel tells.</summary>
public sealed class PoolResizeTests
{
    private const long Mebi = 1L << 20;

    private static readonly WorkerPoolOptions Two = Pools.Options with { Slots = 2, SpareWorkers = 0 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Slots_More_BeginAtOnce_AndFewer_LetWhatRunsEnd()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        GatedSource[] sources = [.. "abc".Select(name => new GatedSource(RawVideo.Bytes, $"{name}", gateAt: 0))];
        Task<byte[]>[] made = [.. sources[..2].Select(source => Pools.BytesAsync(pool, RawVideo.Segment(0), source, Token))];
        await sources[0].Arrivals.ReadAsync(Token);
        Assert.Equal((1, 1), Playing(pool));
        Resize(pool, Two);
        await sources[1].Arrivals.ReadAsync(Token);
        Assert.Equal((2, 0), Playing(pool));

        // One slot again: both go on, and a third waits until there is one.
        Resize(pool, Two with { Slots = 1 });
        made = [.. made, Pools.BytesAsync(pool, RawVideo.Segment(0), sources[2], Token)];
        Assert.Equal((2, 1), Playing(pool));
        sources[0].Open();
        byte[] first = await made[0];
        Assert.Equal((1, 1), Playing(pool));
        sources[1].Open();
        sources[2].Open();
        Assert.All(await Task.WhenAll(made), bytes => Assert.Equal(first, bytes));
    }

    /// <summary>What nobody waits for gives way to viewers, and not to a smaller box.</summary>
    [Fact]
    public async Task Slots_Fewer_LetWorkInTheBackgroundEndToo()
    {
        await using WorkerPool pool = Pools.Of(Two);
        GatedSource[] sources = [new(RawVideo.Bytes, "a", gateAt: 0), new(RawVideo.Bytes, "b", gateAt: 0)];
        using MemoryStream first = new(), second = new();
        Task[] made = [.. sources.Zip([first, second]).Select(one => (Task)pool.RunAsync(RawVideo.Segment(0), one.First, WorkPriority.Background, Pools.Into(one.Second), Token))];
        await Task.WhenAll(sources.Select(source => source.Arrivals.ReadAsync(Token).AsTask()));
        Resize(pool, Two with { Slots = 1 });
        Array.ForEach(sources, source => source.Open());
        await Task.WhenAll(made);
        Assert.Equal(first.ToArray(), second.ToArray());
        Assert.Equal(0, pool.Status.Preempted);
    }

    /// <summary>A worker that is at work keeps its limit until its segment is made; every later one has the new one.</summary>
    [Fact]
    public async Task Memory_Less_ReplacesWorkers_AndRefusesWhatWaitsAndDoesNotFit()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options with { MemoryLimitBytes = 1024 * Mebi, RunMemoryBytes = 1024 * Mebi });
        GatedSource[] sources = [new(RawVideo.Bytes, "a", gateAt: 0), new(RawVideo.Bytes, "b", gateAt: 0)];
        Task<byte[]> begun = Pools.BytesAsync(pool, RawVideo.Segment(0), sources[0], Token);
        await sources[0].Arrivals.ReadAsync(Token);
        int before = Pools.BusyProcess(pool);
        Assert.Equal(1024 * Mebi, DataLimit(before));
        Task<byte[]> waiting = Pools.BytesAsync(pool, RawVideo.Segment(0), sources[1], Token);
        pool.Resize(1, 0, null, 300 * Mebi, 300 * Mebi, 256 * Mebi);
        pool.Resize(1, 0, null, 1 * Mebi, 512 * Mebi, 256 * Mebi);
        TranscodeException refused = await Assert.ThrowsAsync<TranscodeException>(() => waiting);
        Assert.Equal(FailureCause.BeyondMemory, refused.Failure.Cause);
        sources[0].Open();
        byte[] bytes = await begun;

        pool.Resize(1, 0, null, 512 * Mebi, 512 * Mebi, 256 * Mebi);
        var again = new GatedSource(RawVideo.Bytes, "c", gateAt: 0);
        Task<byte[]> later = Pools.BytesAsync(pool, RawVideo.Segment(0), again, Token);
        await again.Arrivals.ReadAsync(Token);
        int after = Pools.BusyProcess(pool);
        Assert.NotEqual(before, after);
        Assert.Equal(512 * Mebi, DataLimit(after));
        again.Open();
        Assert.Equal(bytes, await later);
    }

    [Fact]
    public async Task Cores_Fewer_AndAllAgain_AreThoseOfTheNextWorkers()
    {
        int all = CoresOf("self");
        Assert.SkipUnless(all > 1, "This machine has one processor.");
        await using WorkerPool pool = Pools.Of(Pools.Options);
        Assert.Equal(all, await CoresAsync(pool, "a"));
        Resize(pool, Pools.Options with { Cores = 1 });
        Assert.Equal(1, await CoresAsync(pool, "b"));
        Resize(pool, Pools.Options);
        Assert.Equal(all, await CoresAsync(pool, "c"));
    }

    [Fact]
    public async Task Sizes_ThatAreNone_AreRefused_AndChangeNothing()
    {
        await using WorkerPool pool = Pools.Of(Pools.Options);
        Assert.Throws<ArgumentException>(() => Resize(pool, Pools.Options with { Slots = 0 }));
        Assert.NotEmpty(await Pools.BytesAsync(pool, RawVideo.Segment(0), new GatedSource(RawVideo.Bytes, "a"), Token));
    }

    private static void Resize(WorkerPool pool, WorkerPoolOptions to) =>
        pool.Resize(to.Slots, to.SpareWorkers, to.Cores, to.RunMemoryBytes, to.MemoryLimitBytes, to.RecycleAfterResidentBytes);

    private static (int Running, int Queued) Playing(WorkerPool pool)
    {
        PriorityStatus playing = pool.Status.Queues.Single(queue => queue.Priority == WorkPriority.Playing);
        return (playing.Running, playing.Queued);
    }

    private static async Task<int> CoresAsync(WorkerPool pool, string name)
    {
        var source = new GatedSource(RawVideo.Bytes, name, gateAt: 0);
        Task<byte[]> made = Pools.BytesAsync(pool, RawVideo.Segment(0), source, Token);
        await source.Arrivals.ReadAsync(Token);
        int cores = CoresOf($"{Pools.BusyProcess(pool)}");
        source.Open();
        await made;
        return cores;
    }

    private static int CoresOf(string process) =>
        Line($"/proc/{process}/status", "Cpus_allowed:").Where(char.IsAsciiHexDigit).Sum(digit => int.PopCount(Convert.ToInt32($"{digit}", 16)));

    private static long DataLimit(int process) =>
        long.Parse(Line($"/proc/{process}/limits", "Max data size").Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], System.Globalization.CultureInfo.InvariantCulture);

    private static string Line(string path, string start) => File.ReadAllLines(path).Single(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..];
}
