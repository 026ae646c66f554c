using Appliance.Tests.Hosting;

namespace Appliance.Tests.Acceptance;

/// <summary>What a running box serves, read by programs that others wrote, and by the rules of the standards.</summary>
public sealed class OracleTests(MadeFilm film, ITestOutputHelper output)
{
    private static readonly string[] Handful =
    [
        "containers/portrait.ts", "containers/sample.avi", "containers/four-colors.mp4", "containers/uneven_frame_durations.mp4",
        "broken/ffcrash_empty-samples.webm", "broken/skip_1.ts", "broken/bogus.wav", "broken/decode_error_vp9.webm",
    ];

    [Fact]
    public async Task MediaMatrix_AHandfulOfFiles_HasNoMiss()
    {
        Assert.SkipUnless(House.HasProgram("ffprobe"), "The ffprobe program is not on this machine.");
        string[] files = [.. Handful.Select(House.Clip)];
        await Scripts.SucceedsAsync(output, "node", [House.At("tests", "media-matrix", "matrix.mjs"), "--program", House.Program, .. files]);
    }

    [Fact]
    public async Task Oracles_MadeFilm_FindWhatIsPromised()
    {
        using var folder = new ScratchFolder();
        await Scripts.SucceedsAsync(output, "node", [Scripts.OfOracles(), "--program", House.Program, await film.BriefAsync(folder.Path, seconds: 30)]);
    }

    /// <summary>A film with two languages, 5.1, two subtitle tracks and chapters.</summary>
    [Fact]
    public async Task Oracles_FilmOfManyTracks_FindWhatIsPromised()
    {
        Assert.SkipUnless(House.HasProgram("ffmpeg"), "The ffmpeg program, which makes the film, is not on this machine.");
        using var scratch = new ScratchFolder();
        string words = Path.Combine(scratch.Path, "words.srt");
        string path = Path.Combine(scratch.Path, "Tracks.mkv");
        await File.WriteAllTextAsync(
            words, "1\n00:00:01,000 --> 00:00:33,000\nLong & <i>slanted</i>\n\n2\n00:00:38,000 --> 00:00:39,000\nShort\n", TestContext.Current.CancellationToken);
        await Scripts.SucceedsAsync(
            output, "ffmpeg", ["-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=24:d=40", "-f", "lavfi", "-i", "anoisesrc=r=48000:d=40:a=0.1",
                "-i", words, "-filter_complex", "[1:a]asplit[a][b];[a]pan=5.1|FL=c0|FC=c0[six]", "-map", "0:v", "-map", "[six]", "-map", "[b]", "-map", "2:s", "-map", "2:s",
                "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "flac", "-c:s:0", "srt", "-c:s:1", "ass",
                "-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=eng", "-metadata:s:s:0", "language=fra", path]);
        await Scripts.SucceedsAsync(output, "node", [Scripts.OfOracles(), "--program", House.Program, path]);
    }

    [Fact]
    public async Task Oracles_HighDynamicRangeInEveryCodec_FindWhatIsPromised()
    {
        await Scripts.SucceedsAsync(output, "node", [Scripts.OfOracles(), "--program", House.Program, "--codecs", "h264,hevc,av1", House.Clip("hdr/sample_av1.mkv")]);
    }

    /// <summary>What a box serves keeps the rules of HLS, DASH and CMAF, and each rule is seen to fail on what was spoilt.</summary>
    [Fact]
    public async Task Standards_MadeFilm_KeepsEveryRuleAndEachRuleCanFail()
    {
        using var folder = new ScratchFolder();
        string words = Path.Combine(folder.Path, "words.srt");
        string brief = Path.Combine(folder.Path, "brief.mkv");
        await File.WriteAllTextAsync(words, "1\n00:00:01,000 --> 00:00:03,000\nWords\n", TestContext.Current.CancellationToken);
        await Scripts.SucceedsAsync(
            output, "ffmpeg", ["-nostdin", "-v", "error", "-t", "9.3", "-i", await film.PathAsync(), "-i", words, "-map", "0", "-map", "1",
                "-c", "copy", "-metadata:s:s:0", "language=fra", brief]);
        await Scripts.SucceedsAsync(
            output, "env",
            [$"APPLIANCE={House.Program}", $"FILM={brief}", "node", "--test", House.At("tests", "standards", "rules.test.mjs")]);
    }
}
