using System.Security.Cryptography;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>A segment's bytes depend on source, recipe and index alone.</summary>
public sealed class PurityTests
{
    private const string Picture = "-f lavfi -i testsrc2=s=192x108:r=25:d=9";
    private const string Sound = "-f lavfi -i aevalsrc=exprs=0.3*sin(2*PI*(300+20*t)*t):s=44100:d=9";
    private const string Codecs = "-c:v libx264 -preset veryfast -g 70 -bf 3 -pix_fmt yuv420p -c:a aac";

    [Theory]
    [InlineData("mpegts", "ts")]
    [InlineData("mp4", "mp4")]
    [InlineData("mp4 -movflags +frag_keyframe+empty_moov", "mp4")]
    [InlineData("matroska", "mkv")]
    [InlineData("matroska -live 1", "mkv")]
    public async Task Segment_AskedInAnyOrderAndPlace_IsTheSameBytes(string format, string extension)
    {
        byte[] film = await FFmpeg.MakeAsync($"{Picture} {Sound} {Codecs} -f {format}", extension);
        byte[] other = await FFmpeg.MakeOnceAsync($"{Picture} -c:v mpeg4 -g 40", "avi");
        AssertPure(film, other);
    }

    [Theory]
    [InlineData("broken/missing-keyframe-labels.ts", Explicit = true)]
    [InlineData("broken/missing-dts.ts")]
    [InlineData("broken/kryp-2.ts")]
    [InlineData("broken/decode_error.mp4")]
    [InlineData("broken/decode_error_vp9.webm")]
    [InlineData("broken/chained-audio-video.ogg")]
    [InlineData("broken/sample_with_invalid_nalu.mp4")]
    [InlineData("broken/ffgtest_test_case_1388991.mp4")]
    [InlineData("natural/cockatoo.mp4", Explicit = true)]
    public async Task Segment_OfADamagedSource_IsTheSameBytes(string clip)
    {
        byte[] film = await File.ReadAllBytesAsync(SharedMedia.Require(clip), TestContext.Current.CancellationToken);
        AssertPure(film, await FFmpeg.MakeOnceAsync($"{Picture} -c:v mpeg4 -g 40", "avi"));
    }

    private static void AssertPure(byte[] film, byte[] other)
    {
        using var desk = new Desk(film);
        Recipe[] recipes = [.. desk.Ladder.Renditions.Where(r => r.Name is "240p" or "audio").Select(r => r.Recipe)];
        Assert.NotEmpty(recipes);
        int count = Math.Min(5, desk.SegmentCount);

        // The first two, which know of nothing before them and of something, and the last: all of them in the long form.
        int[] places = [.. Enumerable.Range(0, count).Where(index => Whole.IsAsked || index < 2 || index == count - 1)];
        (Recipe Recipe, int Index)[] orders = [.. recipes.SelectMany(recipe => places.Select(index => (recipe, index)))];
        string[] forward = [.. orders.Select(order => Outcome(desk, order))];

        Assert.Equal(forward.Reverse(), orders.Reverse().Select(order => Outcome(desk, order)));
        using (var bench = new Workbench())
        {
            using var fresh = new Desk(film, bench);
            Assert.Equal(forward[^1], Outcome(fresh, orders[^1]));
            using var between = new Desk(other, bench);
            between.Segment(between.Video, 1);
            Assert.Equal(forward[places.Length / 2], Outcome(fresh, orders[places.Length / 2]));
        }

        // Each first thing on its own workbench, two at a time.
        string[] alone = new string[orders.Length];
        Parallel.For(0, orders.Length, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken }, i =>
        {
            using var own = new Desk(film);
            Assert.Equal(desk.Description.Grid, own.Description.Grid);
            alone[i] = Outcome(own, orders[i]);
        });
        Assert.Equal(forward, alone);
    }

    /// <summary>The bytes' hash; where a damaged source has nothing there, why.</summary>
    private static string Outcome(Desk desk, (Recipe Recipe, int Index) order)
    {
        try
        {
            return Convert.ToHexStringLower(SHA256.HashData(desk.Segment(order.Recipe, order.Index)));
        }
        catch (TranscodeException exception)
        {
            return exception.Failure.Cause.ToString();
        }
    }
}
