using global::Rewards.Accounts;

namespace Appliance.Rewards.Accounts;

/// <summary>How a requester stands; amounts in the token's smallest unit, decimal digits.</summary>
/// <param name="Requester">Who.</param>
/// <param name="Funds">Paid in and free.</param>
/// <param name="Reserved">Held for work under way.</param>
/// <param name="OnCredit">Reserved or used beyond what was paid in.</param>
/// <param name="Owed">The part of that which was used.</param>
/// <param name="Uncountersigned">Receipts that he has not countersigned.</param>
internal sealed record StandingResponse(string Requester, string Funds, string Reserved, string OnCredit, string Owed, long Uncountersigned)
{
    public static StandingResponse Of(RequesterStanding standing, long uncountersigned) => new(
        standing.Requester.ToString(), Amounts.Text(standing.Funds), Amounts.Text(standing.Reserved), Amounts.Text(standing.OnCredit), Amounts.Text(standing.Owed),
        uncountersigned);
}
