using Appliance.Rewards.Log.Witnesses;
using global::Rewards.Accounts;

namespace Appliance.Rewards;

/// <summary>How the box stands; amounts in the token's smallest unit, decimal digits.</summary>
/// <param name="Refusal">Why nothing is entered, or null where all is well.</param>
/// <param name="Device">The address that signs receipts; null where there is none.</param>
/// <param name="Payee">The address that earns; null where there is none.</param>
/// <param name="ChainId">The chain that receipts count on.</param>
/// <param name="Contract">The contract that pays.</param>
/// <param name="LastReceipt">Number of the last receipt, 0 before the first.</param>
/// <param name="LogSize">Entries of the log.</param>
/// <param name="LastEpoch">Number of the last epoch, 0 before the first.</param>
/// <param name="Earned">From the beginning on.</param>
/// <param name="Claimable">The part of it that the last epoch published.</param>
/// <param name="Unit">What one smallest unit is.</param>
/// <param name="Totals">The sum of all balances of each kind: together they are 0.</param>
/// <param name="Witnesses">Who is asked to cosign the log, in the owner's order.</param>
internal sealed record RewardsStatus(
    string? Refusal,
    string? Device,
    string? Payee,
    ulong ChainId,
    string? Contract,
    ulong LastReceipt,
    long LogSize,
    long LastEpoch,
    string Earned,
    string Claimable,
    string Unit,
    IReadOnlyDictionary<AccountKind, string> Totals,
    IReadOnlyList<WitnessStanding> Witnesses);
