using System.Globalization;
using System.Text;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Segments.Copying;

/// <summary>The source's own video, cut on the grid: the same pictures at the same times as everything that is encoded.</summary>
public sealed class CopyTests
{
    private const string H264 = "-c:v libx264 -preset veryfast -sc_threshold 0";
    private const string Picture = "-f lavfi -i testsrc2=s=256x144:r=25 -t 7 -pix_fmt yuv420p";

    [Theory]
    [InlineData("B-frames in a pyramid", H264 + " -g 50 -bf 3 -x264-params b-pyramid=normal", "mp4", "avc1", 2)]
    [InlineData("keyframes twice a second", H264 + " -g 10", "mp4", "avc1", 2)]
    [InlineData("QuickTime", H264 + " -g 50", "mov", "avc1", 2, Explicit = true)]
    [InlineData("the table at the front", H264 + " -g 25 -movflags +faststart", "mp4", "avc1", 2, Explicit = true)]
    [InlineData("no B-frames", H264 + " -g 50 -bf 0", "mp4", "avc1", 2)]
    [InlineData("without an edit list", H264 + " -g 50 -use_editlist 0", "mp4", "avc1", 2)]
    [InlineData("starting far from zero", H264 + " -g 50 -output_ts_offset 86400", "mp4", "avc1", 2, Explicit = true)]
    [InlineData("parameter sets in the stream", H264 + " -g 50 -x264-params repeat-headers=1", "mp4", "avc1", 2, true)]
    [InlineData("HEVC", "-c:v libx265 -preset ultrafast -x265-params keyint=50:min-keyint=50:scenecut=0:open-gop=0:log-level=none -tag:v hvc1", "mp4", "hvc1", 2)]
    [InlineData("HEVC that says it may have sets in the stream", "-c:v libx265 -preset ultrafast -x265-params keyint=50:min-keyint=50:scenecut=0:open-gop=0:log-level=none -tag:v hev1", "mp4", "hvc1", 2)]
    [InlineData("HEVC that has", "-c:v libx265 -preset ultrafast -x265-params keyint=50:min-keyint=50:scenecut=0:open-gop=0:log-level=none:repeat-headers=1 -tag:v hev1", "mp4", "hvc1", 2, true)]
    [InlineData("AV1", "-c:v libsvtav1 -preset 12 -g 50 -svtav1-params lp=1", "mp4", "av01", 0)]
    public async Task Segments_OfTheSource_AreItsPacketsAndPictures(string what, string arguments, string container, string entry, int reorder, bool repeats = false)
    {
        byte[] film = await FFmpeg.MakeAsync($"{Picture} {arguments}", container);
        using var desk = new Desk(film);
        Assert.True(desk.Description.Copy is not null, $"{what}: {desk.Description.CopyRefusal}");
        CopyRecipe recipe = desk.Original;
        byte[] init = desk.Init(recipe);
        byte[][] segments = desk.Segments(recipe);

        Assert.Equal((entry, reorder), (recipe.SampleEntry, recipe.ReorderFrames));
        Assert.StartsWith(entry, CodecString.FromInit(init), StringComparison.Ordinal);
        Assert.Equal([50, 50, 50, 25], Enumerable.Range(0, desk.SegmentCount).Select(desk.Grid.FramesIn));
        string[] packets = await HashesAsync(film, "-c copy");
        string[] pictures = await HashesAsync(film, "-fps_mode passthrough");
        for (int index = 0; index < segments.Length; index++)
        {
            byte[] piece = Desk.Join(init, segments[index]);
            int first = (int)desk.Grid.FirstFrame(index), count = desk.Grid.FramesIn(index);
            Assert.Equal(pictures.Skip(first).Take(count), await HashesAsync(piece, "-fps_mode passthrough"));
            // Sets that the header has are left out of keyframes; all else is the same to the byte.
            int passed = repeats ? 1 : 0;
            Assert.Equal(packets.Skip(first + passed).Take(count - passed), (await HashesAsync(piece, "-c copy")).Skip(passed));
        }

        Assert.Equal(Times(desk, recipe), await FFmpeg.FrameTimesAsync(Desk.Join([init, .. segments])));
        Assert.Equal(await FFmpeg.FrameTimesAsync(desk.Whole(desk.Video)), await FFmpeg.FrameTimesAsync(Desk.Join([init, .. segments])));
    }

    /// <summary>The first decode time of every segment is where the one before ended.</summary>
    [Theory]
    [InlineData(H264 + " -g 50 -bf 8 -x264-params b-pyramid=strict:b-adapt=0", 2)]
    [InlineData("-c:v libx265 -preset medium -x265-params keyint=50:min-keyint=50:scenecut=0:open-gop=0:bframes=8:b-adapt=0:log-level=none", 2)]
    public async Task DecodeTimes_OfTheSource_MeetAndRunAheadAsOfRungs(string arguments, int reorder)
    {
        byte[] film = await FFmpeg.MakeAsync($"{Picture} {arguments}", "mp4");
        using var desk = new Desk(film);
        string[][] rows = await FFmpeg.ProbeAsync("-select_streams v:0 -show_entries packet=dts,duration", desk.Whole(desk.Original));
        long[] decoded = [.. rows.Select(row => long.Parse(row[0], CultureInfo.InvariantCulture))];

        int ticks = InitSegment.TicksPerFrame(desk.Original);
        Assert.Equal(reorder, desk.Original.ReorderFrames);
        Assert.Equal(Times(desk, desk.Original).Select(time => time - ((long)reorder * ticks)), decoded);
    }

    [Theory]
    [InlineData("24000/1001", 48, 48)]
    [InlineData("24000/1001", 24, 48)]
    [InlineData("24000/1001", 47, 47)]
    [InlineData("30000/1001", 60, 60)]
    [InlineData("30000/1001", 15, 60)]
    [InlineData("30", 30, 60)]
    [InlineData("30", 45, 45)]
    [InlineData("25", 12, 48)]
    [InlineData("24", 250, null)]
    [InlineData("25", 51, null)]
    public async Task Grid_OfASource_IsCutWhereItsKeyframesAre(string rate, int keyframesApart, int? segmentFrames)
    {
        byte[] film = await CountedFilm.MakeAsync(300, rate, $"{H264} -g {keyframesApart}", "mp4");
        using var desk = new Desk(film);

        Assert.Equal(segmentFrames is null, desk.Description.Copy is null);
        Assert.Equal(segmentFrames ?? (int)desk.Grid.FrameRate.FloorOf(2), desk.Grid.SegmentFrames);
        if (segmentFrames is not null)
        {
            Assert.Equal(Enumerable.Range(0, 300), await CountedFilm.NumbersAsync(desk.Whole(desk.Original)));
            Assert.Equal(Enumerable.Range(0, 300), await CountedFilm.NumbersAsync(desk.Whole(desk.Video)));
        }
    }

    /// <summary>Where the source leaves pictures out, the one before lasts, as in every rung.</summary>
    [Fact]
    public async Task Pictures_LeftOutInTheSource_LeaveTheOnesBefore()
    {
        byte[] film = await CountedFilm.MakeAsync(
            200, "25", $"-vf select='not(eq(mod(n,40),13))' -fps_mode vfr {H264} -bf 2 -force_key_frames expr:gte(t,n_forced*2)", "mp4");
        using var desk = new Desk(film);
        Assert.Null(desk.Description.CopyRefusal);
        byte[] copy = desk.Whole(desk.Original);
        int[] shown = await CountedFilm.NumbersAsync(copy);
        long[] times = await FFmpeg.FrameTimesAsync(copy);

        Assert.Equal(Enumerable.Range(0, 200).Where(n => n % 40 != 13), shown);
        Assert.Equal(shown.Select(n => Times(desk, desk.Original)[n]), times);
        Assert.Equal(Enumerable.Range(0, 200).Select(n => n % 40 == 13 ? n - 1 : n), await CountedFilm.NumbersAsync(desk.Whole(desk.Video)));
        string[][] decoded = await FFmpeg.ProbeAsync("-select_streams v:0 -show_entries packet=dts", copy);
        int ahead = 2 * InitSegment.TicksPerFrame(desk.Original);
        Assert.Equal(times.Select(time => time - ahead), decoded.Select(row => long.Parse(row[0], CultureInfo.InvariantCulture)));
    }

    /// <summary>As in every rung, the first picture is shown until the second one's turn.</summary>
    [Fact]
    public async Task Picture_LaterThanTheSound_IsShownFromTheBeginning()
    {
        byte[] film = await CountedFilm.MakeAsync(98, "25", $"{H264} -bf 2 -force_key_frames expr:eq(n,0)+eq(n,48)", "mp4");
        byte[] late = await FFmpeg.WithFileAsync(film, path => FFmpeg.MakeAsync(
            $"-f lavfi -t 4 -i sine=r=48000 -itsoffset 0.08 -i {path} -map 0:a -map 1:v -c:v copy -c:a pcm_s16le", "mov"));
        using var desk = new Desk(late);
        Assert.Null(desk.Description.CopyRefusal);
        byte[] copy = desk.Whole(desk.Original);

        Assert.Equal(Enumerable.Range(0, 98), await CountedFilm.NumbersAsync(copy));
        Assert.Equal(Times(desk, desk.Original).Where((_, n) => n is not (1 or 2)), await FFmpeg.FrameTimesAsync(copy));
        Assert.Equal(Enumerable.Range(0, 100).Select(n => Math.Max(0, n - 2)), await CountedFilm.NumbersAsync(desk.Whole(desk.Video)));
    }

    [Fact]
    public async Task Rates_OfTheSource_AreThoseOfItsSegments()
    {
        byte[] film = await FFmpeg.MakeAsync($"{Picture} {H264} -g 25 -b:v 900k", "mp4");
        using var desk = new Desk(film);
        Rendition original = desk.Ladder.Video[^1];
        int[] sizes = [.. desk.Segments(original.Recipe).Select(segment => segment.Length)];
        double peak = Enumerable.Range(0, sizes.Length).Max(index => sizes[index] * 8 / (desk.Grid.FramesIn(index) / 25.0));
        double average = sizes.Sum() * 8 / desk.Grid.Duration.TotalSeconds;

        // What is left over is the bound of the container's bytes: 160 a chunk and 16 a picture.
        const double container = 8 * (64 + (8 * 160) + (50 * 16)) / 2.0;
        Assert.InRange(original.PeakBitsPerSecond, peak, peak + (2 * container));
        Assert.InRange(original.AverageBitsPerSecond, average, average + (2 * container));
    }

    [Fact]
    public async Task Rungs_ThatPromiseMoreThanTheSource_AreLeftOutButTheSmallest()
    {
        byte[] thin = await FFmpeg.MakeAsync("-f lavfi -i color=s=1920x1080:r=25 -t 4 -pix_fmt yuv420p " + H264 + " -g 50", "mp4");
        byte[] rich = await FFmpeg.MakeAsync(
            "-f rawvideo -s 640x360 -pix_fmt yuv420p -r 25 -t 4 -i /dev/urandom -c:v libx264 -preset ultrafast -g 50 -b:v 6M -maxrate 6M -bufsize 6M", "mp4");
        using var small = new Desk(thin);
        using var large = new Desk(rich);

        Assert.Equal(["240p", "source"], small.Ladder.Video.Select(rung => rung.Name));
        Assert.Equal(["360p", "240p", "source"], large.Ladder.Video.Select(rung => rung.Name));
    }

    [Fact]
    public async Task Segments_InAnyOrder_AreTheSameBytes()
    {
        byte[] film = await FFmpeg.MakeAsync($"{Picture} {H264} -g 50 -bf 3", "mp4");
        using var one = new Desk(film);
        using var other = new Desk(film);
        byte[][] forward = one.Segments(one.Original);
        byte[][] backward = [.. Enumerable.Range(0, other.SegmentCount).Reverse().Select(index => other.Segment(other.Original, index)).Reverse()];

        Assert.Equal(forward, backward);
        Assert.Equal(one.Init(one.Original), other.Init(other.Original));
    }

    [Fact]
    public async Task Pixels_ThatAreNotSquare_KeepTheirShape()
    {
        byte[] film = await FFmpeg.MakeAsync($"-f lavfi -i testsrc2=s=360x288:r=25 -t 2 -vf setsar=64/45 -pix_fmt yuv420p {H264} -g 50", "mp4");
        using var desk = new Desk(film);
        string[][] shape = await FFmpeg.ProbeAsync(
            "-select_streams v:0 -show_entries stream=width,height,sample_aspect_ratio", desk.Whole(desk.Original));

        Assert.Equal((512, 288), (desk.Original.Width, desk.Original.Height));
        Assert.Equal(["360", "288", "64:45"], shape[0]);
    }

    [Fact]
    public async Task HighDynamicRange_OfTheSource_IsKept()
    {
        const string display = "master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50):max-cll=1000,400";
        (string filter, string options) = FFmpeg.WideColours("smpte2084");
        byte[] film = await FFmpeg.MakeAsync(
            $"-f lavfi -i testsrc2=s=256x144:r=25 -t 2 -vf {filter} -pix_fmt yuv420p10le {options} "
            + $"-c:v libx265 -preset ultrafast -x265-params keyint=50:open-gop=0:log-level=none:{display} -tag:v hvc1", "mp4");
        using var desk = new Desk(film);
        byte[] init = desk.Init(desk.Original);
        string[][] colors = await FFmpeg.ProbeAsync(
            "-select_streams v:0 -show_entries stream=color_space,color_transfer,color_primaries", desk.Whole(desk.Original));

        Assert.Equal(DynamicRange.Pq, desk.Original.DynamicRange);
        Assert.StartsWith("hvc1.2.4.L", CodecString.FromInit(init), StringComparison.Ordinal);
        Assert.Equal(["bt2020nc", "smpte2084", "bt2020"], colors[0]);
        Assert.True(init.AsSpan().IndexOf("mdcv"u8) > 0 && init.AsSpan().IndexOf("clli"u8) > 0);
    }

    /// <summary>What a table could not know is found out where it is made, and said.</summary>
    [Fact]
    public async Task Segment_WhoseFirstPictureIsNoKeyframe_IsRefused()
    {
        byte[] film = await FFmpeg.MakeAsync($"{Picture} {H264} -g 50", "mp4");
        using var desk = new Desk(film);
        using var damaged = new Desk(await DamagedFilm.WithoutIdrAsync(film, which: 1));

        Assert.NotNull(desk.Description.Copy);
        byte[] Make(int index) => damaged.Execute(new SegmentOrder(desk.Description, desk.Original, index));
        Assert.Equal(desk.Segment(desk.Original, 0), Make(0));
        Assert.Equal(FailureStage.Demux, Assert.Throws<TranscodeException>(() => Make(1)).Failure.Stage);
        Assert.Equal(desk.Segment(desk.Original, 2), Make(2));
    }

    private static long[] Times(Desk desk, CopyRecipe recipe)
    {
        long lead = (long)Grid.MediaClockLeadSeconds * InitSegment.Timescale(recipe);
        return [.. Enumerable.Range(0, (int)desk.Grid.FrameCount).Select(n => lead + ((long)n * InitSegment.TicksPerFrame(recipe)))];
    }

    /// <summary>A hash of every picture, or of every packet, in the file's order.</summary>
    private static async Task<string[]> HashesAsync(byte[] file, string how)
    {
        byte[] text = await FFmpeg.WithFileAsync(file, path => FFmpeg.RunAsync($"-xerror -i {path} -map 0:v:0 {how} -f framemd5 pipe:1"));
        return [.. Encoding.ASCII.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#').Select(line => line.Split(',')[^1].Trim())];
    }
}
