namespace Transcode.Engine.Interop.LibAv;

/// <summary>Memory for pictures of one shape, used again as soon as nobody holds it: no picture costs the kernel fresh pages.
/// It grows to as many pictures as are held at one time, which is for who takes them to limit.</summary>
internal sealed class PicturePool : IDisposable
{
    /// <summary>Rows begin at its multiples, in bytes: the widest vectors' own.</summary>
    private const int Alignment = 64;

    private readonly (int Width, int Height, int Format) shape;
    private readonly (int Stride, int Rows)[] planes;
    private nint pool;

    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="format">AVPixelFormat.</param>
    /// <param name="planes">Bytes of a row and rows of each plane.</param>
    public PicturePool(int width, int height, int format, IEnumerable<(int RowBytes, int Rows)> planes)
    {
        shape = (width, height, format);
        this.planes = [.. planes.Select(plane => ((plane.RowBytes + Alignment - 1) / Alignment * Alignment, plane.Rows))];
        // One row's end more: encoders read a little past the last.
        long size = this.planes.Sum(plane => (long)plane.Stride * plane.Rows) + Alignment;
        pool = AvUtil.av_buffer_pool_init(checked((nuint)size), 0);
        if (pool == 0)
        {
            throw new AvException(AvError.ENOMEM, "av_buffer_pool_init");
        }
    }

    /// <summary>Makes <paramref name="frame"/> a picture to be written to, of the pool's shape and else described as
    /// <paramref name="like"/>. Its memory comes back when the last reference to it is gone, even after the pool is.</summary>
    public void Take(AvFrame frame, AvFrame like)
    {
        ObjectDisposedException.ThrowIf(pool == 0, this);
        frame.Describe(like);
        nint buffer = AvUtil.av_buffer_pool_get(pool);
        if (buffer == 0)
        {
            throw new AvException(AvError.ENOMEM, "av_buffer_pool_get");
        }

        frame.Hold(buffer);
        (frame.Width, frame.Height, frame.Format) = shape;
        nint start = NativeMemoryView.Read<nint>(buffer, LibAv.Layout.BufferRef.Data);
        for (int plane = 0; plane < planes.Length; plane++)
        {
            frame.Place(plane, start, planes[plane].Stride);
            start += (nint)planes[plane].Stride * planes[plane].Rows;
        }
    }

    public void Dispose() => AvUtil.av_buffer_pool_uninit(ref pool);
}
