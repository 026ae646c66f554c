namespace Transcode.Engine.Tuning.Deinterlacing;

/// <summary>A plane to be read: its rows, one below the other.</summary>
/// <param name="bytes">The first row's first sample comes first; after the last row's last nothing need follow.</param>
/// <param name="pitch">Bytes from one row to the next.</param>
internal readonly ref struct PlaneRows(ReadOnlySpan<byte> bytes, int pitch)
{
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public int Pitch { get; } = pitch;

    /// <exception cref="ArgumentException">So many rows of so many bytes do not lie in it.</exception>
    public void Check(int rowBytes, int rows, string name) => Check(Bytes.Length, Pitch, rowBytes, rows, name);

    /// <inheritdoc cref="Check(int, int, string)"/>
    public static void Check(int length, int pitch, int rowBytes, int rows, string name)
    {
        if (pitch < rowBytes || length < ((long)pitch * (rows - 1)) + rowBytes)
        {
            throw new ArgumentException($"{rows} rows of {rowBytes} bytes, {pitch} apart, do not lie in {length} bytes.", name);
        }
    }
}
