namespace Transcode.Engine.Tuning.Deinterlacing;

/// <summary>A row of a plane in memory that stays where it is.</summary>
/// <param name="start">Its first sample.</param>
/// <param name="pitch">Bytes to the next row.</param>
internal readonly unsafe struct RowPointer(byte* start, nint pitch)
{
    /// <summary>The samples of the row so many below it, or above where negative.</summary>
    public byte* Row(int rows) => start + (rows * pitch);
}
