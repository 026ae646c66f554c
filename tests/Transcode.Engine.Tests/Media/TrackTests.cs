using System.Globalization;
using System.Text;
using Transcode.Engine.Media;
using Transcode.Engine.Tests.Segments;
using Xunit;

namespace Transcode.Engine.Tests.Media;

/// <summary>What a source says of its tracks and chapters.</summary>
public sealed class TrackTests
{
    [Fact]
    public async Task Audio_ManyTracks_AreToldWithTheirWords()
    {
        using var desk = new Desk(await FFmpeg.MakeAsync(
            "-f lavfi -i sine=d=6 -f lavfi -i color=black:s=64x36:r=25:d=6 -map 1:v -map 0:a -map 0:a -map 0:a -map 0:a "
            + "-c:v libx264 -preset ultrafast -c:a aac -metadata:s:a:0 language=eng -metadata:s:a:1 language=fra -metadata:s:a:1 title=Piste "
            + "-metadata:s:a:2 language=eng -disposition:a:0 0 -disposition:a:1 default -disposition:a:2 comment -disposition:a:3 visual_impaired+hearing_impaired",
            "mkv"));

        Assert.Equal(
            [
                new AudioTrack(2, "aac", 44_100, 1, "fra", "Piste", TrackRoles.Default),
                new AudioTrack(1, "aac", 44_100, 1, "eng", null),
                new AudioTrack(3, "aac", 44_100, 1, "eng", null, TrackRoles.Commentary),
                new AudioTrack(4, "aac", 44_100, 1, null, null, TrackRoles.VisualImpaired | TrackRoles.HearingImpaired),
            ],
            desk.Description.Audio);
    }

    [Fact]
    public async Task Audio_MoreTracksThanOffered_AreCut()
    {
        string maps = string.Concat(Enumerable.Repeat(" -map 0:a", 20));
        using var desk = new Desk(await FFmpeg.MakeAsync($"-f lavfi -i sine=d=2{maps} -c:a pcm_s16le", "mkv"));

        Assert.Equal(Enumerable.Range(0, 16), desk.Description.Audio.Select(track => track.StreamIndex));
        Assert.Equal(16, desk.Ladder.Audio.Count);
        Assert.Equal(16, desk.Ladder.Audio.Select(sound => sound.Name).Distinct().Count());
    }

    /// <summary>Each rendition holds the sound of its own track.</summary>
    [Fact]
    public async Task Audio_EachRendition_IsOfItsTrack()
    {
        using var desk = new Desk(await FFmpeg.MakeAsync(
            "-f lavfi -i sine=f=300:d=4 -f lavfi -i sine=f=1200:d=4 -map 0:a -map 1:a -c:a pcm_s16le", "mkv"));
        foreach (var sound in desk.Ladder.Audio)
        {
            float[] heard = (await FFmpeg.SoundAsync(desk.Whole(sound.Recipe)))[0];
            int crossings = Enumerable.Range(48_000, 48_000).Count(i => heard[i] < 0 && heard[i + 1] >= 0);
            Assert.InRange(crossings, (sound.Track!.StreamIndex == 0 ? 300 : 1200) - 2, (sound.Track.StreamIndex == 0 ? 300 : 1200) + 2);
        }
    }

    [Theory]
    [InlineData("mkv")]
    [InlineData("mp4")]
    public async Task Chapters_OfAContainer_LieOnTheTimeline(string container)
    {
        using var desk = new Desk(await WithChaptersAsync(
            container, (0, 2000, "Opening"), (2000, 4500, "Ümläut \"quoted\""), (4500, 60_000, "Beyond the end")));

        Assert.Equal(
            [
                new Chapter(0, 2_000_000, "Opening"),
                new Chapter(2_000_000, 4_500_000, "Ümläut \"quoted\""),
                new Chapter(4_500_000, 6_000_000, "Beyond the end"),
            ],
            desk.Description.Chapters);
    }

    [Fact]
    public async Task Chapters_TooMany_AreCut()
    {
        using var desk = new Desk(await WithChaptersAsync(
            "mkv", [.. Enumerable.Range(0, 700).Select(i => (i * 8, (i + 1) * 8, i.ToString(CultureInfo.InvariantCulture)))]));

        Assert.Equal(500, desk.Description.Chapters.Count);
        Assert.Equal(new Chapter(3_992_000, 4_000_000, "499"), desk.Description.Chapters[^1]);
    }

    private static Task<byte[]> WithChaptersAsync(string container, params (int Start, int End, string Title)[] chapters)
    {
        var text = new StringBuilder(";FFMETADATA1\n");
        foreach ((int start, int end, string title) in chapters)
        {
            text.Append(CultureInfo.InvariantCulture, $"[CHAPTER]\nTIMEBASE=1/1000\nSTART={start}\nEND={end}\ntitle={title}\n");
        }

        return FFmpeg.WithFileAsync(Encoding.UTF8.GetBytes(text.ToString()), path => FFmpeg.MakeAsync(
            $"-f lavfi -i color=black:s=64x36:r=25:d=6 -f ffmetadata -i {path} -map 0:v -map_chapters 1 -c:v libx264 -preset ultrafast", container));
    }
}
