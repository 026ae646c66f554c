using Appliance.Playback;
using Appliance.Tests.Hosting;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Appliance.Tests.Playback;

/// <summary>How sound and subtitles stand in the playlists.</summary>
public sealed class TrackPlaylistTests
{
    private static readonly SourceDescription Film = new(
        "matroska",
        0,
        new Grid(new Rational(25, 1), 25 * 100),
        new VideoTrack(0, "h264", 320, 180, 0, 8, "bt709", "bt709", false),
        [
            new AudioTrack(1, "dts", 48_000, 8, "eng", null),
            new AudioTrack(2, "aac", 48_000, 2, "eng", null, TrackRoles.Commentary),
            new AudioTrack(3, "ac3", 48_000, 6, "fra", null, TrackRoles.Default),
            new AudioTrack(4, "aac", 48_000, 1, "eng", null, TrackRoles.VisualImpaired),
            new AudioTrack(5, "aac", 48_000, 2, "eng", null),
        ],
        [
            new TextTrack(6, "subrip", TextForm.Words, "ger", null, TrackRoles.Default),
            new TextTrack(7, "hdmv_pgs_subtitle", TextForm.Pictures, "ger", null, TrackRoles.None),
            new TextTrack(8, "ass", TextForm.Words, "ger", null, TrackRoles.Forced),
            new TextTrack(9, "mov_text", TextForm.Words, null, "Signs, \"songs\"", TrackRoles.HearingImpaired),
        ],
        []);

    [Fact]
    public void Ladder_OfManyTracks_OffersStereoOfAllAnd51OfTheLarger() => Assert.Equal(
        ["audio 1 2", "audio-2 2 2", "audio-3 3 2", "audio-4 4 2", "audio-5 5 2", "surround 1 6", "surround-2 3 6"],
        Ladder.For(Film).Audio.Select(sound =>
            $"{sound.Name} {sound.Recipe.StreamIndex} {((AudioRecipe)sound.Recipe).Channels}"));

    [Fact]
    public void Master_ManyTracks_IsExact()
    {
        Ladder ladder = Ladder.For(Film);
        string[] ids = [.. ladder.Renditions.Concat(ladder.Text).Select(rendition => RenditionId.Of(rendition, ScriptedTranscoder.Identity))];
        Rendition video = ladder.Video[0];
        int stereo = video.PeakBitsPerSecond + ladder.Audio[0].PeakBitsPerSecond + ladder.Text[0].PeakBitsPerSecond;
        int surround = video.PeakBitsPerSecond + ladder.Audio[5].PeakBitsPerSecond + ladder.Text[0].PeakBitsPerSecond;
        int stereoAverage = video.AverageBitsPerSecond + ladder.Audio[0].AverageBitsPerSecond + ladder.Text[0].AverageBitsPerSecond;
        int surroundAverage = video.AverageBitsPerSecond + ladder.Audio[5].AverageBitsPerSecond + ladder.Text[0].AverageBitsPerSecond;
        const string Rest = "CODECS=\"avc1.64000d,mp4a.40.2\",RESOLUTION=320x180,FRAME-RATE=25.000,VIDEO-RANGE=SDR,";

        Assert.Equal(
            $"""
            #EXTM3U
            #EXT-X-VERSION:7
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="{ids[1]}/index.m3u8"
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="English (commentary)",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=NO,CHARACTERISTICS="public.auxiliary-content",CHANNELS="2",URI="{ids[2]}/index.m3u8"
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Français",LANGUAGE="fr",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="2",URI="{ids[3]}/index.m3u8"
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="English (audio description)",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=YES,CHARACTERISTICS="public.accessibility.describes-video",CHANNELS="2",URI="{ids[4]}/index.m3u8"
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="English 2",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="2",URI="{ids[5]}/index.m3u8"
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="surround",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="6",URI="{ids[6]}/index.m3u8"
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="surround",NAME="English (commentary)",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=NO,CHARACTERISTICS="public.auxiliary-content",CHANNELS="2",URI="{ids[2]}/index.m3u8"
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="surround",NAME="Français",LANGUAGE="fr",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="6",URI="{ids[7]}/index.m3u8"
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="surround",NAME="English (audio description)",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=YES,CHARACTERISTICS="public.accessibility.describes-video",CHANNELS="2",URI="{ids[4]}/index.m3u8"
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="surround",NAME="English 2",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="2",URI="{ids[5]}/index.m3u8"
            #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="text",NAME="Deutsch",LANGUAGE="de",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,URI="{ids[8]}/index.m3u8"
            #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="text",NAME="Deutsch (forced)",LANGUAGE="de",DEFAULT=NO,AUTOSELECT=YES,FORCED=YES,URI="{ids[9]}/index.m3u8"
            #EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="text",NAME="Signs, songs",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,CHARACTERISTICS="public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound",URI="{ids[10]}/index.m3u8"
            #EXT-X-STREAM-INF:BANDWIDTH={stereo},AVERAGE-BANDWIDTH={stereoAverage},{Rest}AUDIO="audio",SUBTITLES="text",CLOSED-CAPTIONS=NONE
            {ids[0]}/index.m3u8
            #EXT-X-STREAM-INF:BANDWIDTH={surround},AVERAGE-BANDWIDTH={surroundAverage},{Rest}AUDIO="surround",SUBTITLES="text",CLOSED-CAPTIONS=NONE
            {ids[0]}/index.m3u8

            """,
            MasterPlaylist.Of(ladder, ScriptedTranscoder.Identity, ["avc1.64000d"]));
    }

    [Fact]
    public void Master_SoundOnlyInTwoLanguages_HasTheDefaultAsItsVariant()
    {
        Ladder ladder = Ladder.For(Film with { Video = null, Audio = [Film.Audio[1] with { Roles = TrackRoles.None }, Film.Audio[2] with { Channels = 2 }], Text = [] });
        string[] ids = [.. ladder.Audio.Select(rendition => RenditionId.Of(rendition, ScriptedTranscoder.Identity))];

        Assert.Equal(
            $"""
            #EXTM3U
            #EXT-X-VERSION:7
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2"
            #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="Français",LANGUAGE="fr",DEFAULT=NO,AUTOSELECT=YES,CHANNELS="2",URI="{ids[1]}/index.m3u8"
            #EXT-X-STREAM-INF:BANDWIDTH={ladder.Audio[0].PeakBitsPerSecond},AVERAGE-BANDWIDTH={ladder.Audio[0].AverageBitsPerSecond},AUDIO="audio",CODECS="mp4a.40.2"
            {ids[0]}/index.m3u8

            """,
            MasterPlaylist.Of(ladder, ScriptedTranscoder.Identity, []));
    }

    /// <summary>100 seconds in segments of 15 × 2 seconds.</summary>
    [Fact]
    public void Media_Text_IsExact() => Assert.Equal(
        """
        #EXTM3U
        #EXT-X-VERSION:7
        #EXT-X-TARGETDURATION:30
        #EXT-X-PLAYLIST-TYPE:VOD
        #EXT-X-MEDIA-SEQUENCE:0
        #EXT-X-INDEPENDENT-SEGMENTS
        #EXTINF:30.000000,
        0.vtt
        #EXTINF:30.000000,
        1.vtt
        #EXTINF:30.000000,
        2.vtt
        #EXTINF:10.000000,
        3.vtt
        #EXT-X-ENDLIST

        """,
        MediaPlaylist.Of(Film.Grid, Ladder.For(Film).Text[0].Recipe));

    /// <summary>64 KiB a segment: three in 90 seconds; four in 100, the last too short to count by itself; three in 80.</summary>
    [Theory]
    [InlineData(90, 17_477, 17_477)]
    [InlineData(100, 20_972, 20_972)]
    [InlineData(80, 26_215, 19_661)]
    public void Promise_OfText_IsItsLimit(int seconds, int peak, int average)
    {
        Rendition text = Ladder.For(Film with { Grid = new Grid(new Rational(25, 1), 25 * seconds) }).Text[0];

        Assert.Equal(peak, text.PeakBitsPerSecond);
        Assert.Equal(average, text.AverageBitsPerSecond);
    }

    [Fact]
    public async Task Segment_OfText_IsWebVttAndNumberedByItself()
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync(new ScriptedTranscoder { Description = Film });
        string text = appliance.Url("text", "");
        using HttpResponseMessage last = await appliance.SendAsync(HttpMethod.Get, text + "3.vtt");
        using HttpResponseMessage beyond = await appliance.SendAsync(HttpMethod.Get, text + "4.vtt");
        using HttpResponseMessage asMedia = await appliance.SendAsync(HttpMethod.Get, text + "0.m4s");
        using HttpResponseMessage init = await appliance.SendAsync(HttpMethod.Get, text + "init.mp4");
        using HttpResponseMessage pictureAsText = await appliance.SendAsync(HttpMethod.Get, appliance.Url("240p", "0.vtt"));

        Assert.Equal("text/vtt; charset=utf-8", last.Content.Headers.ContentType?.ToString());
        Assert.Equal([200, 404, 404, 404, 404], new[] { last, beyond, asMedia, init, pictureAsText }.Select(answer => (int)answer.StatusCode));
    }
}
