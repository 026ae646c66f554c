using System.Globalization;
using Appliance.Sources;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Playback;

/// <summary>What can be made of a source.</summary>
internal static class Artifacts
{
    public static Artifact Init(PlayableSource source, Recipe recipe) => new(
        Key(source, recipe.Id, "init"),
        new InitOrder(source.Description, recipe),
        source.Bytes);

    public static Artifact Segment(PlayableSource source, Recipe recipe, int index) => new(
        Key(source, recipe.Id, index.ToString(CultureInfo.InvariantCulture)),
        new SegmentOrder(source.Description, recipe, index),
        source.BytesFor(recipe));

    /// <summary>A still's recipe is its width, and how tones are mapped where they are.</summary>
    public static Artifact Still(PlayableSource source, long frame, int width)
    {
        StandardRange? range = source.Ladder.StandardRange;
        string mapped = range is not { ToneMap: { } map }
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"-{map.Curve}-{map.Gamut}-{map.PeakRule}{map.PeakNits}-{range.Scaler}");
        return new(
            Key(source, string.Create(CultureInfo.InvariantCulture, $"still-{width}{mapped}"), frame.ToString(CultureInfo.InvariantCulture)),
            new StillOrder(source.Description, frame, width) { StandardRange = range },
            source.Bytes);
    }

    public static Artifact Tuning(PlayableSource source, VideoRecipe recipe, int index) => new(
        Key(source, recipe.Id, string.Create(CultureInfo.InvariantCulture, $"tuning-{index}")),
        new TuningOrder(source.Description, recipe, index),
        source.Bytes);

    private static ArtifactKey Key(PlayableSource source, string recipeId, string part) =>
        KnownKeys.Of(source.Bytes.Fingerprint, recipeId, part, source.Engine);
}
