using Rewards.Signing;

namespace Rewards.Accounts;

/// <summary>Goes through books entry by entry, in memory, and works out anew what each should say. Not thread-safe.</summary>
public sealed class BookReplay : IBookState
{
    private readonly Dictionary<AccountName, Int128> _balances = [];
    private readonly Dictionary<EthereumAddress, SortedSet<EthereumAddress>> _owed = [];
    private readonly Dictionary<string, Reservation> _open = [];
    private readonly HashSet<string> _reserved = [];
    private readonly HashSet<string> _keys = [];
    private readonly HashSet<long> _charged = [];

    /// <summary>Number of the last entry; 0 before the first.</summary>
    public long Sequence { get; private set; }

    /// <summary>Hash of the last entry; 0 before the first.</summary>
    public Hash256 Head { get; private set; }

    /// <summary>Every account that was ever touched.</summary>
    public IReadOnlyDictionary<AccountName, Int128> Balances => _balances;

    /// <summary>Takes the next entry.</summary>
    /// <returns>What first does not hold, for people; null where it follows. One that does not follow is not taken.</returns>
    public string? Add(BookEntry entry) => Take(entry, out _);

    /// <summary>Whose money the last entry is about; nobody before the first.</summary>
    internal EthereumAddress Requester { get; private set; }

    internal string? Take(BookEntry entry, out BookRuling? ruling)
    {
        ruling = null;
        if (entry.Sequence != Sequence + 1)
        {
            return $"entry {Sequence + 1} is missing: entry {entry.Sequence} follows {Sequence}";
        }

        if (entry.Previous != Head)
        {
            return $"entry {entry.Sequence} does not name the one before it";
        }

        if (!PlainText.IsPlain(entry.Key, 1, PlainText.Limit) || _keys.Contains(entry.Key))
        {
            return $"entry {entry.Sequence} has a key that is none, or was used before";
        }

        if (entry.Order.Fault() is { } fault)
        {
            return $"entry {entry.Sequence} is of an order that is none: {fault}";
        }

        ruling = BookRules.Judge(entry.Order, entry.At, this);
        if (ruling.Refusal is { } refusal)
        {
            return $"entry {entry.Sequence} should have been refused: {refusal.Text}";
        }

        if (!ruling.Postings.SequenceEqual(entry.Postings))
        {
            return $"the postings of entry {entry.Sequence} are not what its order gives";
        }

        Apply(entry, ruling);
        return null;
    }

    Int128 IBookState.Balance(AccountName account) => _balances.GetValueOrDefault(account);

    IReadOnlyList<Posting> IBookState.Owed(EthereumAddress requester) => !_owed.TryGetValue(requester, out SortedSet<EthereumAddress>? payees)
        ? []
        : [.. payees.Select(payee => AccountName.Owed(requester, payee)).Select(account => new Posting(account, _balances[account])).Where(posting => posting.Amount != 0)];

    Reservation? IBookState.FindReservation(string key) => _open.GetValueOrDefault(key);

    bool IBookState.WasReserved(string key) => _reserved.Contains(key);

    bool IBookState.IsCharged(long work) => _charged.Contains(work);

    private void Apply(BookEntry entry, BookRuling ruling)
    {
        foreach ((AccountName account, Int128 amount) in entry.Postings)
        {
            _balances[account] = _balances.GetValueOrDefault(account) + amount;
            if (account.Kind == AccountKind.Owed)
            {
                if (!_owed.TryGetValue(account.Owner, out SortedSet<EthereumAddress>? payees))
                {
                    _owed[account.Owner] = payees = [];
                }

                payees.Add(account.Other);
            }
        }

        Requester = entry.Requester(this);
        if (entry.Order is ReserveOrder reserve)
        {
            _open[entry.Key] = new(entry.Sequence, entry.Key, reserve.Quote, Reserved.Funded(entry));
            _reserved.Add(entry.Key);
        }
        else if (entry.Order is SettleOrder or ReleaseOrder)
        {
            _open.Remove(entry.Order is SettleOrder settle ? settle.Reservation : ((ReleaseOrder)entry.Order).Reservation);
        }

        _charged.UnionWith(ruling.Charges);
        _keys.Add(entry.Key);
        Sequence = entry.Sequence;
        Head = entry.Hash();
    }
}
