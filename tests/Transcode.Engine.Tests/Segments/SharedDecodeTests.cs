using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Tests.Workers;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>Rungs made from one decode are the bytes they are alone, whoever comes, goes or fails beside them.</summary>
public sealed class SharedDecodeTests : IDisposable
{
    private const int PictureBytes = 320 * 180 * 3 / 2;

    private readonly Workbench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Rungs_OfOneDecode_AreTheBytesTheyAreAlone()
    {
        byte[] film = await FFmpeg.MakeAsync(
            "-f lavfi -i testsrc2=s=384x216:r=10:d=5 -vf noise=alls=20:allf=t -c:v libx264 -preset veryfast -g 28 -bf 3 -pix_fmt yuv420p", "mp4");
        using var desk = new Desk(film, bench);
        VideoRecipe[] rungs = [desk.Video, Sized(desk.Video, 256, 144), Sized(desk.Video, 192, 108), desk.Video with { ConstantRateFactor = 30 }];
        foreach (int index in new[] { 1, 2 })
        {
            byte[][] alone = [.. rungs.Select(rung => desk.Segment(rung, index))];
            int[][] companies =
            [
                [0, 1, 2, 3], [3, 2, 1, 0],
                .. from one in Enumerable.Range(0, 4) from other in Enumerable.Range(0, 4) where one != other select new[] { one, other },
            ];
            foreach (int[] company in companies)
            {
                var made = new Made(bench, new SegmentOrder(desk.Description, rungs[0], index));
                Array.ForEach(company, rung => Assert.True(made.TryJoin(rungs[rung])));
                made.Make(new FileReader(film));
                Assert.Equal(company.Select(rung => alone[rung]), made.Outputs);
            }
        }
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(4, true)]
    [InlineData(7, true)]
    [InlineData(12, false)]
    [InlineData(40, false)]
    public void Rung_ThatComesLater_IsTheBytesItIsAloneOrIsNotTaken(int afterPictures, bool expected)
    {
        SegmentOrder order = RawVideo.Segment(0);
        VideoRecipe small = Sized((VideoRecipe)order.Recipe, 160, 90);
        byte[] alone = Alone(order with { Recipe = small });
        var made = new Made(bench, order);
        Assert.True(made.TryJoin((VideoRecipe)order.Recipe));
        bool? joined = null;
        made.Make(new FileReader(RawVideo.Bytes)
        {
            OnRead = offset => joined ??= offset > afterPictures * PictureBytes ? made.TryJoin(small) : null,
        });

        Assert.Equal(expected, joined);
        Assert.Equal(expected ? [Alone(order), alone] : [Alone(order)], made.Outputs);
        Assert.All(made.Ends, end => Assert.NotNull(end.Report));
    }

    [Fact]
    public void Rung_AfterTheLastPictureOfAShortSegment_IsStillTaken()
    {
        var source = RawVideo.Segment(0).Source with { Grid = new(new Rational(24, 1), 53) };
        SegmentOrder order = RawVideo.Segment(1) with { Source = source };
        var made = new Made(bench, order);
        bool joined = false;
        Assert.True(made.TryJoin((VideoRecipe)order.Recipe));
        made.Make(new FileReader(RawVideo.Bytes)
        {
            OnRead = offset => joined = joined || (offset > 51 * PictureBytes && made.TryJoin((VideoRecipe)order.Recipe)),
        });

        Assert.True(joined);
        Assert.Equal([Alone(order), Alone(order)], made.Outputs);
    }

    [Fact]
    public void Rung_ThatLeaves_DisturbsNobody()
    {
        SegmentOrder order = RawVideo.Segment(0);
        var recipe = (VideoRecipe)order.Recipe;
        byte[] alone = Alone(order);
        using var atOnce = new CancellationTokenSource();
        atOnce.Cancel();
        using var midway = new CancellationTokenSource();
        var made = new Made(bench, order);
        Assert.True(made.TryJoin(recipe, atOnce));
        Assert.True(made.TryJoin(recipe));
        Assert.True(made.TryJoin(Sized(recipe, 160, 90), midway, midway.Cancel));
        Assert.True(made.TryJoin(recipe));
        made.Make(new FileReader(RawVideo.Bytes));

        Assert.IsType<OperationCanceledException>(made.Ends[0].Failure, exactMatch: false);
        Assert.IsType<OperationCanceledException>(made.Ends[2].Failure, exactMatch: false);
        Assert.Equal([alone, alone], [made.Outputs[1], made.Outputs[3]]);
        Assert.NotEmpty(made.Outputs[2]);
        Assert.True(made.Outputs[2].Length < alone.Length);
    }

    [Fact]
    public void Rung_ThatFails_FailsAlone()
    {
        SegmentOrder order = RawVideo.Segment(0);
        var recipe = (VideoRecipe)order.Recipe;
        var made = new Made(bench, order);
        Assert.True(made.TryJoin(recipe));
        Assert.True(made.TryJoin(recipe with { Preset = "no such preset" }));
        made.Make(new FileReader(RawVideo.Bytes));

        Assert.Equal(Alone(order), made.Outputs[0]);
        Assert.NotNull(made.Ends[0].Report);
        WorkFailure failure = Assert.IsType<TranscodeException>(made.Ends[1].Failure).Failure;
        Assert.Equal((FailureStage.Encode, FailureCause.Internal), (failure.Stage, failure.Cause));
    }

    [Fact]
    public void Source_ThatCannotBeReadMidway_FailsEveryRung()
    {
        SegmentOrder order = RawVideo.Segment(0);
        var made = new Made(bench, order);
        Assert.True(made.TryJoin((VideoRecipe)order.Recipe));
        Assert.True(made.TryJoin(Sized((VideoRecipe)order.Recipe, 160, 90)));
        made.Make(new FileReader(RawVideo.Bytes)
        {
            OnRead = offset => _ = offset > 20 * PictureBytes ? throw new IOException("The disk is gone.") : 0,
        });

        Assert.All(made.Ends, end => Assert.Equal(
            FailureCause.SourceUnreadable, Assert.IsType<TranscodeException>(end.Failure).Failure.Cause));
        Assert.NotEmpty(Alone(order));
    }

    [Fact]
    public void Decode_ThatNobodyWantsAnyMore_Stops()
    {
        SegmentOrder order = RawVideo.Segment(0);
        using var cancellation = new CancellationTokenSource();
        var made = new Made(bench, order);
        Assert.True(made.TryJoin((VideoRecipe)order.Recipe, cancellation));
        Assert.True(made.TryJoin((VideoRecipe)order.Recipe, cancellation));
        long last = 0;
        made.Make(new FileReader(RawVideo.Bytes)
        {
            OnRead = offset =>
            {
                last = Math.Max(last, offset);
                if (offset > 10 * PictureBytes)
                {
                    cancellation.Cancel();
                    made.Unwanted.WaitHandle.WaitOne();
                }
            },
        });

        Assert.All(made.Ends, end => Assert.IsType<OperationCanceledException>(end.Failure, exactMatch: false));
        Assert.InRange(last, 10 * PictureBytes, 20 * PictureBytes);
    }

    /// <summary>Nothing that was shared is metered twice, and nothing is forgotten.</summary>
    [Fact]
    public void Reports_OfOneDecode_SumToWhatItTook()
    {
        SegmentOrder order = RawVideo.Segment(0);
        var recipe = (VideoRecipe)order.Recipe;
        _ = Alone(order);
        WorkReport alone = bench.Execute(order, new FileReader(RawVideo.Bytes), _ => { }, TestContext.Current.CancellationToken);
        VideoRecipe[] rungs = [recipe, Sized(recipe, 160, 90), Sized(recipe, 80, 44)];
        var made = new Made(bench, order);
        Array.ForEach(rungs, rung => Assert.True(made.TryJoin(rung)));
        made.Make(new FileReader(RawVideo.Bytes));

        WorkReport[] reports = [.. made.Ends.Select(end => end.Report!)];
        Assert.Equal(alone.PixelsIn, reports.Sum(report => report.PixelsIn));
        Assert.Equal(alone.BytesIn, reports.Sum(report => report.BytesIn));
        Assert.Equal(rungs.Select(rung => 48L * rung.Width * rung.Height), reports.Select(report => report.PixelsOut));
        Assert.Equal(made.Outputs.Select(output => (long)output.Length), reports.Select(report => report.BytesOut));
    }

    [Fact]
    public void Rungs_BeyondTheLimit_AreNotTaken()
    {
        SegmentOrder order = RawVideo.Segment(0);
        var made = new Made(bench, order);
        for (int i = 0; i < VideoSegment.MaxRungs; i++)
        {
            Assert.True(made.TryJoin((VideoRecipe)order.Recipe));
        }

        Assert.False(made.TryJoin((VideoRecipe)order.Recipe));
        made.Make(new FileReader(RawVideo.Bytes));
        Assert.All(made.Ends, end => Assert.NotNull(end.Report));
    }

    private static VideoRecipe Sized(VideoRecipe recipe, int width, int height) => recipe with { Width = width, Height = height };

    private byte[] Alone(SegmentOrder order)
    {
        using var output = new MemoryStream();
        bench.Execute(order, new FileReader(RawVideo.Bytes), chunk => output.Write(chunk.Span), TestContext.Current.CancellationToken);
        return output.ToArray();
    }
}
