using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Makes one sheet of thumbnails.</summary>
internal static class TileSheet
{
    /// <summary>Tried in turn until a sheet keeps its limit; JPEG's own end is the last.</summary>
    private static readonly int[] Quantizers = [4, 6, 9, 14, 21, Jpeg.Coarsest];

    /// <summary>Full-range black, by plane: luma and the two of colour.</summary>
    private static readonly byte[] Black = [0, 128, 128];

    public static SegmentTally Make(
        SourceReader source,
        SegmentOrder order,
        TileRecipe recipe,
        Action<ReadOnlyMemory<byte>> onChunk,
        CancellationToken cancellationToken)
    {
        Grid grid = order.Source.Grid;
        using var sheet = new AvFrame
        {
            Width = recipe.Width * recipe.Columns,
            Height = recipe.Height * recipe.Rows,
            Format = LibAv.Layout.PixelFormats.YuvJ420P,
        };
        sheet.Allocate();
        for (int plane = 0; plane < Black.Length; plane++)
        {
            sheet.Plane(plane, Rows(plane, sheet.Height)).Fill(Black[plane]);
        }

        int first = order.Index * recipe.TilesASheet;
        int tiles = Math.Min(recipe.TilesASheet, recipe.TileCount(grid) - first);
        using var reader = new KeyframeReader(source, order.Source);
        using var shaper = new JpegShaper(order.Source.Video!, recipe.StandardRange, recipe.Width, recipe.Height);
        using var tile = new AvFrame();
        for (int i = 0; i < tiles; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (reader.PictureNear((long)(first + i) * recipe.FramesApart) is { } picture)
            {
                shaper.Shape(picture, tile);
                Place(tile, sheet, (i % recipe.Columns) * recipe.Width, i / recipe.Columns * recipe.Height);
            }
        }

        onChunk(Encode(sheet, recipe));
        return new(recipe.Encoder, 1, reader.DecodedPixels, (long)sheet.Width * sheet.Height);
    }

    private static byte[] Encode(AvFrame sheet, TileRecipe recipe)
    {
        byte[] bytes = [];
        foreach (int quantizer in Quantizers)
        {
            bytes = Jpeg.Encode(sheet, sheet.Width, sheet.Height, quantizer);
            if (bytes.Length <= recipe.MaxSheetBytes)
            {
                break;
            }
        }

        return bytes;
    }

    private static void Place(AvFrame tile, AvFrame sheet, int left, int top)
    {
        for (int plane = 0; plane < Black.Length; plane++)
        {
            int rows = Rows(plane, tile.Height);
            int columns = Rows(plane, tile.Width);
            Span<byte> from = tile.Plane(plane, rows);
            Span<byte> to = sheet.Plane(plane, Rows(plane, sheet.Height));
            int at = (Rows(plane, top) * sheet.Stride(plane)) + Rows(plane, left);
            for (int row = 0; row < rows; row++)
            {
                from.Slice(row * tile.Stride(plane), columns).CopyTo(to[(at + (row * sheet.Stride(plane)))..]);
            }
        }
    }

    /// <summary>Rows or columns of a plane: those of colour have half as many (4:2:0; all sides are even).</summary>
    private static int Rows(int plane, int side) => plane == 0 ? side : side / 2;
}
