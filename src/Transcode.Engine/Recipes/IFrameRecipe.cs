using Transcode.Engine.Media;

namespace Transcode.Engine.Recipes;

/// <summary>Single pictures for fast forward and scrubbing: segment <c>n</c> is one IDR picture, that of grid frame
/// <c>n × FramesApart</c>, which lasts until the next.</summary>
/// <remarks>An I-frame playlist may point into the renditions' own segments by byte ranges, but those are known only once the
/// segments are made. Pictures of their own cost nothing until somebody scrubs, and are a tenth of the bytes.</remarks>
public sealed record IFrameRecipe : Recipe
{
    /// <summary>How a picture is made. Its buffer starts full and holds what one picture may take.</summary>
    public required VideoRecipe Picture { get; init; }

    /// <summary>Grid frames from one picture to the next, at least 1.</summary>
    public required int FramesApart { get; init; }

    public override int SegmentCount(Grid grid) => checked((int)((grid.FrameCount + FramesApart - 1) / FramesApart));

    /// <summary>The grid frame that picture <paramref name="index"/> shows; for the count itself, the end.</summary>
    public long FirstFrame(Grid grid, int index) => Math.Min((long)index * FramesApart, grid.FrameCount);
}
