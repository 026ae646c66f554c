using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Tuning.Deinterlacing;

/// <summary>Makes whole pictures of the fields of pictures of one shape: what libavfilter's <c>bwdif</c> makes, to the byte. Planar,
/// 4:2:0, 4:2:2 or 4:4:4, of 8 or 10 bits. Not for two threads at once.</summary>
internal sealed class PictureDeinterlacer : IDisposable
{
    private readonly PlanarFormat format;
    private readonly BobWeaver weaver;
    private readonly int width;
    private readonly int height;
    private readonly PicturePool pool;

    /// <param name="picture">Of the shape that all are of.</param>
    /// <param name="lanes">How to compute; the bytes are the same.</param>
    /// <exception cref="NotSupportedException">The format is not for this.</exception>
    public PictureDeinterlacer(AvFrame picture, LaneWidth lanes)
    {
        string name = AvUtil.PixelFormatName(picture.Format);
        format = PlanarFormat.Named(name) ?? throw new NotSupportedException($"Fields of pictures in {name} cannot be made whole.");
        weaver = BobWeaver.For(format.Bits, lanes);
        width = picture.Width;
        height = picture.Height;
        pool = new(width, height, picture.Format, Enumerable.Range(0, PlanarFormat.Planes).Select(plane => (
            Columns(plane) * (format.Bits > 8 ? 2 : 1), format.Rows(plane, height))));
    }

    /// <param name="before">The picture before in time; null before the first.</param>
    /// <param name="current">The picture that holds the field.</param>
    /// <param name="after">The picture after it; null after the last.</param>
    /// <param name="topFirst">Whether the upper field of <paramref name="current"/> is the earlier.</param>
    /// <param name="second">Whether its later field is wanted.</param>
    /// <param name="output">Whatever it held before is given back.</param>
    public void Deinterlace(AvFrame? before, AvFrame current, AvFrame? after, bool topFirst, bool second, AvFrame output)
    {
        // A single picture's first field has itself for neighbours; the last field of all has none.
        var field = new FieldChoice(Bottom: topFirst == second, second, Alone: second ? after is null : before is null && after is not null);
        pool.Take(output, current);
        for (int plane = 0; plane < PlanarFormat.Planes; plane++)
        {
            int rows = format.Rows(plane, height);
            weaver.Weave(
                Rows(before ?? current, plane, rows),
                Rows(current, plane, rows),
                Rows(after ?? current, plane, rows),
                output.Plane(plane, rows),
                output.Stride(plane),
                Columns(plane),
                rows,
                field);
        }
    }

    public void Dispose() => pool.Dispose();

    private int Columns(int plane) => plane == 0 ? width : (width + format.ColumnStep - 1) / format.ColumnStep;

    private static PlaneView Rows(AvFrame picture, int plane, int rows) => new(picture.Plane(plane, rows), picture.Stride(plane));
}
