using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;

namespace Transcode.Engine.Segments;

/// <summary>Lays subtitles over the finished pictures of one rung: after scaling and tone mapping, so that they are sharp in
/// every size and white as the rung has it.</summary>
/// <param name="video">The picture of the source.</param>
/// <param name="recipe">Of 8-bit 4:2:0 in limited range.</param>
internal sealed class SubtitlePainter(VideoTrack video, VideoRecipe recipe) : IDisposable
{
    private const int Black = 16;
    private const int Grey = 128;

    private AvSubtitleImage? ready;
    private AvFrame? overlay;
    private int firstRow;
    private int endRow;

    /// <param name="picture">As the encoder takes it; its planes become its own.</param>
    /// <param name="image">What lies over it.</param>
    public void Paint(AvFrame picture, AvSubtitleImage image)
    {
        if (!ReferenceEquals(ready, image))
        {
            overlay?.Dispose();
            overlay = SubtitleCanvas.Of(image, video).Paint(image, recipe.Width, recipe.Height, recipe.Matrix);
            ready = image;
            FindRows();
        }

        if (firstRow < endRow)
        {
            picture.MakeWritable();
            PaintLuma(picture);
            PaintChroma(picture, plane: 1);
            PaintChroma(picture, plane: 2);
        }
    }

    public void Dispose() => overlay?.Dispose();

    /// <summary>Finds the rows, in pairs, that are not transparent: most often a band at the bottom.</summary>
    private void FindRows()
    {
        (firstRow, endRow) = (recipe.Height, 0);
        for (int y = 0; y < recipe.Height; y++)
        {
            if (Row(overlay!, 3, y, recipe.Width).ContainsAnyExcept((byte)0))
            {
                firstRow = Math.Min(firstRow, y & ~1);
                endRow = Math.Min(recipe.Height, (y | 1) + 1);
            }
        }
    }

    private void PaintLuma(AvFrame picture)
    {
        for (int y = firstRow; y < endRow; y++)
        {
            Span<byte> under = Row(picture, 0, y, recipe.Width);
            ReadOnlySpan<byte> over = Row(overlay!, 0, y, recipe.Width);
            ReadOnlySpan<byte> alpha = Row(overlay!, 3, y, recipe.Width);
            for (int x = 0; x < under.Length; x++)
            {
                if (alpha[x] != 0)
                {
                    under[x] = Laid(under[x], over[x], alpha[x], Black);
                }
            }
        }
    }

    /// <summary>A sample of colour is under four of alpha.</summary>
    private void PaintChroma(AvFrame picture, int plane)
    {
        for (int y = firstRow / 2; y < endRow / 2; y++)
        {
            Span<byte> under = Row(picture, plane, y, recipe.Width / 2);
            ReadOnlySpan<byte> over = Row(overlay!, plane, y, recipe.Width / 2);
            ReadOnlySpan<byte> upper = Row(overlay!, 3, 2 * y, recipe.Width);
            ReadOnlySpan<byte> lower = Row(overlay!, 3, (2 * y) + 1, recipe.Width);
            for (int x = 0; x < under.Length; x++)
            {
                int alpha = upper[2 * x] + upper[(2 * x) + 1] + lower[2 * x] + lower[(2 * x) + 1];
                if (alpha != 0)
                {
                    under[x] = Laid(under[x], over[x], (alpha + 2) / 4, Grey);
                }
            }
        }
    }

    /// <summary>What lies over is multiplied by its alpha already, counted from <paramref name="zero"/>.</summary>
    private static byte Laid(int under, int over, int alpha, int zero) =>
        (byte)Math.Clamp(over + (int)Math.Round((under - zero) * (255 - alpha) / 255.0), 0, 255);

    private static Span<byte> Row(AvFrame frame, int plane, int y, int width)
    {
        int rows = plane is 1 or 2 ? frame.Height / 2 : frame.Height;
        return frame.Plane(plane, rows).Slice(y * frame.Stride(plane), width);
    }
}
