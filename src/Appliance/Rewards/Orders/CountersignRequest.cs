namespace Appliance.Rewards.Orders;

/// <param name="Signatures">1 to 1000.</param>
internal sealed record CountersignRequest(IReadOnlyList<Countersignature>? Signatures);

/// <param name="Sequence">The receipt's number.</param>
/// <param name="Signature">The requester's over its digest: 0x and 130 hexadecimal digits.</param>
internal sealed record Countersignature(long Sequence, string? Signature);
