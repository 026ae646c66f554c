using Appliance.Jobs.Batch;
using Appliance.Jobs.Command;
using Appliance.Startup;
using Appliance.Tests.Hosting;
using Transcode.Engine.Recipes;

namespace Appliance.Tests.Jobs;

public sealed class BatchTests
{
    private static readonly Ladder Offered = Ladder.For(new ScriptedTranscoder().Description);

    [Fact]
    public void Choice_Nothing_IsAll() => Assert.Equal(Offered.Renditions, RenditionChoice.Of(Offered, null, null).Renditions);

    [Fact]
    public void Choice_Names_KeepTheLaddersOrderAndTheSound() =>
        Assert.Equal(["720p", "360p", "audio"], RenditionChoice.Of(Offered, ["360p", "720P", "audio"], ["H264"]).Renditions.Select(r => r.Name));

    [Theory]
    [InlineData("1080p", null, "This source is not offered as 1080p; it is as 720p, 480p, 360p, 240p, or at a size and rate that suits it, as 960x540-1800k.")]
    [InlineData(null, "av1", "This source is not offered in av1; it is in h264.")]
    [InlineData(null, "theora", "There is no codec theora; known are h264, hevc, av1.")]
    public void Choice_WhatThereIsNot_SaysWhatThereIs(string? rung, string? codec, string message) =>
        Assert.Equal(message, Assert.Throws<UsageException>(
            () => RenditionChoice.Of(Offered, rung is null ? null : [rung], codec is null ? null : [codec])).Message);

    [Theory]
    [InlineData("", "transcode wants a file: transcode INPUT --out DIR.")]
    [InlineData("a.mkv", "transcode wants a folder: --out DIR.")]
    [InlineData("a.mkv b.mkv --out c", "transcode takes one file.")]
    [InlineData("a.mkv --out", "--out wants a value.")]
    public void Options_Nonsense_IsOneLine(string line, string message) => Assert.Equal(message, Assert.Throws<UsageException>(
        () => TranscodeOptions.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Message);

    [Fact]
    public void Options_All_AreTaken()
    {
        TranscodeOptions options = TranscodeOptions.Parse(["--ladder=720p, 360p", "/a.mkv", "--out", "/b", "--codec", "h264", "--hls", "--restart"])!;

        Assert.Equal(("/a.mkv", "/b", true), (options.Input, options.Output, options.Restart));
        Assert.Equal(["720p", "360p"], options.Rungs!);
        Assert.Equal(["h264"], options.Codecs!);
    }

    [Theory]
    [InlineData("", StreamFormats.Hls | StreamFormats.Dash)]
    [InlineData("--hls", StreamFormats.Hls)]
    [InlineData("--dash", StreamFormats.Dash)]
    [InlineData("--dash --hls", StreamFormats.Hls | StreamFormats.Dash)]
    public void Options_Formats_AreAllOrThoseNamed(string line, object formats) => Assert.Equal(
        formats,
        TranscodeOptions.Parse(["/a.mkv", "--out", "/b", .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)])!.Formats);

    [Fact]
    public void Gaps_OfAPlaylist_StandBeforeTheirSegments() => Assert.Equal(
        "#EXTM3U\n#EXTINF:2.000000,\n0.m4s\n#EXTINF:2.000000,\n#EXT-X-GAP\n1.m4s\n#EXTINF:2.000000,\n11.m4s\n#EXT-X-ENDLIST\n",
        Gaps.Marked("#EXTM3U\n#EXTINF:2.000000,\n0.m4s\n#EXTINF:2.000000,\n1.m4s\n#EXTINF:2.000000,\n11.m4s\n#EXT-X-ENDLIST\n", index => index == 1));

    [Theory]
    [InlineData("init.mp4", "init")]
    [InlineData("12.m4s", "12")]
    [InlineData("3.vtt", "3")]
    [InlineData(".m4s", null)]
    [InlineData("12.jpg", null)]
    [InlineData("a1.m4s", null)]
    [InlineData("index.m3u8", null)]
    [InlineData("12.m4s.0123.part", null)]
    public void File_OfAFolder_IsAPartOrNone(string file, string? part) => Assert.Equal(part, OutputFolder.PartOf(file));

    [Fact]
    public void Space_Taken_IsCountedInBlocksAndNeverPassed()
    {
        var space = new OutputSpace(3 * 4096);
        space.Take(OutputSpace.Occupied(4097));
        Assert.Throws<OutputException>(() => space.Take(2 * 4096));
        space.Take(4096);
        Assert.Equal(3 * 4096, space.UsedBytes);
        space.Release(2 * 4096);
        space.Take(4096);
    }

    [Fact]
    public void Folder_LeftByACrash_IsCountedWithoutWhatIsHalfDone()
    {
        using var scratch = new ScratchFolder();
        scratch.File("720p/0.m4s", new string('x', 5000));
        string half = scratch.File("720p/1.m4s.0123.part");
        var space = new OutputSpace(long.MaxValue);
        var folder = new OutputFolder(scratch.Path, space);

        Assert.Equal([KeyValuePair.Create("0.m4s", 5000L)], folder.Open("720p"));
        Assert.Equal(folder.Open("720p").Keys, ["0.m4s"]);
        Assert.False(File.Exists(half));
        Assert.Equal((8192, 8192), (folder.UsedBytes, space.UsedBytes));
        folder.Forget();
        Assert.Equal(0, space.UsedBytes);
    }

    [Fact]
    public void Progress_AsLine_TellsShareRateAndEachRung()
    {
        var status = new BatchStatus([new("720p", 3, 1, 8), new("audio", 8, 0, 8)], 0.507, 2.25, TimeSpan.FromSeconds(61.2));

        Assert.Equal("50 %, 2.25 × real time, 1:02 left: 720p 3/8 (1 failed), audio 8/8", ProgressDisplay.Line(status));
    }

    [Fact]
    public void Progress_OnATerminal_IsOneBlockWrittenOverItself()
    {
        using var output = new StringWriter();
        var display = new ProgressDisplay(output, isTerminal: true);
        display.Show(new([new("720p", 7, 0, 14)], 0.5, null, null));
        display.Show(new([new("720p", 14, 0, 14)], 1, 3, TimeSpan.Zero));

        string half = $"{new string('█', 14)}{new string('░', 14)}";
        Assert.Equal(
            $"\r  720p         {half} 7/14\e[K\n\r  50 %\e[K\n\e[2A\r  720p         {new string('█', 28)} 14/14\e[K\n\r  100 %, 3.00 × real time\e[K\n",
            output.ToString());
    }
}
