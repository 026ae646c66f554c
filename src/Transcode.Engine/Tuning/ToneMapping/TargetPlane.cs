using Transcode.Engine.Tuning.Planes;

namespace Transcode.Engine.Tuning.ToneMapping;

/// <summary>A plane to be written.</summary>
/// <param name="bytes">The first row's first sample comes first.</param>
/// <param name="pitch">Bytes from one row to the next.</param>
internal readonly ref struct TargetPlane(Span<byte> bytes, int pitch)
{
    private readonly Span<byte> bytes = bytes;

    /// <exception cref="ArgumentException">So many rows of so many bytes do not lie in it.</exception>
    public void Check(int rowBytes, int rows, string name) => PlaneShape.Check(bytes.Length, pitch, rowBytes, rows, name);

    public Span<byte> Row(int y, int rowBytes) => bytes.Slice(y * pitch, rowBytes);
}
