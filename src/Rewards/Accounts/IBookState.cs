using Rewards.Signing;

namespace Rewards.Accounts;

/// <summary>The books as an order finds them.</summary>
internal interface IBookState
{
    /// <summary>0 where the account is not there.</summary>
    Int128 Balance(AccountName account);

    /// <summary>What a requester owes, each box's part, in the order of their addresses.</summary>
    IReadOnlyList<Posting> Owed(EthereumAddress requester);

    /// <summary>By the key it was made with; null where there is none that is open.</summary>
    Reservation? FindReservation(string key);

    /// <summary>Was there ever a reservation of that key?</summary>
    bool WasReserved(string key);

    /// <summary>Was this piece of work charged for as made?</summary>
    bool IsCharged(long work);
}

/// <summary>Money that is held for work.</summary>
/// <param name="Entry">Number of the entry that made it.</param>
/// <param name="Key">Its key.</param>
/// <param name="Quote">What it is for.</param>
/// <param name="Funded">The part of it that was paid in.</param>
public sealed record Reservation(long Entry, string Key, Quote Quote, Int128 Funded);
