using global::Rewards.Accounts;

namespace Appliance.Rewards.Accounts;

/// <summary>What was earned, by day of UTC, box and requester.</summary>
/// <param name="Unit">What one smallest unit is.</param>
/// <param name="Days">In order of days.</param>
internal sealed record EarningsResponse(string Unit, IReadOnlyList<EarningsRow> Days);

/// <param name="Day">Of UTC, by when it was paid.</param>
/// <param name="Payee">Who earned.</param>
/// <param name="Requester">Who paid.</param>
/// <param name="Amount">Decimal digits.</param>
/// <param name="Entries">How many entries of the books it came by.</param>
internal sealed record EarningsRow(DateOnly Day, string Payee, string Requester, string Amount, long Entries)
{
    public static EarningsRow Of(DayEarnings day) => new(day.Day, day.Payee.ToString(), day.Requester.ToString(), Amounts.Text(day.Amount), day.Entries);
}
