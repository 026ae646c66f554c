namespace Rewards.Metering;

/// <summary>Why a segment was made, as known when it was finished. What is paid for is decided by later rules; the record
/// keeps what they need to tell the cases apart.</summary>
/// <remarks>Work that leaves no record needs no value here: a cache hit makes nothing, cancelled work never finishes, and
/// a retried segment finishes once.</remarks>
public enum WorkDemand
{
    /// <summary>Somebody waited for it.</summary>
    Played = 1,

    /// <summary>Made ahead of a player; nobody had asked for it yet.</summary>
    ReadAhead = 2,

    /// <summary>Made in the background, for a batch or another box.</summary>
    Background = 3,
}
