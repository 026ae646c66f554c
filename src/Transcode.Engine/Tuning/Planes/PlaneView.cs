namespace Transcode.Engine.Tuning.Planes;

/// <summary>A plane that is only read; the default is none.</summary>
/// <param name="samples">Its rows, the first sample first.</param>
/// <param name="pitch">Bytes from one row to the next.</param>
internal readonly ref struct PlaneView(ReadOnlySpan<byte> samples, int pitch)
{
    public ReadOnlySpan<byte> Samples { get; } = samples;

    public int Pitch => pitch;

    public bool IsNone => Samples.IsEmpty;

    /// <inheritdoc cref="PlaneShape.Check(int, int, int, int, string)"/>
    public void Check(int rowBytes, int rows, string name) => PlaneShape.Check(Samples.Length, Pitch, rowBytes, rows, name);
}
