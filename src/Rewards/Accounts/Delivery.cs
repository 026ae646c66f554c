using Rewards.Metering;

namespace Rewards.Accounts;

/// <summary>A segment that a paying requester got.</summary>
/// <param name="Work">Number of its record in the work ledger, 1 to 2^53.</param>
/// <param name="Kind">What it cost the box.</param>
/// <param name="WeightedPixels">As the ledger weighted it, 0 to 2^63 − 1.</param>
/// <remarks>Only deliveries are paid for, and each piece of work is paid for as made once, ever: whoever is charged for it first
/// pays <see cref="PriceTable.Made"/>, all later deliveries are from the cache whatever they are called. So read-ahead that nobody
/// fetched, work that was cancelled and retries cost nobody anything, and what the household watches itself is no delivery. An audit takes for made only
/// what the payer countersigned.</remarks>
public readonly record struct Delivery(long Work, DeliveryKind Kind, long WeightedPixels)
{
    public static Delivery Of(WorkRecord record, DeliveryKind kind) => new(record.Sequence, kind, record.WeightedPixels);

    internal bool IsSound => Work is >= 1 and <= WorkMeasurement.CountLimit && WeightedPixels >= 0 && Enum.IsDefined(Kind);
}

/// <summary>What a delivery cost the box.</summary>
public enum DeliveryKind
{
    /// <summary>It was made for this requester.</summary>
    Made = 1,

    /// <summary>It was there: made for somebody else, for the household, ahead, or for him before.</summary>
    FromCache = 2,
}
