using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Tuning.Layouts;

/// <summary>A picture's planes, wherever they lie; whose memory it is keeps it alive.</summary>
internal readonly ref struct PictureView
{
    private readonly Span<byte> first;
    private readonly Span<byte> second;
    private readonly Span<byte> third;
    private readonly (int First, int Second, int Third) pitches;

    /// <param name="memory">All of a picture's.</param>
    /// <param name="shape">How it lies there.</param>
    public PictureView(Span<byte> memory, PictureShape shape)
    {
        (Layout, Width, Height) = (shape.Layout, shape.Width, shape.Height);
        first = Rows(memory, shape.Plane(0));
        second = Rows(memory, shape.Plane(1));
        third = Layout.Planes > 2 ? Rows(memory, shape.Plane(2)) : default;
        pitches = (shape.Plane(0).Pitch, shape.Plane(1).Pitch, Layout.Planes > 2 ? shape.Plane(2).Pitch : 0);
    }

    /// <param name="picture">Its rows lie one below the other.</param>
    /// <param name="layout">Its own.</param>
    public PictureView(AvFrame picture, PixelLayout layout)
    {
        (Layout, Width, Height) = (layout, picture.Width, picture.Height);
        first = picture.Plane(0, layout.Rows(0, Height));
        second = picture.Plane(1, layout.Rows(1, Height));
        third = layout.Planes > 2 ? picture.Plane(2, layout.Rows(2, Height)) : default;
        pitches = (picture.Stride(0), picture.Stride(1), layout.Planes > 2 ? picture.Stride(2) : 0);
    }

    public PixelLayout Layout { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Rows, the last one's end included or not.</summary>
    public Span<byte> Plane(int plane) => plane switch { 0 => first, 1 => second, _ => third };

    /// <summary>Bytes from one row to the next.</summary>
    public int Pitch(int plane) => plane switch { 0 => pitches.First, 1 => pitches.Second, _ => pitches.Third };

    /// <summary>Copies the samples, and nothing of what lies between rows.</summary>
    /// <param name="target">Of the same layout and size.</param>
    public void CopyTo(PictureView target)
    {
        for (int plane = 0; plane < Layout.Planes; plane++)
        {
            int rowBytes = Layout.RowBytes(plane, Width);
            int rows = Layout.Rows(plane, Height);
            Span<byte> from = Plane(plane);
            Span<byte> to = target.Plane(plane);
            for (int row = 0; row < rows; row++)
            {
                from.Slice(row * Pitch(plane), rowBytes).CopyTo(to[(row * target.Pitch(plane))..]);
            }
        }
    }

    private static Span<byte> Rows(Span<byte> memory, PlanePlace plane) =>
        memory.Slice(plane.Offset, (plane.Pitch * (plane.Rows - 1)) + plane.RowBytes);
}
