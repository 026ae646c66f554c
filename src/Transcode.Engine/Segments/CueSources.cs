using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments.Captions;
using Transcode.Engine.Segments.Sidecars;
using Transcode.Engine.Segments.Ttml;

namespace Transcode.Engine.Segments;

/// <summary>Which reader a rendition of text has.</summary>
internal static class CueSources
{
    /// <param name="recipe">The rendition's.</param>
    /// <param name="description">As probed.</param>
    /// <param name="bytes">The source, or the file beside it that the recipe names.</param>
    /// <param name="open">Opens these bytes as a source.</param>
    public static ICueSource Of(TextRecipe recipe, SourceDescription description, IByteReader bytes, Func<SourceReader> open)
    {
        if (recipe.Sidecar is { } sidecar)
        {
            return new SidecarReader(bytes, sidecar);
        }

        if (recipe.RunInSeconds is not null)
        {
            return new CaptionReader(open(), description, recipe);
        }

        int lookBack = recipe.LookBackSeconds ?? 0;
        return description.Text.FirstOrDefault(track => track.StreamIndex == recipe.StreamIndex)?.Codec == SubtitleCodecs.Ttml
            ? new TtmlTrack(open(), description, recipe.StreamIndex, lookBack)
            : new CueReader(open(), description, recipe.StreamIndex, lookBack);
    }
}
