using System.Globalization;
using System.Text;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>Subtitles of any codec become segments of WebVTT, each a function of source, recipe and index.</summary>
public sealed class TextTests
{
    private const string Head = "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:90000,LOCAL:00:00:00.000\n";

    private const string Words =
        """
        1
        00:00:01,000 --> 00:00:02,500
        First <i>words</i>

        2
        00:00:26,000 --> 00:00:34,000
        Across & over
        the boundary

        3
        00:00:45,250 --> 00:00:46,000
        Second segment

        4
        00:01:03,000 --> 00:01:04,000
        Ümläut → 漢字

        """;

    [Theory]
    [InlineData("mkv", "-c:s srt", "subrip")]
    [InlineData("mkv", "-c:s ass", "ass")]
    [InlineData("mkv", "-c:s webvtt", "webvtt")]
    [InlineData("mp4", "-c:s mov_text", "mov_text")]
    public async Task Text_AnyCodec_IsTheSameCues(string container, string codec, string name)
    {
        using var desk = new Desk(await FilmAsync(Words, container, codec, seconds: 70));
        TextTrack track = Assert.Single(desk.Description.Text);
        var recipe = (TextRecipe)Assert.Single(desk.Ladder.Text).Recipe;

        Assert.Equal((name, TextForm.Words, "ger"), (track.Codec, track.Form, track.Language));
        Assert.Equal(3, recipe.SegmentCount(desk.Grid));
        Assert.Equal(
            Head + "\n00:00:01.000 --> 00:00:02.500\nFirst <i>words</i>\n\n00:00:26.000 --> 00:00:34.000\nAcross &amp; over\nthe boundary\n",
            Encoding.UTF8.GetString(desk.Segment(recipe, 0)));
        Assert.Equal(
            Head + "\n00:00:26.000 --> 00:00:34.000\nAcross &amp; over\nthe boundary\n\n00:00:45.250 --> 00:00:46.000\nSecond segment\n",
            Encoding.UTF8.GetString(desk.Segment(recipe, 1)));
        Assert.Equal(Head + "\n00:01:03.000 --> 00:01:04.000\nÜmläut → 漢字\n", Encoding.UTF8.GetString(desk.Segment(recipe, 2)));
    }

    /// <summary>The witness is ffmpeg's own WebVTT reader.</summary>
    [Fact]
    public async Task Text_Segments_AreReadByFfmpeg()
    {
        using var desk = new Desk(await FilmAsync(Words, "mkv", "-c:s srt", seconds: 70));
        byte[] segment = desk.Segment(desk.Ladder.Text[0].Recipe, 1);
        string read = Encoding.UTF8.GetString(await FFmpeg.RunAsync("-f webvtt -i pipe:0 -f srt pipe:1", segment)).Replace("\r", "", StringComparison.Ordinal);

        Assert.Equal(
            "1\n00:00:26,000 --> 00:00:34,000\nAcross & over\nthe boundary\n\n2\n00:00:45,250 --> 00:00:46,000\nSecond segment\n\n", read);
    }

    /// <summary>A source that starts late has its text where its pictures are.</summary>
    [Fact]
    public async Task Text_OfASourceThatStartsLate_LiesOnTheTimeline()
    {
        byte[] film = await FilmAsync(Words, "mkv", "-c:s srt -output_ts_offset 100", seconds: 6);
        using var desk = new Desk(film);

        Assert.Equal(Head + "\n00:00:01.000 --> 00:00:02.500\nFirst <i>words</i>\n", Encoding.UTF8.GetString(desk.Segment(desk.Ladder.Text[0].Recipe, 0)));
    }

    /// <summary>Whatever was asked before, by whichever bench, and whether the container seeks well or not at all.</summary>
    [Theory]
    [InlineData("mkv", "-c:s srt")]
    [InlineData("mkv", "-c:s srt -cues_to_front 0 -live 1")]
    [InlineData("mp4", "-c:s mov_text")]
    public async Task Text_AnyOrder_IsTheSameBytes(string container, string codec)
    {
        byte[] film = await FilmAsync(Spoken(240), container, codec, seconds: 240);
        using var desk = new Desk(film);
        Recipe recipe = desk.Ladder.Text[0].Recipe;
        byte[][] forward = [.. Enumerable.Range(0, 8).Select(index => desk.Segment(recipe, index))];
        foreach (int index in new[] { 7, 2, 5, 0 })
        {
            using var fresh = new Desk(film);
            Assert.Equal(forward[index], fresh.Segment(recipe, index));
            Assert.Equal(forward[index], desk.Segment(recipe, index));
        }

        // Every cue begins in exactly one segment: all are there.
        string[] cues = [.. forward.SelectMany(segment => Encoding.UTF8.GetString(segment).Split('\n')).Where(line => line.StartsWith("Line ", StringComparison.Ordinal)).Distinct()];
        Assert.Equal(80, cues.Length);
    }

    /// <summary>Ten minutes in, what is read is about the stretch that is looked at, not the film.</summary>
    [Theory]
    [InlineData("mkv", "-c:s srt", 0.35)]
    [InlineData("mp4", "-c:s mov_text", 0.1)]
    public async Task Text_DeepInside_ReadsLittle(string container, string codec, double share)
    {
        byte[] film = await FilmAsync(
            Spoken(600), container, codec + " -map 2:a -c:a flac -strict -2", seconds: 600, input: "-f lavfi -i anoisesrc=r=48000:d=600");
        var bytes = new FileReader(film);
        using var desk = new Desk(bytes);
        using var bench = new Workbench();
        Recipe recipe = desk.Ladder.Text[0].Recipe;
        bench.Execute(new ProbeOrder(), bytes, _ => { }, TestContext.Current.CancellationToken);
        WorkReport report = bench.Execute(
            new SegmentOrder(desk.Description, recipe, 15), bytes, _ => { }, TestContext.Current.CancellationToken);

        Assert.True(film.Length > 20_000_000, $"{film.Length} bytes");
        Assert.InRange(report.BytesIn, 1, film.Length * share);
    }

    [Fact]
    public async Task Text_MoreThanASegmentHolds_EndsAtAWholeCue()
    {
        var many = new StringBuilder();
        for (int i = 0; i < 900; i++)
        {
            many.Append(CultureInfo.InvariantCulture, $"{i}\n00:00:0{i / 100},{i % 100:D2}0 --> 00:00:09,900\n{new string('x', 100)} {i}\n\n");
        }

        using var desk = new Desk(await FilmAsync(many.ToString(), "mkv", "-c:s srt", seconds: 10));
        var recipe = (TextRecipe)desk.Ladder.Text[0].Recipe;
        string text = Encoding.UTF8.GetString(desk.Segment(recipe, 0));

        Assert.InRange(text.Length, recipe.MaxBytes - 200, recipe.MaxBytes);
        Assert.EndsWith(text.Split('\n')[^2], $"{new string('x', 100)} {text.Split("-->").Length - 2}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sample_with_srt.mkv")]
    [InlineData("sample_with_ass_subtitles.mkv")]
    [InlineData("sample_with_overlapping_srt.mkv")]
    [InlineData("sample_with_overlapping_ssa_subtitles.mkv")]
    public async Task Text_OfClips_HasTheCuesFfmpegSees(string clip)
    {
        byte[] film = await File.ReadAllBytesAsync(SharedMedia.Require("subtitles/" + clip), TestContext.Current.CancellationToken);
        using var desk = new Desk(film);
        string[] ours = Times(Encoding.UTF8.GetString(desk.Segment(desk.Ladder.Text[0].Recipe, 0)));
        string[] theirs = Times(Encoding.UTF8.GetString(await FFmpeg.WithFileAsync(film, path => FFmpeg.RunAsync($"-i {path} -map 0:s:0 -f webvtt pipe:1"))));

        Assert.NotEmpty(ours);
        Assert.Equal(theirs, ours);
    }

    [Theory]
    [InlineData("sample_with_pgs_subtitles.mkv", "hdmv_pgs_subtitle")]
    [InlineData("sample_with_vobsub.mkv", "dvd_subtitle")]
    public async Task Pictures_OfWords_AreListedAndNotOffered(string clip, string codec)
    {
        using var desk = new Desk(await File.ReadAllBytesAsync(SharedMedia.Require("subtitles/" + clip), TestContext.Current.CancellationToken));

        Assert.Equal((codec, TextForm.Pictures, "eng"), desk.Description.Text.Select(track => (track.Codec, track.Form, track.Language)).Single());
        Assert.Empty(desk.Ladder.Text);
    }

    [Fact]
    public async Task Text_BeyondTheEnd_IsRefused()
    {
        using var desk = new Desk(await FilmAsync(Words, "mkv", "-c:s srt", seconds: 70));

        var refused = Assert.Throws<TranscodeException>(() => desk.Segment(desk.Ladder.Text[0].Recipe, 3));
        Assert.Equal(FailureCause.OutOfRange, refused.Failure.Cause);
    }

    /// <summary>Cue times, shortened as ffmpeg writes them.</summary>
    private static string[] Times(string webVtt) => [.. webVtt.Split('\n').Where(line => line.Contains("-->", StringComparison.Ordinal))
        .Select(line => string.Join(" --> ", line.Split(" --> ").Select(time => time.Length > 9 && time.StartsWith("00:", StringComparison.Ordinal) ? time[3..] : time)))];

    private static string Spoken(int seconds)
    {
        var text = new StringBuilder();
        for (int at = 0; at < seconds; at += 3)
        {
            text.Append(CultureInfo.InvariantCulture, $"{at}\n{TimeSpan.FromSeconds(at):hh\\:mm\\:ss},100 --> {TimeSpan.FromSeconds(at + 2):hh\\:mm\\:ss},900\nLine {at}\n\n");
        }

        return text.ToString();
    }

    /// <param name="words">SubRip.</param>
    /// <param name="container">The file's extension.</param>
    /// <param name="options">Of the output.</param>
    /// <param name="seconds">Length of the picture.</param>
    /// <param name="input">A third input.</param>
    private static Task<byte[]> FilmAsync(string words, string container, string options, int seconds, string input = "") =>
        FFmpeg.WithFileAsync(Encoding.UTF8.GetBytes(words), path => FFmpeg.MakeAsync(
            $"-f lavfi -i color=black:s=64x36:r=25:d={seconds} -f srt -i {path} {input} -map 0:v -map 1:s "
            + $"-c:v libx264 -preset ultrafast -g 50 -metadata:s:s:0 language=ger {options} -t {seconds}", container));
}
