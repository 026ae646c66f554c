using global::Rewards.Accounts;
using global::Rewards.Signing;

namespace Appliance.Rewards.Settings;

/// <summary>What the owner decides about rewards, in two files of the data folder that need not be there: <c>rewards.json</c> and
/// <c>prices.json</c>.</summary>
/// <param name="Domain">The chain and contract that receipts count on.</param>
/// <param name="Payee">Whose earnings they are; null for the device's own address.</param>
/// <param name="Household">Addresses whose orders are the household's own, and earn nothing.</param>
/// <param name="Prices">What work costs.</param>
/// <param name="Witnesses">Who is asked to cosign the log.</param>
internal sealed record RewardsSettings(
    SigningDomain Domain, EthereumAddress? Payee, IReadOnlySet<EthereumAddress> Household, PriceTable Prices, IReadOnlyList<LogWitnessSetting> Witnesses)
{
    /// <summary>Where the owner says nothing: the number that developers' own chains have, so that the receipts count on no chain with money.</summary>
    public const ulong LocalChain = 31_337;

    private const string DomainName = "Appliance";
    private const string DomainVersion = "1";

    public static SigningDomain DomainOf(ulong chain, EthereumAddress contract) => new(DomainName, DomainVersion, chain, contract);
}
