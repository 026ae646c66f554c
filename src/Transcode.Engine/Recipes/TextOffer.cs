using System.Globalization;
using Transcode.Engine.Media;

namespace Transcode.Engine.Recipes;

/// <summary>Which subtitles of a source are offered: every track of words, as WebVTT.</summary>
internal static class TextOffer
{
    public static List<Rendition> Of(SourceDescription source) =>
        [.. source.Text.Where(track => track.Form == TextForm.Words).Select((track, place) => Offer(place, track, source.Grid))];

    private static Rendition Offer(int place, TextTrack track, Grid grid)
    {
        var recipe = new TextRecipe
        {
            StreamIndex = track.StreamIndex,
            Encoder = "webvtt",
            GridSegments = 15,
            LookBackSeconds = 30,
            MaxBytes = 64 * 1024,
        };
        string name = place == 0 ? "text" : string.Create(CultureInfo.InvariantCulture, $"text-{place + 1}");
        return new(name, recipe, Promise.TextPeak(recipe, grid), Promise.TextAverage(recipe, grid)) { Track = track };
    }
}
