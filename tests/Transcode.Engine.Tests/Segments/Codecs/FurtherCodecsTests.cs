using System.Security.Cryptography;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tests.Media;
using Xunit;

namespace Transcode.Engine.Tests.Segments.Codecs;

/// <summary>HEVC and AV1 renditions keep every promise of the H.264 ones.</summary>
public sealed class FurtherCodecsTests
{
    private const string TenBits = "-vf format=yuv420p10le -pix_fmt yuv420p10le -c:v ffv1";

    [Theory]
    [InlineData("hevc", "yuv420p", "hvc1.1.6.L30.90", "hevc,Main,hvc1,yuv420p")]
    [InlineData("hevc", "yuv420p10le", "hvc1.2.4.L30.90", "hevc,Main 10,hvc1,yuv420p10le")]
    [InlineData("av1", "yuv420p", "av01.0.00M.08.0.110.06.06.06.0", "av1,Main,av01,yuv420p")]
    [InlineData("av1", "yuv420p10le", "av01.0.00M.10.0.110.06.06.06.0", "av1,Main,av01,yuv420p10le")]
    public async Task Rendition_OfEightOrTenBits_IsDescribedAndShowsEveryFrame(string codec, string pixels, string codecString, string probed)
    {
        const int frames = 125;
        byte[] film = await CountedFilm.MakeAsync(frames, "25", pixels == "yuv420p" ? "-c:v ffv1" : TenBits, "mkv");
        using var desk = new Desk(film, offer: Offer.All);
        VideoRecipe recipe = desk.Rung($"240p-{codec}");
        byte[] whole = desk.Whole(recipe);

        Assert.Equal(codecString, CodecString.FromInit(desk.Init(recipe)));
        string[] row = Assert.Single(await FFmpeg.ProbeAsync("-show_entries stream=codec_name,profile,codec_tag_string,pix_fmt", whole));
        Assert.Equal(probed, string.Join(',', row));
        Assert.Equal(Enumerable.Range(0, frames), await CountedFilm.NumbersAsync(whole));
        Assert.Equal(
            Enumerable.Range(0, frames).Select(n => (Grid.MediaClockLeadSeconds * (long)InitSegment.Timescale(recipe)) + ((long)n * InitSegment.TicksPerFrame(recipe))),
            await FFmpeg.FrameTimesAsync(whole));
        for (int index = 0; index < desk.SegmentCount; index++)
        {
            // Each by itself, with nothing before it.
            Assert.Equal(
                Enumerable.Range((int)desk.Grid.FirstFrame(index), desk.Grid.FramesIn(index)),
                await CountedFilm.NumbersAsync(Desk.Join(desk.Init(recipe), desk.Segment(recipe, index))));
        }
    }

    [Theory]
    [InlineData("240p-hevc")]
    [InlineData("240p-av1")]
    public async Task Segment_AskedInAnyOrderAndPlace_IsTheSameBytes(string rung)
    {
        byte[] film = await FFmpeg.MakeAsync(
            "-f lavfi -i testsrc2=s=426x240:r=25:d=5.04,noise=alls=60:allf=t+u -pix_fmt yuv420p -c:v libx264 -preset ultrafast -qp 20 -g 70", "mp4");
        using var desk = new Desk(film, offer: Offer.All);
        VideoRecipe recipe = desk.Rung(rung);
        byte[] init = desk.Init(recipe);
        string[] forward = [.. desk.Segments(recipe).Select(Hash)];
        Assert.Equal(3, forward.Distinct().Count());

        for (int index = desk.SegmentCount - 1; index >= 0; index--)
        {
            Assert.Equal(forward[index], Hash(desk.Segment(recipe, index)));
            desk.Segment(desk.Rung("240p"), index);
        }

        // Each on its own workbench, several at a time on fewer cores.
        string[] alone = new string[desk.SegmentCount];
        Parallel.For(0, alone.Length, new ParallelOptions { MaxDegreeOfParallelism = alone.Length, CancellationToken = TestContext.Current.CancellationToken }, i =>
        {
            using var own = new Desk(film, offer: Offer.All);
            alone[i] = Hash(own.Segment(recipe, i));
        });
        Assert.Equal(forward, alone);
        Assert.Equal(init, desk.Init(recipe));
    }

    /// <summary>The shortest of segments: one frame, two, three.</summary>
    [Theory]
    [InlineData("240p-hevc")]
    [InlineData("240p-av1")]
    public async Task LastSegment_OfAFewFrames_HoldsThem(string rung)
    {
        for (int last = 1; last <= 3; last++)
        {
            using var desk = new Desk(await CountedFilm.MakeAsync(50 + last, "25", "-c:v ffv1", "mkv"), offer: Offer.All);
            VideoRecipe recipe = desk.Rung(rung);
            Assert.Equal(
                Enumerable.Range(50, last),
                await CountedFilm.NumbersAsync(Desk.Join(desk.Init(recipe), desk.Segment(recipe, 1))));
        }
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
