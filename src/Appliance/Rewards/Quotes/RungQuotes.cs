using Appliance.Sources;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using global::Rewards.Accounts;

namespace Appliance.Rewards.Quotes;

/// <summary>How much work a ladder is, before it is made.</summary>
internal static class RungQuotes
{
    /// <summary>A segment is decoded from the keyframe before it, which in most films is within ten seconds: five segments more.</summary>
    private const int SegmentsDecodedMost = 6;

    /// <summary>Frames of sound that an encoder may put before and behind a segment's own.</summary>
    private const int SoundMargin = 4;

    /// <summary>One entry for each rendition that is metered, figures a segment's at most; empty where none is.</summary>
    public static IReadOnlyList<QuotedRendition> Of(PlayableSource source, Ladder ladder)
    {
        Recipe[] metered = [.. ladder.AllRenditions.Select(rendition => rendition.Recipe).Where(MeteredAs.Is)];
        int pictures = metered.Count(recipe => recipe is VideoRecipe);
        return [.. metered.Select(recipe => Of(source.Description, recipe, pictures))];
    }

    /// <param name="source">What it is made of.</param>
    /// <param name="recipe">Of picture or sound.</param>
    /// <param name="pictures">Rungs that share a decode.</param>
    private static QuotedRendition Of(SourceDescription source, Recipe recipe, int pictures)
    {
        Grid grid = source.Grid;
        int segments = recipe.SegmentCount(grid);
        string codec = MeteredAs.Codec(recipe);
        if (recipe is AudioRecipe sound)
        {
            long frames = SoundMargin + new Rational(sound.SampleRate, AudioRecipe.SamplesPerFrame).CeilingOf(Grid.SegmentSeconds);
            return new(MeteredAs.BitDepth(recipe), codec, frames, PixelsIn: 0, PixelsInMost: 0, PixelsOut: 0, segments);
        }

        long decoded = source.Video is { } video ? (long)video.Width * video.Height * grid.SegmentFrames : 0;
        long encoded = recipe is PictureRecipe picture ? (long)picture.Width * picture.Height * grid.SegmentFrames : 0;
        return new(
            MeteredAs.BitDepth(recipe), codec, grid.SegmentFrames, decoded / Math.Max(1, pictures), decoded * SegmentsDecodedMost, encoded, segments);
    }
}
