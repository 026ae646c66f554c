using Rewards.Signing;

namespace Rewards.Receipts;

/// <summary>A requester's word that he takes a quote: work may be begun, and his funds held for it. By it nobody spends what is another's.</summary>
/// <param name="Quote">The quote's id, which is over all of it.</param>
public sealed record WorkOrder(Hash256 Quote)
{
    private static readonly Hash256 TypeHash = TypedDataWriter.TypeHash("WorkOrder(bytes32 quote)");

    /// <summary>What the requester signs (EIP-712).</summary>
    public Hash256 Digest(SigningDomain domain)
    {
        var writer = new TypedDataWriter(stackalloc byte[2 * Hash256.Length], TypeHash);
        writer.Add(Quote);
        return TypedDataWriter.Digest(domain.Separator(), writer.Finish());
    }
}
