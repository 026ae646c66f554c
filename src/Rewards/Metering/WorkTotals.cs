namespace Rewards.Metering;

/// <summary>Sums over all records of one demand.</summary>
/// <param name="Demand">Why the work was done.</param>
/// <param name="Records">How many records.</param>
/// <param name="Frames">Pictures and frames of sound.</param>
/// <param name="PixelsIn">Decoded pixels.</param>
/// <param name="PixelsOut">Encoded pixels.</param>
/// <param name="BytesOut">Bytes made.</param>
/// <param name="WeightedPixels">The sum of the records' weighted pixels.</param>
/// <param name="CpuMicroseconds">Processor time.</param>
public sealed record WorkTotals(
    WorkDemand Demand,
    long Records,
    long Frames,
    long PixelsIn,
    long PixelsOut,
    long BytesOut,
    long WeightedPixels,
    long CpuMicroseconds);
