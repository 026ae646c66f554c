using System.Globalization;
using System.Xml.Linq;
using Appliance.Playback;
using Appliance.Tests.Hosting;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Appliance.Tests.Playback;

public sealed class DashManifestTests
{
    private static readonly XNamespace Dash = "urn:mpeg:dash:schema:mpd:2011";

    [Fact]
    public void Manifest_VideoWithTwoSounds_IsExact()
    {
        SourceDescription description = Described(new Grid(new Rational(24000, 1001), 100));
        Ladder ladder = Ladder.For(description);
        Rendition sound = ladder.Audio[0] with { Track = description.Audio[0] };
        Rendition other = Told(sound, description.Audio[1]);
        ladder = ladder with { Video = [ladder.Video[0]], Audio = [sound, other] };
        var trick = TrickPlay.For(description, ladder);
        string id = RenditionId.Of(ladder.Video[0], ScriptedTranscoder.Identity);
        string soundId = RenditionId.Of(sound, ScriptedTranscoder.Identity);
        string otherId = RenditionId.Of(other, ScriptedTranscoder.Identity);
        string tilesId = RenditionId.Of(trick.Tiles!, ScriptedTranscoder.Identity);

        Assert.Equal(
            $"""
            <?xml version="1.0" encoding="utf-8"?>
            <MPD profiles="urn:mpeg:dash:profile:isoff-live:2011" type="static" mediaPresentationDuration="PT4.170833S" minBufferTime="PT2S" xmlns="urn:mpeg:dash:schema:mpd:2011">
              <Period id="0" start="PT0S" duration="PT4.170833S">
                <AdaptationSet id="0" contentType="video" mimeType="video/mp4" segmentAlignment="true" startWithSAP="1" maxWidth="1280" maxHeight="720" frameRate="24000/1001" sar="1:1">
                  <Role schemeIdUri="urn:mpeg:dash:role:2011" value="main" />
                  <SegmentTemplate timescale="24000" presentationTimeOffset="24000" initialization="../hls/$RepresentationID$/init.mp4" media="../hls/$RepresentationID$/$Number$.m4s" startNumber="0">
                    <SegmentTimeline>
                      <S t="24000" d="47047" r="1" />
                      <S d="6006" />
                    </SegmentTimeline>
                  </SegmentTemplate>
                  <Representation id="{id}" bandwidth="{ladder.Video[0].PeakBitsPerSecond}" codecs="avc1.64001f" width="1280" height="720" />
                </AdaptationSet>
                <AdaptationSet id="1" contentType="audio" mimeType="audio/mp4" lang="de" segmentAlignment="true" startWithSAP="1">
                  <AudioChannelConfiguration schemeIdUri="urn:mpeg:dash:23003:3:audio_channel_configuration:2011" value="2" />
                  <Label>Director's "cut" &lt;1&gt;</Label>
                  <Role schemeIdUri="urn:mpeg:dash:role:2011" value="main" />
                  <SegmentTemplate timescale="48000" presentationTimeOffset="48000" initialization="../hls/$RepresentationID$/init.mp4" media="../hls/$RepresentationID$/$Number$.m4s" startNumber="0">
                    <SegmentTimeline>
                      <S t="48000" d="94208" r="1" />
                      <S d="12288" />
                    </SegmentTimeline>
                  </SegmentTemplate>
                  <Representation id="{soundId}" bandwidth="{sound.PeakBitsPerSecond}" codecs="mp4a.40.2" audioSamplingRate="48000" />
                </AdaptationSet>
                <AdaptationSet id="2" contentType="audio" mimeType="audio/mp4" segmentAlignment="true" startWithSAP="1">
                  <AudioChannelConfiguration schemeIdUri="urn:mpeg:dash:23003:3:audio_channel_configuration:2011" value="2" />
                  <Role schemeIdUri="urn:mpeg:dash:role:2011" value="commentary" />
                  <SegmentTemplate timescale="48000" presentationTimeOffset="48000" initialization="../hls/$RepresentationID$/init.mp4" media="../hls/$RepresentationID$/$Number$.m4s" startNumber="0">
                    <SegmentTimeline>
                      <S t="48000" d="94208" r="1" />
                      <S d="12288" />
                    </SegmentTimeline>
                  </SegmentTemplate>
                  <Representation id="{otherId}" bandwidth="{sound.PeakBitsPerSecond}" codecs="mp4a.40.2" audioSamplingRate="48000" />
                </AdaptationSet>
                <AdaptationSet id="3" contentType="image" mimeType="image/jpeg">
                  <SegmentTemplate timescale="24000" duration="1201200" startNumber="0" media="../hls/$RepresentationID$/$Number$.jpg" />
                  <Representation id="{tilesId}" bandwidth="{trick.Tiles!.PeakBitsPerSecond}" width="1600" height="900">
                    <EssentialProperty schemeIdUri="http://dashif.org/guidelines/thumbnail_tile" value="5x5" />
                  </Representation>
                </AdaptationSet>
              </Period>
            </MPD>

            """,
            Manifest(description, ladder, trick));
    }

    /// <summary>Cues carry the period's own times: nothing leads, unlike the media files.</summary>
    [Fact]
    public void Manifest_TracksOfText_AreSetsOfTheFilesOfHls()
    {
        SourceDescription description = Described(new Grid(new Rational(24000, 1001), 2000)) with
        {
            Text =
            [
                new TextTrack(3, "subrip", TextForm.Words, "fre", "Français <&>", TrackRoles.None),
                new TextTrack(4, "subrip", TextForm.Words, null, null, TrackRoles.Forced),
                new TextTrack(5, "subrip", TextForm.Words, "eng", null, TrackRoles.HearingImpaired),
                new TextTrack(6, "subrip", TextForm.Words, "eng", null, TrackRoles.Commentary),
                new TextTrack(7, "dvb_subtitle", TextForm.Pictures, "eng", null, TrackRoles.None),
            ],
        };
        Ladder ladder = Ladder.For(description);
        XElement[] sets = [.. XDocument.Parse(Manifest(description, ladder, TrickPlay.For(description, ladder)))
            .Descendants(Dash + "AdaptationSet").Where(set => set.Attribute("contentType")!.Value == "text")];

        Assert.Equal(["subtitle", "forced-subtitle", "caption", "commentary"], sets.Select(set => set.Element(Dash + "Role")!.Attribute("value")!.Value));
        Assert.Equal(
            $"""
            <AdaptationSet id="3" contentType="text" mimeType="text/vtt" lang="fr" xmlns="urn:mpeg:dash:schema:mpd:2011">
              <Label>Français &lt;&amp;&gt;</Label>
              <Role schemeIdUri="urn:mpeg:dash:role:2011" value="subtitle" />
              <SegmentTemplate timescale="24000" media="../hls/$RepresentationID$/$Number$.vtt" startNumber="0">
                <SegmentTimeline>
                  <S t="0" d="705705" r="1" />
                  <S d="590590" />
                </SegmentTimeline>
              </SegmentTemplate>
              <Representation id="{RenditionId.Of(ladder.Text[0], ScriptedTranscoder.Identity)}" bandwidth="{ladder.Text[0].PeakBitsPerSecond}" />
            </AdaptationSet>
            """,
            sets[0].ToString());
    }

    [Theory]
    [InlineData(24000, 1001, 43_200)]
    [InlineData(25, 1, 1)]
    [InlineData(30000, 1001, 3599)]
    [InlineData(60, 1, 241)]
    [InlineData(60, 1, 100_001)]
    [InlineData(1, 1, 7)]
    public void Timeline_AnyRate_AddsUpToThePeriodAndIsWhatHlsSays(int numerator, int denominator, long frames)
    {
        var grid = new Grid(new Rational(numerator, denominator), frames);
        SourceDescription description = Described(grid) with { Text = [new TextTrack(3, "subrip", TextForm.Words, null, null, TrackRoles.None)] };
        Ladder ladder = Ladder.For(description);
        XElement[] sets = [.. XDocument.Parse(Manifest(description, ladder, TrickPlay.For(description, ladder))).Descendants(Dash + "AdaptationSet")];
        XElement OfKind(string kind) => sets.First(set => set.Attribute("contentType")!.Value == kind);
        (XElement Set, Recipe Recipe)[] played =
            [(OfKind("video"), ladder.Video[0].Recipe), (OfKind("audio"), ladder.Audio[0].Recipe), (OfKind("text"), ladder.Text[0].Recipe)];

        Assert.All(played, one =>
        {
            long[] durations = Durations(one.Set);
            long timescale = long.Parse(one.Set.Element(Dash + "SegmentTemplate")!.Attribute("timescale")!.Value, CultureInfo.InvariantCulture);
            string[] listed = [.. MediaPlaylist.Of(grid, one.Recipe).Split('\n').Where(line => line.StartsWith("#EXTINF:", StringComparison.Ordinal))];
            long end = one.Recipe is AudioRecipe
                ? grid.FirstAudioFrame(grid.SegmentCount, 48_000, 1024) * 1024
                : new Rational(timescale * denominator, numerator).RoundOf(frames);

            Assert.Equal(end, durations.Sum());
            Assert.Equal(listed.Length, durations.Length);
            Assert.All(listed.Zip(durations), pair => Assert.Equal(
                (double)pair.Second / timescale, double.Parse(pair.First[8..^1], CultureInfo.InvariantCulture), 0.000001));
        });
    }

    [Fact]
    public void Manifest_TwoCodecs_AreTwoSets()
    {
        SourceDescription description = Described(new Grid(new Rational(25, 1), 100));
        Ladder ladder = Ladder.For(description);
        XDocument manifest = XDocument.Parse(new DashManifest(
            description,
            ladder,
            TrickPlay.For(description, ladder),
            ScriptedTranscoder.Identity,
            rendition => new(rendition == ladder.Video[^1] ? "hvc1.1.6.L93.B0" : rendition.Recipe is VideoRecipe ? "avc1.64001f" : "mp4a.40.2", 48_000),
            "").Write());

        Assert.Equal(
            [ladder.Video.Count - 1, 1],
            manifest.Descendants(Dash + "AdaptationSet").Where(set => set.Attribute("contentType")!.Value == "video")
                .Select(set => set.Elements(Dash + "Representation").Count()));
        Assert.Equal("$RepresentationID$/init.mp4", manifest.Descendants(Dash + "SegmentTemplate").First().Attribute("initialization")!.Value);
    }

    [Fact]
    public void Manifest_TwoRangesOfLightInOneCodec_AreTwoSets()
    {
        SourceDescription description = Described(new Grid(new Rational(25, 1), 100));
        Ladder ladder = Ladder.For(description);
        Rendition standard = ladder.Video[0];
        Rendition high = standard with { Recipe = (VideoRecipe)standard.Recipe with { Transfer = "smpte2084" } };
        XDocument manifest = XDocument.Parse(Manifest(description, ladder with { Video = [standard, high], Audio = [] }, TrickPlay.None));

        Assert.Equal([1, 1], manifest.Descendants(Dash + "AdaptationSet").Select(set => set.Elements(Dash + "Representation").Count()));
    }

    [Fact]
    public void Manifest_SoundOnly_HasASetATrack()
    {
        SourceDescription description = Described(new Grid(new Rational(25, 1), 100)) with { Video = null };
        Ladder ladder = Ladder.For(description);
        XDocument manifest = XDocument.Parse(Manifest(description, ladder, TrickPlay.For(description, ladder)));

        Assert.Equal(
            ["audio", "audio"],
            manifest.Descendants(Dash + "AdaptationSet").Select(set => set.Attribute("contentType")!.Value));
    }

    private static string Manifest(SourceDescription description, Ladder ladder, TrickPlay trick) => new DashManifest(
        description,
        ladder,
        trick,
        ScriptedTranscoder.Identity,
        rendition => rendition.Recipe is VideoRecipe ? new("avc1.64001f", (uint)description.Grid.FrameRate.Numerator) : new("mp4a.40.2", 48_000),
        "../hls/").Write();

    private static Rendition Told(Rendition like, AudioTrack track) =>
        like with { Recipe = like.Recipe with { StreamIndex = track.StreamIndex }, Track = track };

    private static long[] Durations(XElement set) => [.. set.Descendants(Dash + "S").SelectMany(entry => Enumerable.Repeat(
        long.Parse(entry.Attribute("d")!.Value, CultureInfo.InvariantCulture),
        1 + int.Parse(entry.Attribute("r")?.Value ?? "0", CultureInfo.InvariantCulture)))];

    private static SourceDescription Described(Grid grid) => new(
        "matroska",
        0,
        grid,
        new VideoTrack(0, "h264", 1280, 720, 0, 8, "bt709", "bt709", false),
        [
            new AudioTrack(1, "aac", 48_000, 2, "ger", "Director's \"cut\" <1>\n\u0001"),
            new AudioTrack(2, "aac", 48_000, 2, null, null, TrackRoles.Commentary),
        ],
        [],
        []);
}
