using global::Rewards.Metering;

namespace Appliance.Rewards;

/// <summary>Recorded work, in order.</summary>
/// <param name="Records">What was recorded.</param>
/// <param name="Next">What to give as <c>after</c> for those that follow; null at the end.</param>
internal sealed record WorkRecordsResponse(IReadOnlyList<WorkRecord> Records, long? Next);
