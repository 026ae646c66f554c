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

    private static readonly CodingPath Aom = new(PathDirection.Decode, "av1", 8, "standin", "libaom-av1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Beside a run of the same pictures that has the decoder, and after its rest too.</summary>
    [Fact]
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

    private static Task<byte[]> FilmAsync() => FFmpeg.MakeAsync("-f lavfi -i testsrc2=s=640x360:r=25:d=8 -c:v libsvtav1 -preset 12 -g 50 -pix_fmt yuv420p", "mp4");

    /// <summary>The first segment's.</summary>
    private static async Task<SegmentOrder[]> RungsAsync(WorkerPool pool, byte[] film)
    {
        SourceDescription description = JsonSerializer.Deserialize(await Pools.BytesAsync(pool, new ProbeOrder(), new GatedSource(film, "cc"), Token), EngineJson.Default.SourceDescription)!;
        return [.. Ladder.For(description).Video.Select(rung => rung.Recipe).OfType<VideoRecipe>().Select(recipe => new SegmentOrder(description, recipe, 0))];
    }
}
