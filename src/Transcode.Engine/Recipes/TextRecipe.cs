using Transcode.Engine.Media;

namespace Transcode.Engine.Recipes;

/// <summary>Subtitles as segments of WebVTT (RFC 8216, 3.5). A segment of text spans several of the grid's: to find its
/// cues, the source is read over the whole span and a while before it, and that should not be done every two seconds.</summary>
public sealed record TextRecipe : Recipe
{
    /// <summary>Segments of the grid that one segment of text spans, at least 1.</summary>
    public required int GridSegments { get; init; }

    /// <summary>A cue that began longer than this before a segment is no longer in it, in seconds. Null where all cues are at
    /// hand and no such limit is needed.</summary>
    public int? LookBackSeconds { get; init; }

    /// <summary>Captions that are written bit by bit are decoded from so long before the look back on, in seconds. Null where
    /// each packet stands for itself.</summary>
    public int? RunInSeconds { get; init; }

    /// <summary>Cues that no longer fit a segment of this many bytes are left out, the later ones.</summary>
    public required int MaxBytes { get; init; }

    /// <summary>The file they are read from; null where they are in the source itself.</summary>
    public SidecarText? Sidecar { get; init; }

    /// <summary>Segments of text on a grid.</summary>
    public override int SegmentCount(Grid grid) => (grid.SegmentCount + GridSegments - 1) / GridSegments;

    /// <summary>The first frame of segment <paramref name="index"/> of text; for the segment count, the end.</summary>
    public long FirstFrame(Grid grid, int index) => grid.FirstFrame((int)Math.Min((long)index * GridSegments, grid.SegmentCount));
}
