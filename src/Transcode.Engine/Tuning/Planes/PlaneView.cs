namespace Transcode.Engine.Tuning.Planes;

/// <summary>A plane that is only read; the default is none.</summary>
/// <param name="samples">Its rows, the first sample first.</param>
/// <param name="pitch">Bytes from one row to the next.</param>
internal readonly ref struct PlaneView(ReadOnlySpan<byte> samples, int pitch)
{
    public ReadOnlySpan<byte> Samples { get; } = samples;

    public int Pitch => pitch;

    public bool IsNone => Samples.IsEmpty;
}
