namespace Appliance.Rewards.Settings;

/// <summary><c>rewards.json</c> as it is written.</summary>
/// <param name="ChainId">1 to 2^53.</param>
/// <param name="Contract">The distributor's address; null where there is none.</param>
/// <param name="Payee">The address that earns; null for the device's own.</param>
/// <param name="Household">Up to <see cref="HouseholdLimit"/> addresses.</param>
/// <param name="Witnesses">Up to <see cref="WitnessLimit"/>.</param>
internal sealed record RewardsFile(
    ulong? ChainId = null, string? Contract = null, string? Payee = null, IReadOnlyList<string>? Household = null, IReadOnlyList<WitnessEntry?>? Witnesses = null)
{
    public const int HouseholdLimit = 64;

    /// <summary>With the log's own, the 16 signatures that whoever reads notes has room for (C2SP signed-note).</summary>
    public const int WitnessLimit = 15;
}
