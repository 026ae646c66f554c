using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;

namespace Transcode.Engine.Segments;

/// <summary>Where the canvas of subtitles lies over a picture: over all of it, where both have the same shape. Else the picture
/// is what is left of a larger one whose edges were cut off, at both sides alike, and what lay beyond is moved in.</summary>
/// <param name="Width">Of the picture, in the canvas's pixels.</param>
/// <param name="Height">Likewise.</param>
/// <param name="Left">Of the picture on the canvas; not negative.</param>
/// <param name="Top">Likewise.</param>
internal readonly record struct SubtitleCanvas(int Width, int Height, int Left, int Top)
{
    /// <summary>Shapes that differ by less are the same: sample aspects are told in several ways.</summary>
    private const double Tolerance = 0.03;

    /// <summary>The canvas of broadcasts that do not tell theirs (ETSI EN 300 743, 5.1.3), and of discs.</summary>
    private const int StandardWidth = 720;

    private const int StandardHeight = 576;

    /// <param name="image">What is shown.</param>
    /// <param name="video">The picture, in square pixels.</param>
    public static SubtitleCanvas Of(AvSubtitleImage image, VideoTrack video)
    {
        bool told = image.CanvasWidth > 0 && image.CanvasHeight > 0;
        int width = told ? image.CanvasWidth : StandardWidth;
        int height = told ? image.CanvasHeight : StandardHeight;
        double picture = (double)video.Width / video.Height;

        // A canvas of standard definition is one of a disc or a broadcast, whose pixels are not square: four by three, or
        // sixteen by nine.
        double shape = width <= StandardWidth && height is 480 or 576
            ? (picture > 1.5 ? 16.0 / 9 : 4.0 / 3)
            : (double)width / height;
        if (Math.Abs((picture / shape) - 1) < Tolerance)
        {
            return new(width, height, 0, 0);
        }

        int across = picture < shape ? Math.Max(1, (int)Math.Round(width * picture / shape)) : width;
        int down = picture > shape ? Math.Max(1, (int)Math.Round(height * shape / picture)) : height;
        return new(across, down, (width - across) / 2, (height - down) / 2);
    }

    /// <summary>Paints what is shown on the picture's part of the canvas, and scales it to a picture's size.</summary>
    /// <param name="image">What is shown.</param>
    /// <param name="width">Of the picture laid over, in pixels.</param>
    /// <param name="height">Likewise.</param>
    /// <param name="matrix">libavfilter's name of its YUV matrix.</param>
    /// <returns>8-bit 4:2:0 in limited range with a plane of alpha; colours are multiplied by it, so that at soft edges nothing
    /// shines through of what transparent pixels would be.</returns>
    public AvFrame Paint(AvSubtitleImage image, int width, int height, string matrix)
    {
        using var canvas = new AvFrame
        {
            Width = Width,
            Height = Height,
            Format = LibAv.Layout.PixelFormats.Rgba,
            ColorSpace = AvUtil.AVCOL_SPC_RGB,
            ColorRange = AvUtil.AVCOL_RANGE_JPEG,
        };
        canvas.Allocate();
        Span<byte> pixels = canvas.Plane(0, Height);
        pixels.Clear();
        foreach (AvSubtitlePart part in image.Parts)
        {
            Paint(pixels, canvas.Stride(0), part);
        }

        using var graph = FilterGraph.For(canvas,
        [
            new("scale", string.Create(
                CultureInfo.InvariantCulture,
                $"w={width}:h={height}:flags=bicubic+full_chroma_inp+accurate_rnd:out_color_matrix={matrix}:out_range=limited")),
            new("format", "yuva420p"),
        ]);
        var output = new AvFrame();
        try
        {
            graph.Apply(canvas, output);
            return output;
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    private void Paint(Span<byte> canvas, int stride, AvSubtitlePart part)
    {
        int left = MovedIn(part.X - Left, part.Width, Width);
        int top = MovedIn(part.Y - Top, part.Height, Height);
        int fromX = Math.Max(0, -left);
        int endX = Math.Min(part.Width, Width - left);
        int endY = Math.Min(part.Height, Height - top);
        for (int y = Math.Max(0, -top); y < endY && fromX < endX; y++)
        {
            Span<byte> row = canvas.Slice(((top + y) * stride) + ((left + fromX) * 4), (endX - fromX) * 4);
            ReadOnlySpan<uint> colors = part.Pixels.AsSpan((y * part.Width) + fromX, endX - fromX);
            for (int x = 0; x < colors.Length; x++)
            {
                uint alpha = colors[x] >> 24;
                row[x * 4] = Multiplied(colors[x] >> 16, alpha);
                row[(x * 4) + 1] = Multiplied(colors[x] >> 8, alpha);
                row[(x * 4) + 2] = Multiplied(colors[x], alpha);
                row[(x * 4) + 3] = (byte)alpha;
            }
        }
    }

    /// <summary>What is larger than the picture stays where it is, and loses its edges.</summary>
    private static int MovedIn(int place, int length, int room) => length > room ? place : Math.Clamp(place, 0, room - length);

    private static byte Multiplied(uint color, uint alpha) => (byte)((((color & 0xFF) * alpha) + 127) / 255);
}
