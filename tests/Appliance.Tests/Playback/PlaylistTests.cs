using System.Globalization;
using Appliance.Playback;
using Appliance.Tests.Hosting;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Appliance.Tests.Playback;

public sealed class PlaylistTests
{
    private static readonly AudioRecipe Sound = new()
    {
        StreamIndex = 1, Encoder = "aac", BitRate = 128_000, Channels = 2, SampleRate = 48_000,
    };

    [Fact]
    public void Media_Video_IsExact()
    {
        var grid = new Grid(new Rational(24000, 1001), 100);
        Recipe recipe = Ladder.For(Described(grid)).Video[0].Recipe;

        Assert.Equal(
            """
            #EXTM3U
            #EXT-X-VERSION:7
            #EXT-X-TARGETDURATION:2
            #EXT-X-PLAYLIST-TYPE:VOD
            #EXT-X-MEDIA-SEQUENCE:0
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-MAP:URI="init.mp4"
            #EXTINF:1.960292,
            0.m4s
            #EXTINF:1.960291,
            1.m4s
            #EXTINF:0.250250,
            2.m4s
            #EXT-X-ENDLIST

            """,
            MediaPlaylist.Of(grid, recipe));
    }

    [Theory]
    [InlineData(24000, 1001, 43_200)]
    [InlineData(25, 1, 1)]
    [InlineData(30000, 1001, 3599)]
    [InlineData(60, 1, 100_001)]
    [InlineData(1, 1, 7)]
    public void Media_Durations_AddUpToTheTimelineAndKeepTheTarget(int numerator, int denominator, long frames)
    {
        var grid = new Grid(new Rational(numerator, denominator), frames);
        Recipe video = Ladder.For(Described(grid)).Video[0].Recipe;
        foreach (Recipe recipe in new[] { video, Sound })
        {
            decimal[] durations = [.. MediaPlaylist.Of(grid, recipe).Split('\n')
                .Where(line => line.StartsWith("#EXTINF:", StringComparison.Ordinal))
                .Select(line => decimal.Parse(line[8..^1], CultureInfo.InvariantCulture))];
            decimal whole = recipe is AudioRecipe
                ? grid.FirstAudioFrame(grid.SegmentCount, 48_000, 1024) * 1024m / 48_000m
                : frames * (decimal)denominator / numerator;

            Assert.InRange(durations.Sum() - whole, -0.000001m, 0.000001m);
            Assert.All(durations, duration => Assert.InRange(Math.Round(duration), 0, 2));
        }
    }

    [Fact]
    public void Media_LastPictureShorterThanAnAudioFrame_HasNoSoundSegment()
    {
        var grid = new Grid(new Rational(60, 1), 240 + 1);
        bool exists = SegmentTimes.Exists(grid, Sound, 2);

        Assert.Equal(grid.FirstAudioFrame(3, 48_000, 1024) > grid.FirstAudioFrame(2, 48_000, 1024), exists);
        Assert.Equal(exists, MediaPlaylist.Of(grid, Sound).Contains("\n2.m4s\n", StringComparison.Ordinal));
    }

    [Fact]
    public void Master_VideoWithSound_IsExact()
    {
        SourceDescription description = Described(new Grid(new Rational(24000, 1001), 100));
        Ladder ladder = Ladder.For(description) is var all ? all with { Video = [all.Video[0]] } : null!;
        Rendition video = ladder.Video[0];
        string id = RenditionId.Of(video, ScriptedTranscoder.Identity);
        string soundId = RenditionId.Of(ladder.Audio[0], ScriptedTranscoder.Identity);

        Assert.Equal(
            $"""
            #EXTM3U
            #EXT-X-VERSION:7
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Director's cut",LANGUAGE="de",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="{soundId}/index.m3u8"
            #EXT-X-STREAM-INF:BANDWIDTH={video.PeakBitsPerSecond + ladder.Audio[0].PeakBitsPerSecond},AVERAGE-BANDWIDTH={video.AverageBitsPerSecond + ladder.Audio[0].AverageBitsPerSecond},CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=23.976,VIDEO-RANGE=SDR,AUDIO="audio",CLOSED-CAPTIONS=NONE
            {id}/index.m3u8

            """,
            MasterPlaylist.Of(ladder, ScriptedTranscoder.Identity, ["avc1.64001f"]));
        Assert.Matches("^720p-[0-9a-f]{12}$", id);
    }

    [Fact]
    public void Master_SoundOnly_IsOneVariant()
    {
        SourceDescription description = Described(new Grid(new Rational(25, 1), 100)) with { Video = null };
        Ladder ladder = Ladder.For(description);
        string[] lines = MasterPlaylist.Of(ladder, ScriptedTranscoder.Identity, []).Split('\n');

        Assert.Equal(
            $"#EXT-X-STREAM-INF:BANDWIDTH={ladder.Audio[0].PeakBitsPerSecond},AVERAGE-BANDWIDTH={ladder.Audio[0].AverageBitsPerSecond},CODECS=\"mp4a.40.2\"",
            lines[3]);
        Assert.Equal(RenditionId.Of(ladder.Audio[0], ScriptedTranscoder.Identity) + "/index.m3u8", lines[4]);
    }

    private static SourceDescription Described(Grid grid) => new(
        "matroska",
        0,
        grid,
        new VideoTrack(0, "h264", 1280, 720, 0, 8, "bt709", "bt709", false),
        [new AudioTrack(1, "aac", 48_000, 6, "ger", "Director's \"cut\"\n")]);
}
