using Appliance.Tests.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Appliance.Tests.Acceptance;

/// <summary>The players that others use: hls.js, shaka-player by both lists and dash.js.</summary>
[Collection(nameof(WholeBox))]
public sealed class PlayersTests(ITestOutputHelper output)
{
    /// <summary>Sound in two layouts of channels, under one name.</summary>
    [Fact]
    public async Task Players_OfOthers_PlaySeekAndSwitch()
    {
        Assert.SkipUnless(House.HasProgram("ffmpeg"), "The ffmpeg program, which makes the film smaller, is not on this machine.");
        using var data = new ScratchFolder();
        string small = Path.Combine(data.Path, "small.ts");
        (int code, string printed) = await House.RunAsync(
            "ffmpeg", "-nostdin", "-v", "error", "-i", House.Clip("natural/bbb_720p24_aac5.1_30s.ts"), "-vf", "fps=12,scale=640:360", "-c:v", "libx264", "-preset", "veryfast", "-crf", "18",
            "-g", "24", "-c:a", "copy", small);
        Assert.True(code == 0, printed);
        await using RunningAppliance box = await RunningAppliance.StartAsync(small, Path.Combine(data.Path, "data"));
        await Scripts.SucceedsAsync(output, "node", [Scripts.OfBrowser("players.mjs"), box.BaseAddress.ToString()]);
    }

    /// <summary>What is heard is told by its pitch, what is read by the cues on the screen. One cue lies over the border of two segments
    /// of text, and other words are there in another language. What players see of the containers is the same: the others are in the
    /// long form.</summary>
    [Theory]
    [InlineData("mp4", Explicit = true)]
    [InlineData("mkv")]
    [InlineData("ts", Explicit = true)]
    public async Task Players_OfOthers_ChangeSoundAndShowSubtitles(string container)
    {
        Assert.SkipUnless(House.HasProgram("ffprobe"), "The ffmpeg program, which makes the films, is not on this machine.");
        await Scripts.SucceedsAsync(output, "node", [Scripts.OfBrowser("player-films.mjs"), "--program", House.Program, "--film", container]);
    }

    /// <summary>A page that is refused will be refused: nobody waits for its pictures.</summary>
    [Fact]
    public async Task Page_ThatIsRefused_EndsBySayingSo()
    {
        await using TestAppliance box = await TestAppliance.StartAsync(adjust: builder => builder.Services.AddSingleton<IStartupFilter, RefusedPages>());
        (int code, string printed) = await House.RunAsync("node", Scripts.OfBrowser("players.mjs"), box.BaseAddress.ToString());
        output.WriteLine(printed);

        Assert.Equal(1, code);
        Assert.Contains("The box refuses this page: ", printed, StringComparison.Ordinal);
        Assert.Single(printed.Split("\"player\":").Skip(1));
    }

    /// <summary>As a busy box refuses them: the same twice, and then it is made.</summary>
    [Fact]
    public async Task Crowd_Rules_HoldOfWhatIsServedAsItShouldBeAndEachCanFail() =>
        await Scripts.SucceedsAsync(output, "node", "--test", House.At("tests", "browser", "crowd-rules.test.mjs"));
}
