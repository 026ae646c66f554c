namespace Transcode.Engine.Tuning.Planes;

/// <summary>What the planes are like that a kernel reads and writes: rows of samples, one pitch after the other.</summary>
/// <param name="Width">Samples a row, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Bits">Of a sample: 8, or 10 in 16-bit words of this machine's order, which hold nothing larger.</param>
internal readonly record struct PlaneShape(int Width, int Height, int Bits)
{
    public int SampleBytes => Bits > 8 ? 2 : 1;

    public int RowBytes => Width * SampleBytes;

    /// <summary>The largest sample.</summary>
    public int Largest => (1 << Bits) - 1;

    /// <summary>Neither a row's end up to its pitch nor anything after the last row need be there.</summary>
    /// <param name="length">Bytes there are.</param>
    /// <param name="pitch">Bytes from one row to the next.</param>
    /// <param name="name">Of the argument.</param>
    /// <exception cref="ArgumentException">The plane is too small for its rows.</exception>
    public void Check(int length, int pitch, string name) => Check(length, pitch, RowBytes, Height, name);

    /// <summary>As <see cref="Check(int, int, string)"/>, for planes that are described otherwise.</summary>
    /// <param name="length">Bytes there are.</param>
    /// <param name="pitch">Bytes from one row to the next.</param>
    /// <param name="rowBytes">Of a row's samples.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="name">Of the argument.</param>
    /// <exception cref="ArgumentException">The plane is too small for its rows.</exception>
    public static void Check(int length, int pitch, int rowBytes, int rows, string name)
    {
        if (pitch < rowBytes || length < ((long)pitch * (rows - 1)) + rowBytes)
        {
            throw new ArgumentException($"{rows} rows of {rowBytes} bytes, {pitch} apart, do not lie in {length} bytes.", name);
        }
    }
}
