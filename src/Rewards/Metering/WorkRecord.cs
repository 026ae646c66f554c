namespace Rewards.Metering;

/// <summary>A measurement as it stands in the ledger: never changed, never removed.</summary>
/// <param name="Sequence">1, 2, 3 … without a gap, in the order of recording.</param>
/// <param name="Work">What was measured.</param>
/// <param name="WeightsVersion">Which published weight table was applied.</param>
/// <param name="WeightedPixels">The work in encoded 8-bit H.264 pixels, rounded down.</param>
/// <param name="RecordedAt">When it was recorded, to the microsecond, in UTC.</param>
public sealed record WorkRecord(
    long Sequence,
    WorkMeasurement Work,
    int WeightsVersion,
    long WeightedPixels,
    DateTimeOffset RecordedAt);
