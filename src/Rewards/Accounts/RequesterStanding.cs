using Rewards.Signing;

namespace Rewards.Accounts;

/// <summary>How a requester stands.</summary>
/// <param name="Requester">Who.</param>
/// <param name="Funds">Paid in and free: can be withdrawn. 0 or more.</param>
/// <param name="Reserved">Held for work under way. 0 or more.</param>
/// <param name="OnCredit">Reserved or used beyond what was paid in. 0 or more.</param>
/// <param name="Owed">The part of that which was used. 0 or more; the next deposit pays it first.</param>
public sealed record RequesterStanding(EthereumAddress Requester, Int128 Funds, Int128 Reserved, Int128 OnCredit, Int128 Owed);

/// <summary>A posting as a statement lists it.</summary>
/// <param name="Entry">Number of its entry.</param>
/// <param name="At">When.</param>
/// <param name="Key">The entry's.</param>
/// <param name="Account">Which.</param>
/// <param name="Amount">What was added, or taken.</param>
public sealed record StatementLine(long Entry, DateTimeOffset At, string Key, AccountName Account, Int128 Amount);

/// <summary>What a box earned of a requester in a day of UTC.</summary>
/// <param name="Day">By when it became earnings: work on credit counts when it is paid for.</param>
/// <param name="Payee">Who earned.</param>
/// <param name="Requester">Who paid.</param>
/// <param name="Amount">More than 0.</param>
/// <param name="Entries">How many entries it came by.</param>
public sealed record DayEarnings(DateOnly Day, EthereumAddress Payee, EthereumAddress Requester, Int128 Amount, long Entries);
