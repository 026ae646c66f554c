using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Jobs;

/// <summary>The command <c>transcode</c>, with its real workers, as a person runs it.</summary>
public sealed class TranscodeCommandTests(MadeFilm film, UndisturbedJob undisturbed) : IClassFixture<UndisturbedJob>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Transcode_Film_IsWhatTheBoxServesAndFfmpegPlaysIt()
    {
        using var folder = new ScratchFolder();
        (string made, string printed) = await undisturbed.JobAsync();
        Assert.Contains("100 %", printed, StringComparison.Ordinal);

        await using RunningAppliance box = await RunningAppliance.StartAsync(await undisturbed.FilmAsync(), folder.Path);
        string[] renditions = await box.RenditionsAsync();
        string source = string.Join('/', renditions[0].Split('/')[..^1]);
        string served = Encoding.UTF8.GetString(await box.GetAsync($"{source}/master.m3u8"));
        string kept = await File.ReadAllTextAsync(Path.Combine(made, "master.m3u8"), Token);

        // What is for looking around only is made when somebody looks.
        Assert.StartsWith(kept, served, StringComparison.Ordinal);
        Assert.All(
            served[kept.Length..].Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Matches("^#EXT-X-(I-FRAME|IMAGE)S?-STREAM-INF:", line));
        foreach (string rendition in renditions)
        {
            string[] files = [.. Directory.GetFiles(Path.Combine(made, rendition.Split('/')[^1])).Select(Path.GetFileName).Order()!];
            Assert.Equal((UndisturbedJob.Seconds / 2) + 2, files.Length);
            foreach (string file in files)
            {
                Assert.Equal(
                    await box.GetAsync($"{rendition}/{file}"),
                    await File.ReadAllBytesAsync(Path.Combine(made, rendition.Split('/')[^1], file), Token));
            }
        }

        // ffmpeg's own readers of both: every picture and every piece of sound of every rendition.
        foreach (string entrance in (string[])["master.m3u8", "manifest.mpd"])
        {
            (int decoded, string errors) = await House.RunAsync(
                "ffmpeg", "-nostdin", "-v", "error", "-xerror", "-i", Path.Combine(made, entrance), "-map", "0", "-f", "null", "-");
            Assert.True(decoded == 0 && errors.Length == 0, errors);
        }
    }

    [Fact]
    public async Task Transcode_FilmWithSubtitlesInItAndBesideIt_HasThemAsTheBoxServesThem()
    {
        using var folder = new ScratchFolder();
        string words = folder.File("words.srt", "1\n00:00:01,000 --> 00:00:02,000\nSaid once\n");
        string input = Path.Combine(folder.Path, "told.mkv");
        (int code, string printed) = await House.RunAsync(
            "ffmpeg", "-nostdin", "-v", "error", "-i", await film.BriefAsync(folder.Path, 4), "-i", words,
            "-map", "0", "-map", "1", "-c", "copy", "-metadata:s:s:0", "language=eng", input);
        Assert.True(code == 0, printed);
        folder.File("told.de.srt", "1\n00:00:01,000 --> 00:00:02,000\nEinmal gesagt\n");
        string made = Path.Combine(folder.Path, "made");
        (code, printed) = await TranscodeAsync(input, made, "--hls", "--ladder", "240p");
        Assert.True(code == 0, printed);
        Assert.False(File.Exists(Path.Combine(made, "manifest.mpd")));

        await using RunningAppliance box = await RunningAppliance.StartAsync(input, Path.Combine(folder.Path, "data"));
        string[] renditions = [.. (await box.RenditionsAsync()).Where(rendition => rendition.Contains("/text", StringComparison.Ordinal))];
        foreach ((string rendition, string said) in renditions.Zip((string[])["Said once", "Einmal gesagt"]))
        {
            string told = Path.Combine(made, Path.GetFileName(rendition));
            Assert.Equal(["0.vtt", "index.m3u8"], Directory.GetFiles(told).Select(Path.GetFileName).Order());
            foreach (string file in Directory.GetFiles(told))
            {
                Assert.Equal(await box.GetAsync($"{rendition}/{Path.GetFileName(file)}"), await File.ReadAllBytesAsync(file, Token));
            }

            Assert.Contains(said, await File.ReadAllTextAsync(Path.Combine(told, "0.vtt"), Token), StringComparison.Ordinal);
        }

        Assert.Contains("TYPE=SUBTITLES", await File.ReadAllTextAsync(Path.Combine(made, "master.m3u8"), Token), StringComparison.Ordinal);
        string dash = Path.Combine(folder.Path, "dash");
        (code, printed) = await TranscodeAsync(input, dash, "--dash", "--ladder", "240p");
        Assert.True(code == 0, printed);

        // Of files on the disk, and not over HTTP, it takes only what has the suffix of a film. Times are as they stand in
        // the files: it does not follow presentationTimeOffset.
        (code, printed) = await House.RunAsync(
            "ffmpeg", "-nostdin", "-v", "error", "-copyts", "-allowed_extensions", "ALL", "-i", Path.Combine(dash, "manifest.mpd"),
            "-map", "0:s:0", "-f", "srt", "-");
        Assert.True(code == 0, printed);
        Assert.Equal("1\n00:00:01,000 --> 00:00:02,000\nSaid once", printed.Trim());
    }

    /// <summary>Asked for by the track's number, they are other renditions under other names, and the plain ones stay.</summary>
    [Fact]
    public async Task Transcode_SubtitlesOfPictures_AreLaidOverAsTheBoxDoes()
    {
        using var folder = new ScratchFolder();
        string input = House.Clip("subtitles/sample_with_pgs_subtitles.mkv");
        string made = Path.Combine(folder.Path, "made");
        (int code, string printed) = await TranscodeAsync(input, made, "--burn", "1");
        Assert.True(code == 2 && printed.Contains("those that can: 2", StringComparison.Ordinal), printed);
        (code, printed) = await TranscodeAsync(input, made, "--burn", "2", "--ladder", "240p");
        Assert.True(code == 0, printed);
        string rung = Path.GetFileName(Directory.GetDirectories(made, "240p-*").Single());
        Assert.StartsWith("240p-burn-2-", rung, StringComparison.Ordinal);

        await using RunningAppliance box = await RunningAppliance.StartAsync(input, Path.Combine(folder.Path, "data"));
        string plain = (await box.RenditionsAsync()).Single(rendition => rendition.Contains("/240p-", StringComparison.Ordinal));
        string hls = Path.GetDirectoryName(plain)!;
        Assert.DoesNotContain("-burn-", Encoding.UTF8.GetString(await box.GetAsync($"{hls}/master.m3u8")), StringComparison.Ordinal);
        Assert.Contains($"\n{rung}/index.m3u8", Encoding.UTF8.GetString(await box.GetAsync($"{hls}/master.m3u8?burn=2")), StringComparison.Ordinal);
        Assert.Contains(rung, Encoding.UTF8.GetString(await box.GetAsync($"{hls}/../dash/manifest.mpd?burn=2")), StringComparison.Ordinal);
        byte[] segment = await box.GetAsync($"{hls}/{rung}/0.m4s");
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(made, rung, "0.m4s"), Token), segment);
        Assert.NotEqual(await box.GetAsync($"{plain}/0.m4s"), segment);
        foreach (string none in (string[])["0", "-2", "x", ""])
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => box.GetAsync($"{hls}/master.m3u8?burn={none}"));
        }
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("KILL", 137)]
    public async Task Transcode_EndedInTheMiddle_GoesOnWithWhatIsLeft(string signal, int exitCode)
    {
        using var folder = new ScratchFolder();
        string input = await undisturbed.FilmAsync();
        (string calm, _) = await undisturbed.JobAsync();
        string rough = Path.Combine(folder.Path, "rough");

        using Process process = Start(input, rough);
        await Until.HoldsAsync(() => Segments(rough).Length >= 3 || process.HasExited);
        Assert.False(process.HasExited, "It ended before it could be interrupted.");

        await House.RunAsync("kill", $"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture));
        await process.WaitForExitAsync(Token);
        Assert.Equal(exitCode, process.ExitCode);
        Dictionary<string, DateTime> kept = Segments(rough).ToDictionary(file => file, File.GetLastWriteTimeUtc);
        Assert.NotEqual(Segments(calm).Length, kept.Count);
        Assert.False(File.Exists(Path.Combine(rough, "master.m3u8")));

        Assert.Equal(0, (await TranscodeAsync(input, rough)).Code);
        Assert.Equal(Digests(calm), Digests(rough));
        Assert.All(kept, file => Assert.Equal(file.Value, File.GetLastWriteTimeUtc(file.Key)));
    }

    [Fact]
    public async Task Transcode_OtherOptionsOrSource_SaysWhatDiffersAndBeginsAnewOnlyWhenTold()
    {
        using var folder = new ScratchFolder();
        string input = await film.BriefAsync(folder.Path, 4);
        string made = Path.Combine(folder.Path, "made");
        Assert.Equal(0, (await TranscodeAsync(input, made)).Code);

        (int code, string printed) = await TranscodeAsync(input, made, "--ladder", "240p");
        Assert.Equal(2, code);
        Assert.Contains("It differs in the renditions (360p, 240p, audio there, 240p, audio now).", printed, StringComparison.Ordinal);

        string longer = await film.BriefAsync(folder.Path, 6);
        (code, printed) = await TranscodeAsync(longer, made);
        Assert.Equal(2, code);
        Assert.Contains("It differs in the source's bytes.", printed, StringComparison.Ordinal);

        string mine = folder.File(Path.Combine("made", "mine.txt"));
        Assert.Equal(0, (await TranscodeAsync(longer, made, "--ladder", "240p", "--restart")).Code);
        Assert.Equal(2, Directory.GetDirectories(made).Length);
        Assert.Equal(3 * 2, Segments(made).Length);
        Assert.True(File.Exists(mine));
    }

    [Theory]
    [InlineData("--ladder 4320p", "This source is not offered as 4320p; it is as 360p, 240p, or at a size and rate that suits it, as 960x540-1800k.")]
    [InlineData("--codec vp9", "There is no codec vp9; known are h264, hevc, av1.")]
    [InlineData("--colour", "Unknown option --colour. transcode --help lists what there is.")]
    public async Task Transcode_WhatThereIsNot_EndsWithOneLineAndTwo(string options, string message)
    {
        using var folder = new ScratchFolder();
        string made = Path.Combine(folder.Path, "made");
        (int code, string printed) = await TranscodeAsync(await film.BriefAsync(folder.Path, 2), made, options.Split(' '));

        Assert.Equal((2, $"appliance: {message}\n"), (code, printed));
        Assert.False(Directory.Exists(made));
    }

    [Fact]
    public async Task Transcode_FolderOfOthers_IsLeftAlone()
    {
        using var folder = new ScratchFolder();
        string mine = folder.File(Path.Combine("films", "mine.txt"));
        (int code, string printed) = await TranscodeAsync(await film.BriefAsync(folder.Path, 2), Path.GetDirectoryName(mine)!);

        Assert.Equal(2, code);
        Assert.Contains("holds other files and no job: choose an empty folder.", printed, StringComparison.Ordinal);
        Assert.Equal([mine], Directory.GetFileSystemEntries(Path.GetDirectoryName(mine)!));
    }

    [Fact]
    public async Task Transcode_DiskFullThenReadOnlyThenFreed_KeepsOnlyWholeFilesAndGoesOn()
    {
        using var folder = new ScratchFolder();
        string input = await undisturbed.FilmAsync();
        (string calm, _) = await undisturbed.JobAsync();
        using SmallDisk disk = await SmallDisk.MountAsync(Path.Combine(folder.Path, "disk"), "size=512k");
        string made = Path.Combine(disk.Path, "made");

        (int code, string printed) = await TranscodeAsync(input, made);
        Assert.Equal(1, code);
        Assert.EndsWith("appliance: The disk is full. What is made is kept: the same command goes on from here.\n", printed, StringComparison.Ordinal);
        Assert.NotEmpty(Segments(made));
        Assert.All(Digests(made), file => Assert.Equal(Digests(calm)[file.Key], file.Value));

        await disk.RemountAsync("ro,size=512k");
        (code, printed) = await TranscodeAsync(input, made);
        Assert.Equal(
            (1, "appliance: The disk is read-only. What is made is kept: the same command goes on from here.\n"), (code, printed));

        await disk.RemountAsync("rw,size=64m");
        Assert.Equal(0, (await TranscodeAsync(input, made)).Code);
        Assert.Equal(Digests(calm), Digests(made));
    }

    private static Task<(int Code, string Output)> TranscodeAsync(string input, string output, params string[] options) =>
        House.RunAsync(House.Program, ["transcode", input, "--out", output, .. options]);

    private static Process Start(string input, string output)
    {
        Process process = Process.Start(new ProcessStartInfo(House.Program, ["transcode", input, "--out", output])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        return process;
    }

    private static string[] Segments(string folder) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, "*.m4s", SearchOption.AllDirectories) : [];

    /// <summary>What a web server would hand out: file → SHA-256.</summary>
    private static SortedDictionary<string, string> Digests(string folder) => new(
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".m4s" or ".mp4" or ".m3u8" or ".mpd")
            .ToDictionary(file => Path.GetRelativePath(folder, file), file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))));
}
