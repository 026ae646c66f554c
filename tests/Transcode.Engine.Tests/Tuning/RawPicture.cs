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
        foreach ((int plane, int rowBytes, int rows) in Planes(picture, format))
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
        foreach ((int plane, int rowBytes, int rows) in Planes(picture, format))
        {
            for (int y = 0; y < rows; y++)
            {
                bytes.AddRange(picture.Plane(plane, rows).Slice(y * picture.Stride(plane), rowBytes));
            }
        }

        return [.. bytes];
    }

    private static IEnumerable<(int Plane, int RowBytes, int Rows)> Planes(AvFrame picture, string format)
    {
        PlanarFormat layout = PictureDeinterlacer.FormatNamed(format)!;
        int width = picture.Width, height = picture.Height;
        return Enumerable.Range(0, 3).Select(plane => (
            plane,
            (plane == 0 ? width : (width + layout.ColumnStep - 1) / layout.ColumnStep) * (layout.Bits > 8 ? 2 : 1),
            layout.Rows(plane, height)));
    }
}
