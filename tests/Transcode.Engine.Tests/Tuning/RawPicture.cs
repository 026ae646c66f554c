using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tuning.Deinterlacing;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Tests.Tuning;

/// <summary>Pictures as ffmpeg's rawvideo has them: plane after plane, row after row, nothing in between.</summary>
internal static class RawPicture
{
    public static AvFrame From(ReadOnlySpan<byte> bytes, string format, int width, int height)
    {
        var picture = new AvFrame { Width = width, Height = height, Format = AvUtil.av_get_pix_fmt(format) };
        picture.Allocate();
        foreach ((int plane, int rowBytes, int rows) in Planes(format, width, height))
        {
            for (int y = 0; y < rows; y++)
            {
                bytes[..rowBytes].CopyTo(picture.Plane(plane, rows)[(y * picture.Stride(plane))..]);
                bytes = bytes[rowBytes..];
            }
        }

        return picture;
    }

    public static byte[] Bytes(AvFrame picture, string format)
    {
        var bytes = new List<byte>();
        foreach ((int plane, int rowBytes, int rows) in Planes(format, picture.Width, picture.Height))
        {
            for (int y = 0; y < rows; y++)
            {
                bytes.AddRange(picture.Plane(plane, rows).Slice(y * picture.Stride(plane), rowBytes));
            }
        }

        return [.. bytes];
    }

    /// <summary>Makes so many rows at the upper and the lower edge of each plane zero.</summary>
    public static void ClearEdges(Span<byte> bytes, string format, int width, int height, int edge)
    {
        foreach ((_, int rowBytes, int rows) in Planes(format, width, height))
        {
            bytes[..(Math.Min(edge, rows) * rowBytes)].Clear();
            bytes[(Math.Max(0, rows - edge) * rowBytes)..(rows * rowBytes)].Clear();
            bytes = bytes[(rows * rowBytes)..];
        }
    }

    private static IEnumerable<(int Plane, int RowBytes, int Rows)> Planes(string format, int width, int height)
    {
        PlanarFormat layout = PictureDeinterlacer.FormatNamed(format)!;
        return Enumerable.Range(0, 3).Select(plane => (
            plane,
            (plane == 0 ? width : (width + layout.ColumnStep - 1) / layout.ColumnStep) * (layout.Bits > 8 ? 2 : 1),
            layout.Rows(plane, height)));
    }
}
