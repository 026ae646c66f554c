using System.Globalization;
using Transcode.Engine.Media;
using Transcode.Engine.Segments;
using Transcode.Engine.Tests.Media;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>Sources whose pictures come at odd times or change on the way show, at each of the grid's instants and from
/// wherever one begins, the picture that the ffmpeg program shows then.</summary>
public sealed class AwkwardTimesTests
{
    private const string H264 = "-pix_fmt yuv420p -c:v libx264 -preset veryfast -bf 2";

    [Theory]
    [InlineData("containers/uneven_frame_durations.mp4")]
    [InlineData("containers/edit_list_positive_shift.mp4")]
    [InlineData("containers/sample_edit_list_only_preroll_sync_sample.mp4")]
    [InlineData("containers/400x300-red-resize-200x150-green.mp4")]
    [InlineData("containers/frame_order.mp4")]
    [InlineData("containers/sample_with_multiple_key_frames.mkv")]
    [InlineData("containers/no-cues.webm")]
    [InlineData("containers/frames.webm")]
    [InlineData("containers/bbb_800x640_768kbps_30fps_avc_2b_firstpts_10_sec.mp4")]
    [InlineData("broken/video-overhang.ogg")]
    public async Task Pictures_OfAnAwkwardClip_AreFFmpegs(string clip)
    {
        byte[] film = await File.ReadAllBytesAsync(SharedMedia.Require(clip), TestContext.Current.CancellationToken);
        using var desk = new Desk(film);

        await AssertShowsAsync(desk, film);
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("3.4")]
    public async Task Pictures_CutByAnEditList_BeginWhereItSays(string start)
    {
        byte[] film = await FFmpeg.MakeAsync($"-f lavfi -i testsrc2=s=96x64:r=25:d=8 {H264} -g 40", "mp4");
        byte[] cut = await FFmpeg.WithFileAsync(film, path => FFmpeg.MakeAsync($"-ss {start} -i {path} -c copy", "mp4"));
        using var desk = new Desk(cut);

        await AssertShowsAsync(desk, cut);
        Assert.Equal((8 - double.Parse(start, CultureInfo.InvariantCulture)) * 25, desk.Grid.FrameCount, tolerance: 0.5);
    }

    [Theory]
    [InlineData("s=160x96", "-pix_fmt yuv420p")]
    [InlineData("s=96x64", "-pix_fmt yuv422p")]
    [InlineData("s=64x96", "-pix_fmt yuv444p")]
    public async Task Pictures_ChangingOnTheWay_AreAllShown(string size, string format)
    {
        byte[] first = await FFmpeg.MakeAsync($"-f lavfi -i testsrc2=s=96x64:r=25:d=3 {H264} -g 40", "ts");
        byte[] second = await FFmpeg.MakeAsync($"-f lavfi -i testsrc2={size}:r=25:d=3 {H264} -g 40 {format} -output_ts_offset 3.08", "ts");
        byte[] film = [.. first, .. second];
        using var desk = new Desk(film);

        await AssertShowsAsync(desk, film);
        Assert.Equal(150, desk.Grid.FrameCount);
        Assert.Equal(150, (await FFmpeg.FrameTimesAsync(desk.Whole(desk.Video))).Length);
    }

    [Theory]
    [InlineData("ts", "7.4")]
    [InlineData("ts", "70.0")]
    public async Task Pictures_WithAGap_StayUntilTheNext(string container, string offset)
    {
        byte[] first = await FFmpeg.MakeAsync($"-f lavfi -i testsrc2=s=96x64:r=25:d=3 {H264} -g 40", container);
        byte[] second = await FFmpeg.MakeAsync($"-f lavfi -i testsrc2=s=96x64:r=25:d=3 {H264} -g 40 -output_ts_offset {offset}8", container);
        byte[] film = [.. first, .. second];
        using var desk = new Desk(film);

        await AssertShowsAsync(desk, film);
        Assert.Equal((double.Parse(offset, CultureInfo.InvariantCulture) + 3) * 25, desk.Grid.FrameCount);
    }

    private static async Task AssertShowsAsync(Desk desk, byte[] film)
    {
        string[] expected = ShownPictures.Expected(await ShownPictures.WitnessAsync(film), desk.Grid);
        int last = expected.Length - 1;
        foreach (int first in new[] { 0, last * 3 / 4, last / 2, last, last / 3, last / 7 })
        {
            using var source = SourceReader.Open(new FileReader(film));
            using var reader = new PictureReader(source, desk.Description, first, deinterlacer: null);
            for (int n = first; n <= (first == 0 ? last : Math.Min(last, first + 12)); n++)
            {
                Assert.True(expected[n] == ShownPictures.Hash(reader.PictureAt(n)), $"Frame {n} of {last + 1}, reached from {first}, is another.");
            }
        }
    }
}
