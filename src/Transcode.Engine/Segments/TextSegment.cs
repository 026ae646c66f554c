using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Makes one segment of subtitles: the cues shown in its span, those that began before it or end after it
/// included, with their whole times, so that a player that joins anywhere has what is on the screen.</summary>
internal sealed class TextSegment(
    SourceReader source, SegmentOrder order, TextRecipe recipe, Action<ReadOnlyMemory<byte>> onChunk)
{
    public SegmentTally Make(CancellationToken cancellationToken)
    {
        Grid grid = order.Source.Grid;
        var frameMilliseconds = new Rational(1000 * grid.FrameRate.Denominator, grid.FrameRate.Numerator);
        long start = frameMilliseconds.FloorOf(recipe.FirstFrame(grid, order.Index));
        long end = frameMilliseconds.CeilingOf(recipe.FirstFrame(grid, order.Index + 1));
        var reader = new CueReader(source, order.Source, recipe.StreamIndex);
        List<Cue> cues = [.. reader
            .Read(start - (recipe.LookBackSeconds * 1000L), end, cancellationToken)
            .Where(cue => cue.EndMilliseconds > Math.Max(0, start))
            .Distinct()
            .OrderBy(cue => cue.StartMilliseconds).ThenBy(cue => cue.EndMilliseconds)];
        onChunk(WebVtt.Segment(cues, recipe.MaxBytes));
        return new(recipe.Encoder, cues.Count, 0, 0);
    }
}
