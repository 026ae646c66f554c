namespace Appliance.Rewards.Orders;

/// <param name="Quote">The quote's id.</param>
/// <param name="Signature">The requester's, over the typed data that came with the quote: 0x and 130 hexadecimal digits.</param>
internal sealed record OrderRequest(string? Quote, string? Signature);
