using global::Rewards.Accounts;

namespace Appliance.Rewards.Accounts;

/// <summary>What moved on somebody's accounts, in order.</summary>
/// <param name="Lines">One for each posting.</param>
/// <param name="Next">What to give as <c>after</c> for those that follow; null at the end.</param>
internal sealed record StatementResponse(IReadOnlyList<StatementRow> Lines, long? Next);

/// <param name="Entry">Number of the books' entry.</param>
/// <param name="At">When.</param>
/// <param name="Key">The entry's.</param>
/// <param name="Account">Which kind.</param>
/// <param name="Amount">What was added, or taken; decimal digits.</param>
internal sealed record StatementRow(long Entry, DateTimeOffset At, string Key, AccountKind Account, string Amount)
{
    public static StatementRow Of(StatementLine line) => new(line.Entry, line.At, line.Key, line.Account.Kind, Amounts.Text(line.Amount));
}
