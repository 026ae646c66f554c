namespace Transcode.Engine.Tuning.Layouts;

/// <summary>Where a picture's planes lie in one piece of memory.</summary>
internal sealed class PictureShape
{
    /// <summary>Where planes and rows begin on devices, in bytes: as wide as anything reads there.</summary>
    public const int DeviceAlignment = 128;

    private readonly PlanePlace[] planes;

    /// <param name="layout">Of its samples.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="alignment">In bytes: planes and rows begin at its multiples.</param>
    /// <param name="gap">Bytes more from one row to the next.</param>
    public PictureShape(PixelLayout layout, int width, int height, int alignment = DeviceAlignment, int gap = 0)
    {
        (Layout, Width, Height) = (layout, width, height);
        planes = new PlanePlace[layout.Planes];
        int offset = 0;
        for (int plane = 0; plane < planes.Length; plane++)
        {
            int rowBytes = layout.RowBytes(plane, width);
            int pitch = checked((rowBytes + alignment - 1) / alignment * alignment + gap);
            planes[plane] = new(offset, pitch, rowBytes, layout.Rows(plane, height));
            offset = checked((offset + (pitch * planes[plane].Rows) + alignment - 1) / alignment * alignment);
        }

        Bytes = offset;
    }

    public PixelLayout Layout { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Of memory for all of it.</summary>
    public int Bytes { get; }

    /// <summary>Of samples alone: what has to be read to see the picture.</summary>
    public long SampleBytes => planes.Sum(plane => (long)plane.RowBytes * plane.Rows);

    public PlanePlace Plane(int plane) => planes[plane];
}
