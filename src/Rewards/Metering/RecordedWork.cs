namespace Rewards.Metering;

/// <summary>What became of a measurement.</summary>
public enum RecordOutcome
{
    /// <summary>It is in the ledger now, durably.</summary>
    Recorded,

    /// <summary>The same work was recorded before; the first record stands and nothing is counted twice.</summary>
    AlreadyRecorded,

    /// <summary>The same work was recorded before with other output bytes. One engine build must give one result, so
    /// this is a fault of an engine or a claim: the first record stands.</summary>
    Contradicted,
}

/// <param name="Outcome">What became of the measurement.</param>
/// <param name="Record">The record that stands for this work.</param>
public sealed record RecordedWork(RecordOutcome Outcome, WorkRecord Record);
