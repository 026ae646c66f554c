using System.Globalization;
using Transcode.Engine.Media;

namespace Transcode.Engine.Recipes;

/// <summary>Which subtitles of a source are offered: every track of words, and every file of words beside it, as WebVTT.</summary>
internal static class TextOffer
{
    private const int LookBackSeconds = 30;

    /// <summary>At two characters a frame a whole screen of captions, 15 rows of 32, takes eight seconds to be written.</summary>
    private const int CaptionRunInSeconds = 10;

    /// <summary>Digits of its fingerprint that name a file's rendition: it keeps its name when other files come and go.</summary>
    private const int NameDigits = 8;

    public static List<Rendition> Of(SourceDescription source) =>
        [.. source.Text.Where(track => track.Form == TextForm.Words).Select((track, place) => Offer(
            place == 0 ? "text" : string.Create(CultureInfo.InvariantCulture, $"text-{place + 1}"),
            Recipe(track.StreamIndex) with
            {
                LookBackSeconds = LookBackSeconds,
                RunInSeconds = track.Codec == SubtitleCodecs.Captions ? CaptionRunInSeconds : null,
            },
            track,
            source.Grid))];

    public static Rendition Of(SidecarTrack track, Grid grid) => Offer(
        $"text-{track.Fingerprint[..NameDigits]}",
        Recipe(track.StreamIndex) with { Sidecar = new(track.Fingerprint, track.Format) },
        track,
        grid);

    private static TextRecipe Recipe(int streamIndex) => new()
    {
        StreamIndex = streamIndex,
        Encoder = "webvtt",
        GridSegments = 15,
        MaxBytes = 64 * 1024,
    };

    private static Rendition Offer(string name, TextRecipe recipe, LabelledTrack track, Grid grid) =>
        new(name, recipe, Promise.TextPeak(recipe, grid), Promise.TextAverage(recipe, grid)) { Track = track };
}
