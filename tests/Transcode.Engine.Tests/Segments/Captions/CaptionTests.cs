using System.Globalization;
using System.Text;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tests.Media;
using Xunit;

namespace Transcode.Engine.Tests.Segments.Captions;

/// <summary>CEA-608 captions, in the picture or as a track, become segments of WebVTT.</summary>
public sealed class CaptionTests
{
    private const string X264 = "-c:v libx264 -preset ultrafast -bf 2 -g 60";

    /// <summary>The pictures at which cues begin and end, and their words; two rows where they roll up.</summary>
    private static readonly (int From, int To, string Text)[] Said =
    [
        (45, 120, "Hello there"),
        (870, 990, "Across it"),
        (1230, 1320, "One < two"),
        (1320, 1380, "Two"),
        (1502, 1562, "Row one"),
        (1562, 1622, "Row one\nRow two"),
        (1622, 1740, "Row two\nRow three"),
    ];

    [Theory]
    [InlineData("ts", X264)]
    [InlineData("mp4", X264, Explicit = true)]
    [InlineData("mkv", X264)]
    [InlineData("ts", "-c:v mpeg2video -bf 2 -g 60")]
    public async Task Captions_InThePicture_AreTheWordsAtTheirTimes(string container, string options)
    {
        byte[] film = await Film().MakeAsync(options, container);
        using var desk = new Desk(film);
        TextTrack track = Assert.Single(desk.Description.Text);

        Assert.Equal(
            ("eia_608", TextForm.Words, "CC1", TrackRoles.HearingImpaired, desk.Description.Video!.StreamIndex),
            (track.Codec, track.Form, track.Title, track.Roles, track.StreamIndex));
        AssertSaid(desk);
        await AssertAsFfmpegAsync(desk, film, container);
    }

    [Fact]
    public async Task Captions_OfATrack_AreTheWordsAtTheirTimes()
    {
        byte[] film = await FFmpeg.WithFileAsync(await Film().MakeAsync(X264, "ts"), path => FFmpeg.MakeAsync(
            $"-f lavfi -i movie={path}[out0+subcc] -map 0:v -map 0:s -c:v libx264 -preset ultrafast -a53cc 0 -c:s copy", "mov"));
        using var desk = new Desk(film);
        TextTrack track = Assert.Single(desk.Description.Text);

        Assert.Equal(("eia_608", TextForm.Words), (track.Codec, track.Form));
        Assert.NotEqual(desk.Description.Video!.StreamIndex, track.StreamIndex);
        AssertSaid(desk);
    }

    [Theory]
    [InlineData("fragmented_captions.mp4")]
    [InlineData("fragmented_captions_h265.mp4")]
    [InlineData("sd-hls0000000000.ts")]
    public async Task Captions_OfClips_AreThoseFfmpegSees(string clip)
    {
        byte[] film = await File.ReadAllBytesAsync(SharedMedia.Require("subtitles/" + clip), TestContext.Current.CancellationToken);
        using var desk = new Desk(film);

        await AssertAsFfmpegAsync(desk, film, Path.GetExtension(clip)[1..]);
    }

    /// <summary>Whatever was asked before: decoding begins at a place that the index alone decides. A cue that lies in two
    /// segments is the same in both, for players know it by its times and words.</summary>
    [Fact]
    public async Task Captions_AnyOrder_AreTheSameBytes()
    {
        var spoken = new CaptionedFilm(160);
        for (int at = 60; at < 4700; at += 90)
        {
            spoken.PopOn(string.Create(CultureInfo.InvariantCulture, $"Line {at}"), at, to: -1);
        }

        byte[] film = await spoken.MakeAsync(X264, "ts");
        using var desk = new Desk(film);
        Recipe recipe = Assert.Single(desk.Ladder.Text).Recipe;
        byte[][] forward = [.. Enumerable.Range(0, 6).Select(index => desk.Segment(recipe, index))];
        foreach (int index in new[] { 5, 1, 3 })
        {
            using var fresh = new Desk(film);
            Assert.Equal(forward[index], fresh.Segment(recipe, index));
            Assert.Equal(forward[index], desk.Segment(recipe, index));
        }

        (string, string)[] cues = [.. forward.SelectMany(CuesOf).Distinct()];
        Assert.Equal(52, cues.Length);
        Assert.Equal(52, cues.Select(cue => cue.Item2).Distinct().Count());
    }

    /// <summary>Longer than a segment looks back, and over the borders of three: players must not take it for several.</summary>
    [Fact]
    public async Task Caption_OfFortyFiveSeconds_IsOneCueInAllSegments()
    {
        using var desk = new Desk(await new CaptionedFilm(100).PopOn("A long one", 750, 2100).MakeAsync(X264, "ts"));
        var recipe = (TextRecipe)Assert.Single(desk.Ladder.Text).Recipe;
        (string Times, string Text)[] cues = [.. Enumerable.Range(0, recipe.SegmentCount(desk.Grid)).SelectMany(index => CuesOf(desk.Segment(recipe, index)))];

        Assert.Equal(2, cues.Length);
        Assert.Equal(($"{Time(750)} --> 00:00:55.025", "A long one"), Assert.Single(cues.Distinct()));
    }

    [Fact]
    public async Task Captions_OnlyRoomForThem_AreNotOffered()
    {
        using var desk = new Desk(await new CaptionedFilm(2).MakeAsync(X264, "ts"));

        Assert.Empty(desk.Description.Text);
    }

    /// <summary>The first comes at the end of the film's third fifth.</summary>
    [Fact]
    public async Task Captions_ThatComeLate_AreFound()
    {
        using var desk = new Desk(await new CaptionedFilm(100).PopOn("Late", 1900, 1950).MakeAsync(X264, "ts"));

        Assert.Equal("CC1", Assert.Single(desk.Description.Text).Title);
    }

    private static CaptionedFilm Film() => new CaptionedFilm(70)
        .PopOn("Hello there", 45, 120)
        .PopOn("Across it", 870, 990)
        .PopOn("One < two", 1230, -1)
        .PopOn("Two", 1320, 1380)
        .RollUp("Row one", 1500)
        .RollUp("Row two", 1560)
        .RollUp("Row three", 1620)
        .Erase(1740);

    /// <summary>Each in the segments whose span it touches, to the millisecond of its picture.</summary>
    private static void AssertSaid(Desk desk)
    {
        var recipe = (TextRecipe)Assert.Single(desk.Ladder.Text).Recipe;
        for (int index = 0; index < recipe.SegmentCount(desk.Grid); index++)
        {
            long first = recipe.FirstFrame(desk.Grid, index);
            long next = recipe.FirstFrame(desk.Grid, index + 1);
            Assert.Equal(
                Said.Where(said => said.From < next && said.To > first).Select(said => ($"{Time(said.From)} --> {Time(said.To)}", Escaped(said.Text))),
                CuesOf(desk.Segment(recipe, index)));
        }
    }

    /// <summary>The witness decodes the pictures and takes the captions from there.</summary>
    private static async Task AssertAsFfmpegAsync(Desk desk, byte[] film, string container)
    {
        Recipe recipe = Assert.Single(desk.Ladder.Text).Recipe;
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + "." + container);
        await File.WriteAllBytesAsync(path, film, TestContext.Current.CancellationToken);
        try
        {
            string theirs = Encoding.UTF8.GetString(await FFmpeg.RunAsync($"-f lavfi -i movie={path}[out0+subcc] -map 0:s -f ass pipe:1"));
            (long, string)[] expected = [.. theirs.Split('\n').Where(line => line.StartsWith("Dialogue:", StringComparison.Ordinal)).Select(line => line.TrimEnd().Split(',', 10))
                .Select(fields => ((long)TimeSpan.Parse(fields[1], CultureInfo.InvariantCulture).TotalMilliseconds / 100, Transcode.Engine.Segments.CueText.OfAss(fields[9])))];
            (string Times, string Text)[] ours = [.. Enumerable.Range(0, recipe.SegmentCount(desk.Grid)).SelectMany(index => CuesOf(desk.Segment(recipe, index))).Distinct()];

            Assert.NotEmpty(expected);
            Assert.Equal(expected.Select(cue => cue.Item2), ours.Select(cue => cue.Text));
            Assert.All(expected.Zip(ours), pair => Assert.InRange(
                (long)TimeSpan.Parse(pair.Second.Times.Split(' ')[0], CultureInfo.InvariantCulture).TotalMilliseconds / 100, pair.First.Item1 - 1, pair.First.Item1 + 1));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static IEnumerable<(string Times, string Text)> CuesOf(byte[] segment) => Encoding.UTF8.GetString(segment).TrimEnd('\n').Split("\n\n").Skip(1)
        .Select(cue => cue.Split('\n', 2)).Select(parts => (parts[0], parts[1]));

    private static string Time(int picture) => TimeSpan.FromMilliseconds(((picture * 1001L) + 15) / 30).ToString(@"hh\:mm\:ss\.fff", CultureInfo.InvariantCulture);

    private static string Escaped(string text) => text.Replace("<", "&lt;", StringComparison.Ordinal);
}
