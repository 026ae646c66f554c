using Rewards.Signing;

namespace Rewards.Accounts;

/// <summary>Postings in the making. Money only ever moves from one account to another, so their sum is 0.</summary>
internal sealed class BookMoves(IBookState state)
{
    private readonly List<AccountName> _order = [];
    private readonly Dictionary<AccountName, Int128> _sums = [];

    /// <param name="from">Gives.</param>
    /// <param name="to">Takes.</param>
    /// <param name="amount">0 or more; 0 is no move.</param>
    public void Move(AccountName from, AccountName to, Int128 amount)
    {
        if (amount != 0)
        {
            Add(from, -amount);
            Add(to, amount);
        }
    }

    /// <summary>As far as the requester's funds reach: the box gets earnings for what it was owed, and the requester his credit back.</summary>
    public void PayWhatIsOwed(EthereumAddress requester)
    {
        AccountName funds = AccountName.Funds(requester);
        IEnumerable<AccountName> owed = state.Owed(requester).Select(posting => posting.Account)
            .Union(_order.Where(account => account.Kind == AccountKind.Owed && account.Owner == requester)).OrderBy(account => account.Other);
        foreach (AccountName account in owed.ToList())
        {
            Int128 paid = Int128.Min(Balance(funds), Balance(account));
            Move(funds, AccountName.Credit(requester), paid);
            Move(account, AccountName.Earnings(account.Other), paid);
        }
    }

    public BookRuling Ruling()
    {
        List<Posting> postings = [.. _order.Where(account => _sums[account] != 0).Select(account => new Posting(account, _sums[account]))];
        return postings.All(posting => posting.Account.Allows(Balance(posting.Account)))
            ? new(null, postings, 0, [])
            : BookRuling.Refuse(RefusalReason.BalanceTooLarge, "An account would hold or lack more than 10^36 of the smallest unit.");
    }

    private Int128 Balance(AccountName account) => state.Balance(account) + _sums.GetValueOrDefault(account);

    private void Add(AccountName account, Int128 amount)
    {
        if (!_sums.TryGetValue(account, out Int128 sum))
        {
            _order.Add(account);
        }

        _sums[account] = sum + amount;
    }
}
