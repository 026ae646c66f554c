using System.Globalization;
using Transcode.Engine.Media;
using Transcode.Engine.Segments;
using Transcode.Engine.Tests.Media;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>Every picture of the output is the right picture of the source, at the right time.</summary>
public sealed class EveryFrameTests
{
    private const string H264 = "-c:v libx264 -preset veryfast -crf 20";

    /// <summary>Each rate in one container, and in the long form in all.</summary>
    [Theory]
    [InlineData("24000/1001", "24000/1001", 1, "mkv")]
    [InlineData("24", "24/1", 1, "mp4")]
    [InlineData("25", "25/1", 1, "ts")]
    [InlineData("30000/1001", "30000/1001", 1, "ts")]
    [InlineData("50", "50/1", 1, "mp4")]
    [InlineData("60", "60/1", 1, "mkv")]
    [InlineData("120", "60/1", 2, "ts")]
    [InlineData("15", "15/1", 1, "mkv")]
    [InlineData("12.5", "25/2", 1, "mp4")]
    public async Task Frames_ConstantRate_AreEachTheirSourceFrame(string rate, string gridRate, int every, string usual)
    {
        foreach (string container in Whole.IsAsked ? ["mp4", "mkv", "ts"] : new[] { usual })
        {
            const int frames = 124;
            byte[] film = await CountedFilm.MakeAsync(frames, rate, H264, container);
            using var desk = new Desk(film);

            Assert.Equal(gridRate, desk.Grid.FrameRate.ToString());
            Assert.Equal((frames + every - 1) / every, desk.Grid.FrameCount);
            await AssertShowsAsync(desk, [.. Enumerable.Range(0, (int)desk.Grid.FrameCount).Select(n => n * every)]);
        }
    }

    [Theory]
    [InlineData("closed GOPs with pyramid", H264 + " -g 30 -bf 3 -x264-params b-pyramid=normal", "mp4")]
    [InlineData("open GOPs", H264 + " -g 30 -bf 3 -x264-params open-gop=1", "mp4")]
    [InlineData("open GOPs in TS", H264 + " -g 30 -bf 3 -x264-params open-gop=1", "ts")]
    [InlineData("open GOPs in Matroska", H264 + " -g 30 -bf 3 -x264-params open-gop=1", "mkv")]
    [InlineData("MPEG-2 open GOPs", "-c:v mpeg2video -q:v 3 -g 15 -bf 2", "ts")]
    [InlineData("MPEG-2 in a program stream", "-vf noise=alls=30:allf=t -c:v mpeg2video -q:v 2 -g 15 -bf 2 -f vob", "mpg")]
    [InlineData("GOPs of ten seconds", H264 + " -g 250 -keyint_min 250 -sc_threshold 0", "mp4")]
    [InlineData("GOPs of ten seconds in TS", H264 + " -g 250 -keyint_min 250 -sc_threshold 0", "ts")]
    [InlineData("intra refresh has one keyframe", H264 + " -g 25 -x264-params intra-refresh=1", "mp4")]
    [InlineData("MPEG-4 part 2 in AVI", "-c:v mpeg4 -q:v 3 -g 100", "avi")]
    [InlineData("VP9 in WebM", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -b:v 300k -g 100", "webm")]
    [InlineData("fragmented MP4", H264 + " -g 50 -movflags +frag_keyframe+empty_moov", "mp4")]
    [InlineData("Matroska without cues", H264 + " -g 50 -f matroska -live 1", "mkv")]
    public async Task Frames_AnyGroupsOfPictures_AreEachTheirSourceFrame(string what, string arguments, string container)
    {
        const int frames = 300;
        byte[] film = await CountedFilm.MakeAsync(frames, "25", arguments, container);
        using var desk = new Desk(film);

        Assert.True(desk.Grid.FrameRate == new Rational(25, 1), what);
        Assert.Equal(frames, desk.Grid.FrameCount);
        await AssertShowsAsync(desk, [.. Enumerable.Range(0, frames)], [3, 0, 5, 2, 1, 4]);
    }

    [Theory]
    [InlineData("mp4", "-output_ts_offset 86400")]
    [InlineData("ts", "-output_ts_offset 90000 -muxpreload 0 -muxdelay 0")]
    [InlineData("ts", "-output_ts_offset 95440 -muxpreload 0 -muxdelay 0")]
    [InlineData("mkv", "-output_ts_offset 7200")]
    public async Task Frames_StartFarFromZero_AreEachTheirSourceFrame(string container, string offset)
    {
        byte[] film = await CountedFilm.MakeAsync(150, "25", $"{H264} -g 40 {offset}", container);
        using var desk = new Desk(film);

        Assert.Equal(150, desk.Grid.FrameCount);
        await AssertShowsAsync(desk, [.. Enumerable.Range(0, 150)], [2, 1, 0]);
    }

    /// <summary>AVI gives reordered pictures no time, and libav shows the first one a frame late; none may be lost at the end.</summary>
    [Fact]
    public async Task Frames_ReorderedInAvi_EndWithTheLastPicture()
    {
        byte[] film = await CountedFilm.MakeAsync(100, "25", "-c:v mpeg4 -q:v 3 -g 30 -bf 2", "avi");
        using var desk = new Desk(film);

        Assert.Equal(101, desk.Grid.FrameCount);
        await AssertShowsAsync(desk, [0, .. Enumerable.Range(0, 100)], [2, 0, 1]);
    }

    [Fact]
    public async Task Frames_VaryingRate_AreTheLastShownByThen()
    {
        byte[] film = await CountedFilm.MakeAsync(
            150, "1000", $"-vf setpts='(N*37+mod(N*N*7,29))/1000/TB' -enc_time_base 1:1000 -fps_mode passthrough {H264} -g 40", "mkv");
        long[] times = await FFmpeg.FrameTimesAsync(film);
        using var desk = new Desk(film);

        Assert.Equal(150, times.Length);
        Assert.Equal("30/1", desk.Grid.FrameRate.ToString());
        await AssertShowsAsync(desk, CountedFilm.Expected([.. times.Select(t => new Rational(t - times[0], 1000))], desk.Grid), [1, 2, 0]);
    }

    [Fact]
    public async Task Frames_PictureLaterThanSound_BeginWithTheFirstPicture()
    {
        byte[] film = await CountedFilm.MakeAsync(
            100, "25", $"-map 0:v -map 1:a {H264} -c:a aac -shortest", "mp4", "-itsoffset 0 -f lavfi -t 5 -i sine=r=48000");
        byte[] late = await FFmpeg.WithFileAsync(film, path => FFmpeg.MakeAsync(
            $"-i {path} -itsoffset 1.2 -i {path} -map 0:a -map 1:v -c copy", "mkv"));
        using var desk = new Desk(late);
        int[] numbers = await CountedFilm.NumbersAsync(desk.Whole(desk.Video));

        // 1.2 s are 30 frames; AAC's priming, about half a frame, lies before the picture's own zero.
        string[][] starts = await FFmpeg.ProbeAsync("-show_entries format=start_time:stream=codec_type,start_time", late);
        double gap = double.Parse(starts.Single(r => r[0] == "video")[1], CultureInfo.InvariantCulture) - double.Parse(starts[^1][0], CultureInfo.InvariantCulture);
        int lead = (int)Math.Ceiling((gap * 25) - 0.4);
        Assert.InRange(lead, 29, 31);
        Assert.Equal([.. Enumerable.Repeat(0, lead), .. Enumerable.Range(0, numbers.Length - lead)], numbers);
        Assert.Equal(desk.Grid.FrameCount, numbers.Length);
    }

    [Fact]
    public async Task Frames_SoundOutlastsPicture_StayOnTheLastPicture()
    {
        byte[] film = await CountedFilm.MakeAsync(
            75, "25", $"-map 0:v -map 1:a {H264} -c:a flac -strict -2", "mkv", "-f lavfi -t 7 -i sine=r=48000");
        using var desk = new Desk(film);

        Assert.Equal(175, desk.Grid.FrameCount);
        await AssertShowsAsync(desk, [.. Enumerable.Range(0, 175).Select(n => Math.Min(n, 74))], [3, 0, 2, 1]);
    }

    /// <param name="desk">With the film.</param>
    /// <param name="expected">Number of the source's picture, a frame.</param>
    /// <param name="order">In which the segments are asked for.</param>
    private static async Task AssertShowsAsync(Desk desk, int[] expected, int[]? order = null)
    {
        order ??= [.. Enumerable.Range(0, desk.SegmentCount)];
        Assert.Equal(Enumerable.Range(0, desk.SegmentCount), order.Order());
        byte[][] segments = new byte[order.Length][];
        foreach (int index in order)
        {
            segments[index] = desk.Segment(desk.Video, index);
        }

        byte[] whole = Desk.Join([desk.Init(desk.Video), .. segments]);
        Assert.Equal(expected, await CountedFilm.NumbersAsync(whole));
        int timescale = InitSegment.Timescale(desk.Video);
        int ticks = InitSegment.TicksPerFrame(desk.Video);
        Assert.Equal(new Rational(timescale, ticks), desk.Grid.FrameRate);
        Assert.Equal(
            Enumerable.Range(0, expected.Length).Select(n => ((long)Grid.MediaClockLeadSeconds * timescale) + ((long)n * ticks)),
            await FFmpeg.FrameTimesAsync(whole));
    }
}
