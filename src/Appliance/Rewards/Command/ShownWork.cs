using global::Rewards.Metering;
using global::Rewards.Receipts;
using global::Rewards.Signing;

namespace Appliance.Rewards.Command;

/// <summary>The work behind a receipt, as its box shows it.</summary>
/// <param name="Receipt">Signed by the box.</param>
/// <param name="Record">What the box committed to; null where it shows none that holds.</param>
/// <param name="Fault">Why not, for people.</param>
/// <param name="Checkpoint">The signed checkpoint that has it, as text; empty where there is none.</param>
internal sealed record ShownWork(SignedReceipt Receipt, WorkRecord? Record, string? Fault, ReadOnlyMemory<byte> Checkpoint)
{
    public Hash256 Digest { get; } = Receipt.Digest();
}
