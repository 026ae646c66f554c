namespace Transcode.Engine.Tuning.Layouts;

/// <summary>Where a plane lies in memory.</summary>
/// <param name="Offset">Of its first sample, in bytes.</param>
/// <param name="Pitch">Bytes from one row to the next.</param>
/// <param name="RowBytes">Of a row, what lies between rows not among them.</param>
/// <param name="Rows">One at least.</param>
internal readonly record struct PlanePlace(int Offset, int Pitch, int RowBytes, int Rows);
