using System.Text.Json.Serialization;
using Transcode.Engine.Media;

namespace Transcode.Engine.Recipes;

/// <summary>Thumbnails in sheets: segment <c>n</c> is one JPEG of <c>Columns × Rows</c> tiles, filled row by row. Tile
/// <c>t</c> of the whole source stands for the grid frames from <c>t × FramesApart</c> on and shows the keyframe that a seek
/// to the first of them finds: the last one at or before it where the container has an index, else one shortly before. A
/// sheet must be quick even from a long film. What is left of the last sheet is black.</summary>
public sealed record TileRecipe : Recipe
{
    /// <summary>Of one tile, in square pixels, even.</summary>
    public required int Width { get; init; }

    /// <summary>Of one tile, in square pixels, even.</summary>
    public required int Height { get; init; }

    /// <summary>Tiles side by side.</summary>
    public required int Columns { get; init; }

    /// <summary>Tiles one above the other.</summary>
    public required int Rows { get; init; }

    /// <summary>Grid frames from one tile to the next, at least 1.</summary>
    public required int FramesApart { get; init; }

    /// <summary>A sheet that would take more is encoded again, coarser, down to JPEG's own limit.</summary>
    public required int MaxSheetBytes { get; init; }

    /// <summary>How tiles of a high dynamic range become those of the standard one; null where the source has the standard one.</summary>
    public StandardRange? StandardRange { get; init; }

    /// <summary>In tiles.</summary>
    [JsonIgnore]
    public int TilesASheet => Columns * Rows;

    /// <summary>Tiles of the whole source.</summary>
    public int TileCount(Grid grid) => checked((int)((grid.FrameCount + FramesApart - 1) / FramesApart));

    public override int SegmentCount(Grid grid) => (TileCount(grid) + TilesASheet - 1) / TilesASheet;

    /// <summary>The grid frame that sheet <paramref name="index"/> begins with; for the count itself, the end.</summary>
    public long FirstFrame(Grid grid, int index) => Math.Min((long)index * TilesASheet * FramesApart, grid.FrameCount);
}
