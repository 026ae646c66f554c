using System.Text.Json;
using Transcode.Engine.Hardware;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Workers;

/// <summary>The memory that a device's decoder is counted for, where a box counts it out.</summary>
public sealed class DecoderMemoryTests
{
    private static readonly CodingPath Aom = new(PathDirection.Decode, "av1", 8, "standin", "libaom-av1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What software has the room for is software's, and not refused.</summary>
    [Fact]
    public async Task Run_WithoutMemoryForADevice_IsSoftwaresAndSaysWhy()
    {
        byte[] film = await FFmpeg.MakeAsync("-f lavfi -i testsrc2=s=192x108:r=25:d=2 -c:v libsvtav1 -preset 12 -pix_fmt yuv420p", "mp4");
        await using WorkerPool software = Pools.Of(Pools.Options);
        SourceDescription description = JsonSerializer.Deserialize(await Pools.BytesAsync(software, new ProbeOrder(), new GatedSource(film, "aa"), Token), EngineJson.Default.SourceDescription)!;
        var order = new SegmentOrder(description, Ladder.For(description).Video.Select(rung => rung.Recipe).OfType<VideoRecipe>().Last(), 0);
        SegmentOrder hd = order with { Source = description with { Video = description.Video! with { Width = 1920, Height = 1080 } } };
        // Six pictures of a decoder of single ones, five held, one on its way; and 64 MiB of packets.
        Assert.Equal((12 * 3_110_400L) + 67_108_864, MemoryNeed.Device(hd));
        Assert.Equal((12 * 6_220_800L) + 67_108_864, MemoryNeed.Device(hd with { Source = hd.Source with { Video = hd.Source.Video! with { BitDepth = 10 } } }));
        Assert.Equal(0, MemoryNeed.Device(new ProbeOrder()));

        long need = MemoryNeed.Of(order) + MemoryNeed.Device(order);
        (byte[] expected, _) = await MadeAsync(software, order, film);
        await using WorkerPool small = Pools.Of(Pools.Options with { RunMemoryBytes = need - 1 });
        small.UseDecoders([Aom]);
        (byte[] found, WorkReport report) = await MadeAsync(small, order, film);
        Assert.Equal(expected, found);
        Assert.Null(report.Decoder);
        DecoderStatus status = Assert.Single(small.Decoders.Status);
        Assert.Equal((1L, $"with it a run may take {need >> 20} MiB of memory, and this box has {(need - 1) >> 20} MiB for it"), (status.LeftToSoftware, status.Why));

        await using WorkerPool enough = Pools.Of(Pools.Options with { RunMemoryBytes = need });
        enough.UseDecoders([Aom]);
        (found, report) = await MadeAsync(enough, order, film);
        Assert.Equal(expected, found);
        Assert.Equal(new DecoderNote("libaom-av1", 8), report.Decoder);
    }

    private static async Task<(byte[] Bytes, WorkReport Report)> MadeAsync(WorkerPool pool, SegmentOrder order, byte[] film)
    {
        using var output = new MemoryStream();
        WorkReport report = await pool.RunAsync(order, new GatedSource(film, "aa"), WorkPriority.Playing, Pools.Into(output), Token);
        return (output.ToArray(), report);
    }
}
