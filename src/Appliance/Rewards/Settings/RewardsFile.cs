namespace Appliance.Rewards.Settings;

/// <summary><c>rewards.json</c> as it is written.</summary>
/// <param name="ChainId">1 to 2^53.</param>
/// <param name="Contract">The distributor's address; null where there is none.</param>
/// <param name="Payee">The address that earns; null for the device's own.</param>
/// <param name="Household">Up to <see cref="HouseholdLimit"/> addresses.</param>
internal sealed record RewardsFile(ulong? ChainId, string? Contract, string? Payee, IReadOnlyList<string>? Household)
{
    public const int HouseholdLimit = 64;
}
