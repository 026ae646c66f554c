using System.Globalization;
using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Acceptance;

/// <summary>Short forms of the repository's own commands, and the judges that are written in JavaScript.</summary>
[Collection(nameof(WholeBox))]
public sealed class CommandTests(MadeFilm film, ITestOutputHelper output)
{
    private static readonly string[] Handful =
    [
        "containers/portrait.ts", "containers/sample.avi", "containers/four-colors.mp4", "containers/uneven_frame_durations.mp4",
        "broken/ffcrash_empty-samples.webm", "broken/skip_1.ts", "broken/bogus.wav", "broken/decode_error_vp9.webm",
    ];

    /// <summary>How the player's errors begin that mean a segment or a playlist was not as it should be. A stall is none of
    /// them: on a machine that has other things to do it says nothing of the media.</summary>
    /// <summary>Not bufferAppendNoProgress: what was loaded twice, as after a switch of rungs, adds nothing.</summary>
    private static readonly string[] FailedMedia =
        ["fragLoad", "fragParsing", "fragGap", "manifest", "level", "audioTrack", "bufferAppendError", "bufferAppendingError"];

    [Fact]
    public async Task MediaMatrix_AHandfulOfFiles_HasNoMiss()
    {
        Assert.SkipUnless(House.HasProgram("ffprobe"), "The ffprobe program is not on this machine.");
        string[] files = [.. Handful.Select(House.Clip)];
        await SucceedsAsync("node", [House.At("tests", "media-matrix", "matrix.mjs"), "--program", House.Program, .. files]);
    }

    [Fact]
    public async Task KilledWorkers_EightInstantsFiveClients_EverySegmentArrivesTheSame()
    {
        string path = await film.PathAsync();
        using var folder = new ScratchFolder();
        string brief = Path.Combine(folder.Path, "brief.mkv");
        await SucceedsAsync("ffmpeg", ["-nostdin", "-v", "error", "-t", "12", "-i", path, "-c", "copy", brief]);
        await SucceedsAsync("node", [House.At("tests", "endurance", "kill-workers.mjs"), "--program", House.Program, "--kills", "8", brief]);
    }

    [Fact]
    public async Task KilledAppliance_ThreeInstantsOfABatchJob_TheJobEndsWithTheSameBytes()
    {
        string path = await film.PathAsync();
        using var folder = new ScratchFolder();
        string brief = Path.Combine(folder.Path, "brief.mkv");
        await SucceedsAsync("ffmpeg", ["-nostdin", "-v", "error", "-t", "12", "-i", path, "-c", "copy", brief]);
        await SucceedsAsync("node", [House.At("tests", "endurance", "kill-appliance.mjs"), "--program", House.Program, "--kills", "3", brief]);
    }

    [Fact]
    public async Task Oracles_MadeFilm_FindWhatIsPromised()
    {
        string folder = House.At("tests", "oracles");
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules")), "The npm packages of tests/oracles are not installed.");
        await SucceedsAsync("node", [Path.Combine(folder, "check.mjs"), "--program", House.Program, await film.PathAsync()]);
    }

    /// <summary>A film with two languages, 5.1, two subtitle tracks and chapters.</summary>
    [Fact]
    public async Task Oracles_FilmOfManyTracks_FindWhatIsPromised()
    {
        string folder = House.At("tests", "oracles");
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules")), "The npm packages of tests/oracles are not installed.");
        Assert.SkipUnless(House.HasProgram("ffmpeg"), "The ffmpeg program, which makes the film, is not on this machine.");
        using var scratch = new ScratchFolder();
        string words = Path.Combine(scratch.Path, "words.srt");
        string path = Path.Combine(scratch.Path, "Tracks.mkv");
        await File.WriteAllTextAsync(
            words, "1\n00:00:01,000 --> 00:00:33,000\nLong & <i>slanted</i>\n\n2\n00:00:38,000 --> 00:00:39,000\nShort\n", TestContext.Current.CancellationToken);
        await SucceedsAsync(
            "ffmpeg", ["-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=24:d=40", "-f", "lavfi", "-i", "anoisesrc=r=48000:d=40:a=0.1",
                "-i", words, "-filter_complex", "[1:a]asplit[a][b];[a]pan=5.1|FL=c0|FC=c0[six]", "-map", "0:v", "-map", "[six]", "-map", "[b]", "-map", "2:s", "-map", "2:s",
                "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "flac", "-c:s:0", "srt", "-c:s:1", "ass",
                "-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=eng", "-metadata:s:s:0", "language=fra", path]);
        await SucceedsAsync("node", [Path.Combine(folder, "check.mjs"), "--program", House.Program, path]);
    }

    [Fact]
    public async Task Browser_FilmOfManyTracks_SwitchesSoundAndShowsSubtitles()
    {
        Assert.SkipUnless(House.HasProgram("ffmpeg"), "The ffmpeg program, which makes the film, is not on this machine.");
        await SucceedsAsync("node", [BrowserScript("tracks.mjs"), "--program", House.Program]);
    }

    [Fact]
    public async Task Browser_SubtitlesOfPictures_AreLaidOverThePicture()
    {
        Assert.SkipUnless(House.HasProgram("ffmpeg"), "The ffmpeg program, which makes the film, is not on this machine.");
        await SucceedsAsync("node", [BrowserScript("burn.mjs"), "--program", House.Program]);
    }

    /// <summary>What a box serves keeps the rules of HLS, DASH and CMAF, and each rule is seen to fail on what was spoilt.</summary>
    [Fact]
    public async Task Standards_MadeFilm_KeepsEveryRuleAndEachRuleCanFail()
    {
        using var folder = new ScratchFolder();
        string words = Path.Combine(folder.Path, "words.srt");
        string brief = Path.Combine(folder.Path, "brief.mkv");
        await File.WriteAllTextAsync(words, "1\n00:00:01,000 --> 00:00:03,000\nWords\n", TestContext.Current.CancellationToken);
        await SucceedsAsync(
            "ffmpeg", ["-nostdin", "-v", "error", "-t", "9.3", "-i", await film.PathAsync(), "-i", words, "-map", "0", "-map", "1",
                "-c", "copy", "-metadata:s:s:0", "language=fra", brief]);
        await SucceedsAsync(
            "env",
            [$"APPLIANCE={House.Program}", $"FILM={brief}", "node", "--test", House.At("tests", "standards", "rules.test.mjs")]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("natural/bbb_720p24_aac5.1_30s.ts")]
    public async Task Players_OfOthers_PlaySeekAndSwitch(string? clip)
    {
        using var data = new ScratchFolder();
        await using RunningAppliance box = await RunningAppliance.StartAsync(
            clip is null ? await film.PathAsync() : House.Clip(clip), data.Path);
        await SucceedsAsync("node", [BrowserScript("players.mjs"), box.BaseAddress.ToString()]);
    }

    /// <summary>One cue lies over the border of two segments of text, and other words are there in another language.</summary>
    [Fact]
    public async Task Players_OfOthers_ShowEveryCueOnceAndInTime()
    {
        Assert.SkipUnless(House.HasProgram("ffmpeg"), "The ffmpeg program, which makes the film, is not on this machine.");
        string script = BrowserScript("players.mjs");
        using var data = new ScratchFolder();
        using var folder = new ScratchFolder();
        string InFolder(string name) => Path.Combine(folder.Path, name);
        await File.WriteAllTextAsync(
            InFolder("words.srt"),
            "1\n00:00:02,000 --> 00:00:04,000\nFirst\n\n2\n00:00:28,500 --> 00:00:33,500\nOver <i>the</i> border & on\n\n"
            + "3\n00:01:02,120 --> 00:01:04,000\nLast\n",
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(InFolder("others.srt"), "1\n00:00:01,000 --> 00:01:09,000\nOther\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            InFolder("cues.json"),
            """{"language": "de", "cues": [[2, 4, "First"], [28.5, 33.5, "Over the border & on"], [62.12, 64, "Last"]]}""",
            TestContext.Current.CancellationToken);
        await SucceedsAsync(
            "ffmpeg", ["-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=70", "-f", "lavfi", "-i", "sine=r=48000:d=70",
                "-i", InFolder("others.srt"), "-i", InFolder("words.srt"), "-map", "0", "-map", "1", "-map", "2", "-map", "3",
                "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "50", "-c:a", "flac", "-c:s", "srt",
                "-metadata:s:s:0", "language=eng", "-metadata:s:s:1", "language=ger", InFolder("Words.mkv")]);
        await using RunningAppliance box = await RunningAppliance.StartAsync(InFolder("Words.mkv"), data.Path);
        await SucceedsAsync("node", [script, box.BaseAddress.ToString(), "--cues", InFolder("cues.json")]);
    }

    /// <summary>hls.js, shaka-player by both lists and dash.js; what is heard is told by its pitch, what is read by the cues on the
    /// screen.</summary>
    [Theory]
    [InlineData("mp4")]
    [InlineData("mkv")]
    [InlineData("ts")]
    public async Task Players_OfOthers_ChangeSoundAndShowSubtitles(string container)
    {
        Assert.SkipUnless(House.HasProgram("ffprobe"), "The ffmpeg program, which makes the films, is not on this machine.");
        await SucceedsAsync("node", [BrowserScript("player-films.mjs"), "--program", House.Program, "--film", container]);
    }

    [Fact]
    public async Task Oracles_HighDynamicRangeInEveryCodec_FindWhatIsPromised()
    {
        string folder = House.At("tests", "oracles");
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules")), "The npm packages of tests/oracles are not installed.");
        await SucceedsAsync("node", [Path.Combine(folder, "check.mjs"), "--program", House.Program, "--codecs", "h264,hevc,av1", House.Clip("hdr/sample_av1.mkv")]);
    }

    [Fact]
    public async Task Browser_MadeFilm_PlaysSeeksAndSwitches() => await PlaysAsync(await film.PathAsync());

    [Fact]
    public async Task Browser_SharedClip_PlaysSeeksAndSwitches() => await PlaysAsync(House.Clip("natural/bbb_720p24_aac5.1_30s.ts"));

    [Fact]
    public async Task Browser_SegmentLeftForTheNext_KeepsPictureAndSoundTogether()
    {
        using var data = new ScratchFolder();
        await using RunningAppliance box = await RunningAppliance.StartAsync(await film.PathAsync(), data.Path);
        await SucceedsAsync("node", [BrowserScript("abort.mjs"), box.BaseAddress.ToString()]);
    }

    /// <summary>Debian's Chromium decodes AV1, and no HEVC.</summary>
    [Fact]
    public async Task Browser_Av1Renditions_AreShown()
    {
        await SucceedsAsync("node", [BrowserScript("codec.mjs"), "--program", House.Program, "--codec", "av01", await film.PathAsync()]);
    }

    [Fact]
    public async Task Browser_TheSourcesOwnVideo_IsChosenAndLeft()
    {
        await SucceedsAsync("node", [BrowserScript("original.mjs"), "--program", House.Program]);
    }

    private async Task PlaysAsync(string path)
    {
        using var data = new ScratchFolder();
        await using RunningAppliance box = await RunningAppliance.StartAsync(path, data.Path);
        (int code, string printed) = await House.RunAsync("node", BrowserScript("play.mjs"), box.BaseAddress.ToString());
        JsonElement result = JsonDocument.Parse(printed).RootElement;
        string[] reasons = [.. result.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()!)];
        Assert.SkipWhen(
            reasons is [var only] && only.StartsWith("Time did not advance in real time", StringComparison.Ordinal) && HasOtherWork(),
            $"This machine has much else to do (load {Load():F0} on {Environment.ProcessorCount} cores), and all else held. {string.Join(' ', reasons)}");
        Assert.True(code == 0, printed);
        Assert.Equal(0, result.GetProperty("fatalErrors").GetInt32());
        Assert.DoesNotContain(
            result.GetProperty("errors").EnumerateArray().Select(error => error.GetString()!),
            error => FailedMedia.Any(kind => error.StartsWith(kind, StringComparison.Ordinal)));
        Assert.Equal(4, result.GetProperty("seeks").GetArrayLength());
        Assert.Equal(4, result.GetProperty("rungs").GetArrayLength());
    }

    /// <summary>Encoder, browser and test together are far below this.</summary>
    private static bool HasOtherWork() => Load() > 4 * Environment.ProcessorCount;

    /// <summary>Threads that ran or wanted to, on average over the last minute.</summary>
    private static double Load() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>A script of tests/browser; skips the test where it cannot run.</summary>
    private static string BrowserScript(string name)
    {
        string folder = House.At("tests", "browser");
        Assert.SkipUnless(House.HasProgram("chromium"), "Chromium is not on this machine.");
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules")), "The npm packages of tests/browser are not installed.");
        return Path.Combine(folder, name);
    }

    private async Task SucceedsAsync(string program, string[] arguments)
    {
        (int code, string printed) = await House.RunAsync(program, arguments);
        output.WriteLine(printed);
        Assert.True(code == 0, printed);
    }
}
