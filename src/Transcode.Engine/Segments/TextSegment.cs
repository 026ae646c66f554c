using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Makes one segment of subtitles: the cues shown in its span, those that began before it or end after it
/// included, with their whole times, so that a player that joins anywhere has what is on the screen.</summary>
internal static class TextSegment
{
    /// <param name="order">The segment.</param>
    /// <param name="recipe">Its recipe.</param>
    /// <param name="bytes">The source, or the file beside it that the recipe names.</param>
    /// <param name="open">Opens these bytes as a source.</param>
    /// <param name="onChunk">Takes the segment.</param>
    /// <param name="cancellationToken">Looked at between cues.</param>
    public static SegmentTally Make(
        SegmentOrder order,
        TextRecipe recipe,
        IByteReader bytes,
        Func<SourceReader> open,
        Action<ReadOnlyMemory<byte>> onChunk,
        CancellationToken cancellationToken)
    {
        Grid grid = order.Source.Grid;
        var frameMilliseconds = new Rational(1000 * grid.FrameRate.Denominator, grid.FrameRate.Numerator);
        long start = frameMilliseconds.FloorOf(recipe.FirstFrame(grid, order.Index));
        long end = frameMilliseconds.CeilingOf(recipe.FirstFrame(grid, order.Index + 1));
        List<Cue> cues = [.. CueSources.Of(recipe, order.Source, bytes, open)
            .Read(start, end, cancellationToken)
            .Where(cue => cue.StartMilliseconds < end && cue.EndMilliseconds > cue.StartMilliseconds && cue.EndMilliseconds > Math.Max(0, start))
            .Distinct()
            .OrderBy(cue => cue.StartMilliseconds).ThenBy(cue => cue.EndMilliseconds)];
        onChunk(WebVtt.Segment(cues, recipe.MaxBytes));
        return new(recipe.Encoder, cues.Count, 0, 0);
    }
}
