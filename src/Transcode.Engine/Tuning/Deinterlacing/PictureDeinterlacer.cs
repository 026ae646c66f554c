using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;

namespace Transcode.Engine.Tuning.Deinterlacing;

/// <summary>Makes whole pictures of the fields of pictures of one shape: what libavfilter's <c>bwdif</c> makes, to the byte. Three planes
/// of 8 to 12 bits are woven here; what is packed, has transparency or more bits, libavfilter weaves. Not for two threads at once.</summary>
internal sealed class PictureDeinterlacer : IDisposable
{
    private readonly PlanarFormat? format;
    private readonly BobWeaver? weaver;
    private readonly PicturePool? pool;
    private readonly int width;
    private readonly int height;

    /// <param name="picture">Of the shape that all are of.</param>
    /// <param name="lanes">How to compute; the bytes are the same.</param>
    public PictureDeinterlacer(AvFrame picture, LaneWidth lanes)
    {
        width = picture.Width;
        height = picture.Height;
        format = FormatNamed(AvUtil.PixelFormatName(picture.Format));
        if (format is not null)
        {
            weaver = BobWeaver.For(format.Bits, lanes);
            pool = new(width, height, picture.Format, Enumerable.Range(0, PlanarFormat.Planes).Select(plane => (
                Columns(format, plane) * (format.Bits > 8 ? 2 : 1), format.Rows(plane, height))));
        }
    }

    /// <summary>By libav's name; null for what libavfilter weaves.</summary>
    public static PlanarFormat? FormatNamed(string name) => PlanarFormat.Named(name) ?? name switch
    {
        "yuvj420p" => new(8, 2, 2),
        "yuvj422p" => new(8, 2, 1),
        "yuvj444p" => new(8, 1, 1),
        "yuv410p" => new(8, 4, 4),
        "yuv411p" => new(8, 4, 1),
        "yuv440p" => new(8, 1, 2),
        "yuv420p12le" when BitConverter.IsLittleEndian => new(12, 2, 2),
        "yuv422p12le" when BitConverter.IsLittleEndian => new(12, 2, 1),
        "yuv444p12le" when BitConverter.IsLittleEndian => new(12, 1, 1),
        _ => null,
    };

    /// <param name="before">The picture before in time; null before the first.</param>
    /// <param name="current">The picture that holds the field.</param>
    /// <param name="after">The picture after it; null after the last.</param>
    /// <param name="topFirst">Whether the upper field of <paramref name="current"/> is the earlier.</param>
    /// <param name="second">Whether its later field is wanted.</param>
    /// <param name="output">Whatever it held before is given back. It says that it is whole.</param>
    public void Deinterlace(AvFrame? before, AvFrame current, AvFrame? after, bool topFirst, bool second, AvFrame output)
    {
        if (format is null)
        {
            Filter(before, current, after, topFirst, second, output);
        }
        else
        {
            Weave(format, before, current, after, topFirst, second, output);
        }

        output.MarkWhole();
    }

    public void Dispose() => pool?.Dispose();

    private void Weave(PlanarFormat planes, AvFrame? before, AvFrame current, AvFrame? after, bool topFirst, bool second, AvFrame output)
    {
        // A single picture's first field has itself for neighbours; the last field of all has none.
        var field = new FieldChoice(Bottom: topFirst == second, second, Alone: second ? after is null : before is null && after is not null);
        pool!.Take(output, current);
        for (int plane = 0; plane < PlanarFormat.Planes; plane++)
        {
            int rows = planes.Rows(plane, height);
            weaver!.Weave(
                Rows(before ?? current, plane, rows),
                Rows(current, plane, rows),
                Rows(after ?? current, plane, rows),
                output.Plane(plane, rows),
                output.Stride(plane),
                Columns(planes, plane),
                rows,
                field);
        }
    }

    /// <summary>By a chain of its own for each field, so that nothing of other pictures is in it.</summary>
    private static void Filter(AvFrame? before, AvFrame current, AvFrame? after, bool topFirst, bool second, AvFrame output)
    {
        AvFrame[] pictures = [.. new[] { before, current, after }.OfType<AvFrame>()];
        using var chain = FilterGraph.For(current, [new("bwdif", $"mode=send_field:parity={(topFirst ? "tff" : "bff")}:deint=all")]);
        int fields = (before is null ? 0 : 2) + (second ? 2 : 1);
        using var picture = new AvFrame();
        foreach (AvFrame? sent in pictures.Append(null))
        {
            if (sent is not null)
            {
                picture.Reference(sent);
                picture.Pts = Array.IndexOf(pictures, sent);
            }

            chain.Send(sent is null ? null : picture);
            while (fields > 0 && chain.TryReceive(output))
            {
                fields--;
            }

            if (fields == 0)
            {
                return;
            }
        }

        throw new AvException(AvError.EINVAL, "bwdif gave fewer pictures than there are fields");
    }

    private int Columns(PlanarFormat planes, int plane) => plane == 0 ? width : (width + planes.ColumnStep - 1) / planes.ColumnStep;

    private static PlaneView Rows(AvFrame picture, int plane, int rows) => new(picture.Plane(plane, rows), picture.Stride(plane));
}
