using Appliance.Tests.Hosting;

namespace Appliance.Tests.Acceptance;

/// <summary>The box's own page in Chromium.</summary>
[Collection(nameof(WholeBox))]
public sealed class PageTests(MadeFilm film, ITestOutputHelper output)
{
    [Fact]
    public async Task Browser_FilmOfManyTracks_SwitchesSoundAndShowsSubtitles()
    {
        Assert.SkipUnless(House.HasProgram("ffmpeg"), "The ffmpeg program, which makes the film, is not on this machine.");
        await Scripts.SucceedsAsync(output, "node", [Scripts.OfBrowser("tracks.mjs"), "--program", House.Program]);
    }

    [Fact]
    public async Task Browser_SubtitlesOfPictures_AreLaidOverThePicture()
    {
        Assert.SkipUnless(House.HasProgram("ffmpeg"), "The ffmpeg program, which makes the film, is not on this machine.");
        await Scripts.SucceedsAsync(output, "node", [Scripts.OfBrowser("burn.mjs"), "--program", House.Program]);
    }

    [Fact]
    public async Task Browser_SegmentLeftForTheNext_KeepsPictureAndSoundTogether()
    {
        using var data = new ScratchFolder();
        await using RunningAppliance box = await RunningAppliance.StartAsync(await film.PathAsync(), data.Path);
        await Scripts.SucceedsAsync(output, "node", [Scripts.OfBrowser("abort.mjs"), box.BaseAddress.ToString()]);
    }

    /// <summary>Debian's Chromium decodes AV1, and no HEVC.</summary>
    [Fact]
    public async Task Browser_Av1Renditions_AreShown()
    {
        await Scripts.SucceedsAsync(output, "node", [Scripts.OfBrowser("codec.mjs"), "--program", House.Program, "--codec", "av01", await film.PathAsync()]);
    }

    [Fact]
    public async Task Browser_NoisyFilm_ShowsWhatIsDoneToThePicture()
    {
        Assert.SkipUnless(House.HasProgram("ffmpeg"), "The ffmpeg program, which makes the film, is not on this machine.");
        await Scripts.SucceedsAsync(output, "node", [Scripts.OfBrowser("tuning.mjs"), "--program", House.Program]);
    }

    [Fact]
    public async Task Browser_TheSourcesOwnVideo_IsChosenAndLeft()
    {
        await Scripts.SucceedsAsync(output, "node", [Scripts.OfBrowser("original.mjs"), "--program", House.Program]);
    }
}
