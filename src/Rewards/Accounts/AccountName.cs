using Rewards.Signing;

namespace Rewards.Accounts;

/// <summary>What an account is for. What it holds is money that somebody may have; what it lacks came from it.</summary>
public enum AccountKind
{
    /// <summary>All the world beyond the books: lacks what was paid in and not taken out again. Zero or less.</summary>
    Outside = 1,

    /// <summary>What a requester paid in and has not spent. Zero or more.</summary>
    Funds = 2,

    /// <summary>What a requester has reserved or used beyond what he paid in. Zero or less, down to his cap.</summary>
    Credit = 3,

    /// <summary>What is held for a requester's work under way. Zero or more.</summary>
    Reserved = 4,

    /// <summary>What a box earned of a requester who has not paid it in yet: nothing that can be claimed. Zero or more.</summary>
    Owed = 5,

    /// <summary>What a box earned and somebody paid for, from the beginning on: what can be claimed. Zero or more, and never less
    /// than before.</summary>
    Earnings = 6,
}

/// <summary>Which account.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Owner">The requester; the box for <see cref="AccountKind.Earnings"/>; nobody for <see cref="AccountKind.Outside"/>.</param>
/// <param name="Other">The box that is owed; nobody but for <see cref="AccountKind.Owed"/>.</param>
public readonly record struct AccountName(AccountKind Kind, EthereumAddress Owner, EthereumAddress Other)
{
    public static AccountName Outside { get; } = new(AccountKind.Outside, default, default);

    public static AccountName Funds(EthereumAddress requester) => new(AccountKind.Funds, requester, default);

    public static AccountName Credit(EthereumAddress requester) => new(AccountKind.Credit, requester, default);

    public static AccountName Reserved(EthereumAddress requester) => new(AccountKind.Reserved, requester, default);

    public static AccountName Owed(EthereumAddress requester, EthereumAddress payee) => new(AccountKind.Owed, requester, payee);

    public static AccountName Earnings(EthereumAddress payee) => new(AccountKind.Earnings, payee, default);

    /// <summary>May an account of this kind hold so much?</summary>
    internal bool Allows(Int128 balance) =>
        balance >= -Amounts.BalanceLimit
        && balance <= Amounts.BalanceLimit
        && (Kind is AccountKind.Outside or AccountKind.Credit ? balance <= 0 : balance >= 0);
}

/// <summary>What an entry adds to an account, or takes from it.</summary>
/// <param name="Account">Which.</param>
/// <param name="Amount">Not 0.</param>
public readonly record struct Posting(AccountName Account, Int128 Amount);
