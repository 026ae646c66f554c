using Rewards.Signing;

namespace Rewards.Entries;

/// <summary>What the log says of a piece of work to everybody.</summary>
/// <param name="Sequence">Number of its record, and of its receipt, from 1.</param>
/// <param name="WeightedPixels">As both say, 0 or more.</param>
/// <param name="Receipt">Digest of the receipt.</param>
public sealed record LoggedWork(long Sequence, long WeightedPixels, Hash256 Receipt);
