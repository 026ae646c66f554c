using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>The encoder does as the lookahead tells it, and each rung has what it would have alone.</summary>
public sealed class PlannedPicturesTests
{
    /// <summary>A picture that stands still for 30 frames, then another one.</summary>
    private const string Film =
        "-f lavfi -i mandelbrot=s=426x240:r=25:start_scale=0.3:end_scale=0.3,loop=29:1,trim=end_frame=30[a];life=s=213x120:seed=7:r=25,scale=426:240,loop=29:1,trim=end_frame=20[b];[a][b]concat,format=yuv420p -c:v libx264 -qp 12";

    private static readonly string[] Rungs = ["360p", "240p"];

    [Fact]
    public async Task Types_OfAStillAndACut_AreThosePlanned()
    {
        using var desk = new Desk(await FFmpeg.MakeAsync(Film, "mkv"));
        VideoRecipe rung = desk.Rung("240p") with { Lookahead = VideoRecipe.SmallLookahead };
        byte[] segment = Desk.Join(desk.Init(rung), desk.Segment(rung, 0));
        string types = string.Concat((await FFmpeg.ProbeAsync("-select_streams v -show_entries frame=pict_type", segment)).Select(frame => frame[0]));

        // Between the anchors three pictures; what is left before the cut is too short for that.
        Assert.StartsWith("IBBBPBBBPBBBPBBBPBBBPBBBPBBBP", types);
        Assert.Equal(30, types.IndexOf('I', 1));
        Assert.Equal(50, types.Length);
    }

    /// <summary>Rungs of one decode, with one lookahead, another and none, in an order that starts each in its turn.</summary>
    [Fact]
    public async Task Rungs_OfOneDecode_HaveTheBytesTheyHaveAlone()
    {
        byte[] film = await FFmpeg.MakeAsync("-f lavfi -i testsrc2=s=640x360:r=25:d=2 -pix_fmt yuv420p -c:v libx264 -qp 16", "mkv");
        using var desk = new Desk(film);
        VideoRecipe[] recipes = [.. new[] { null, VideoRecipe.SmallLookahead, VideoRecipe.LargeLookahead }
            .SelectMany(name => Rungs.Select(rung => desk.Rung(rung) with { Lookahead = name }))];
        string[] alone = [.. recipes.Select(recipe => Convert.ToHexString(desk.Segment(recipe, 0)))];
        using var bench = new Workbench();
        var orders = recipes.Select(recipe => (Bytes: new MemoryStream(), Order: new SegmentOrder(desk.Description, recipe, 0))).ToList();
        using VideoSegment segment = VideoSegment.For(orders[0].Order, bench.Identity, bench.Device)!;
        foreach ((MemoryStream bytes, SegmentOrder order) in orders)
        {
            Assert.True(segment.TryJoin(new((VideoRecipe)order.Recipe, chunk => bytes.Write(chunk.Span), (_, _) => { }, GivesWay: false, default)));
        }

        bench.Execute(segment, new FileReader(film));

        Assert.Equal(alone, orders.Select(made => Convert.ToHexString(made.Bytes.ToArray())));
    }

    /// <summary>What is told with the pictures changes what is made of them; what the encoder is told at its start does, too.</summary>
    [Fact]
    public async Task Lookahead_OfTheRecipe_IsHeard()
    {
        using var desk = new Desk(await FFmpeg.MakeAsync("-f lavfi -i testsrc2=s=640x360:r=25:d=2,noise=alls=9:allf=t -pix_fmt yuv420p -c:v libx264 -qp 16", "mkv"));
        VideoRecipe rung = desk.Rung("360p");
        byte[][] made = [.. new[] { VideoRecipe.LargeLookahead, VideoRecipe.SmallLookahead, null }.Select(name => desk.Segment(rung with { Lookahead = name }, 0))];

        Assert.Equal(3, made.DistinctBy(Convert.ToHexString).Count());
    }
}
