using Microsoft.Data.Sqlite;
using Rewards.Claims;
using Rewards.Metering;
using Rewards.Signing;

namespace Rewards.Accounts;

/// <summary>What is read from the books. SQLite finds the rows; sums are made here, in 128 bits.</summary>
internal sealed class BookStatements(BookTable table)
{
    private const long DayMicroseconds = 86_400_000_000;

    public RequesterStanding Standing(EthereumAddress requester)
    {
        Int128 owed = 0;
        foreach (Posting posting in table.Owed(requester))
        {
            owed += posting.Amount;
        }

        return new(
            requester,
            table.Balance(AccountName.Funds(requester)),
            table.Balance(AccountName.Reserved(requester)),
            -table.Balance(AccountName.Credit(requester)),
            owed);
    }

    public IReadOnlyList<StatementLine> Lines(EthereumAddress owner, long after, int limit) => Select(
        "SELECT p.entry, at_us, key, kind, owner, other, amount FROM account AS a JOIN posting AS p ON p.account = a.id JOIN entry AS e ON e.sequence = p.entry "
        + "WHERE owner = $p0 AND p.entry IN (SELECT entry FROM posting JOIN account ON account.id = account WHERE owner = $p0 AND entry > $p1 GROUP BY entry ORDER BY entry LIMIT $p2) "
        + "ORDER BY p.entry, kind, other",
        row => new StatementLine(
            row.GetInt64(0), Microseconds.ToInstant(row.GetInt64(1)), row.GetString(2), NameOf(row, 3), Amounts.Parse(row.GetString(6))),
        BookTable.Bytes(owner), after, limit);

    /// <summary>The sum of all balances of each kind; kinds that no account has are not there.</summary>
    public IReadOnlyDictionary<AccountKind, Int128> Totals()
    {
        Dictionary<AccountKind, Int128> totals = [];
        foreach ((AccountKind kind, Int128 balance) in Select("SELECT kind, balance FROM account", row => ((AccountKind)row.GetInt32(0), Amounts.Parse(row.GetString(1)))))
        {
            totals[kind] = totals.GetValueOrDefault(kind) + balance;
        }

        return totals;
    }

    public IReadOnlyList<DayEarnings> Earnings(DateOnly from, DateOnly to)
    {
        SortedDictionary<(DateOnly, EthereumAddress, EthereumAddress), (Int128 Amount, long Entries)> sums = [];
        IEnumerable<(long At, EthereumAddress Requester, EthereumAddress Payee, Int128 Amount)> rows = Select(
            "SELECT at_us, requester, owner, amount FROM entry JOIN posting ON posting.entry = sequence JOIN account ON account.id = account "
            + "WHERE kind = $p0 AND at_us >= $p1 AND at_us < $p2",
            row => (row.GetInt64(0), AddressOf(row, 1), AddressOf(row, 2), Amounts.Parse(row.GetString(3))),
            (int)AccountKind.Earnings, StartOf(from), StartOf(to));
        foreach ((long at, EthereumAddress requester, EthereumAddress payee, Int128 amount) in rows)
        {
            DateOnly day = DateOnly.FromDateTime(Microseconds.ToInstant(at).UtcDateTime);
            (Int128 sum, long entries) = sums.GetValueOrDefault((day, payee, requester));
            sums[(day, payee, requester)] = (sum + amount, entries + 1);
        }

        return [.. sums.Select(pair => new DayEarnings(pair.Key.Item1, pair.Key.Item2, pair.Key.Item3, pair.Value.Amount, pair.Value.Entries))];
    }

    public IReadOnlyList<Claim> EarningsByAccount(long logSize)
    {
        SortedDictionary<EthereumAddress, Int128> sums = [];
        IEnumerable<(EthereumAddress Payee, Int128 Amount)> rows = Select(
            "SELECT owner, amount FROM account JOIN posting ON posting.account = id JOIN logged ON logged.entry = posting.entry WHERE kind = $p0 AND log_index < $p1",
            row => (AddressOf(row, 0), Amounts.Parse(row.GetString(1))),
            (int)AccountKind.Earnings, logSize);
        foreach ((EthereumAddress payee, Int128 amount) in rows)
        {
            sums[payee] = sums.GetValueOrDefault(payee) + amount;
        }

        return [.. sums.Select(pair => new Claim(pair.Key, (UInt128)pair.Value))];
    }

    private static long StartOf(DateOnly day) => (day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber) * DayMicroseconds;

    private static EthereumAddress AddressOf(SqliteDataReader row, int column) => new(row.GetFieldValue<byte[]>(column));

    private static AccountName NameOf(SqliteDataReader row, int column) =>
        new((AccountKind)row.GetInt32(column), AddressOf(row, column + 1), AddressOf(row, column + 2));

    private List<T> Select<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object> values)
    {
        using SqliteCommand command = table.Command(sql, values);
        using SqliteDataReader reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
