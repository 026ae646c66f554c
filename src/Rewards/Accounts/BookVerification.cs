using Microsoft.Data.Sqlite;
using Rewards.Durability;
using Rewards.Log;
using Rewards.Signing;

namespace Rewards.Accounts;

/// <summary>Works the books out anew at opening: every entry from its order, and every balance, reservation and charge from the entries.</summary>
internal static class BookVerification
{
    private const int Share = 256;

    /// <param name="table">The books.</param>
    /// <param name="path">For messages.</param>
    /// <exception cref="AccountsException">Something does not add up; the message says what first.</exception>
    public static void Require(BookTable table, string path)
    {
        string answer = DatabaseFile.QuickCheck(table.Connection);
        Demand(answer == "ok" ? null : answer);
        var replay = new BookReplay();
        long charges = 0;
        long reservations = 0;
        long closed = 0;
        while (table.Read(replay.Sequence, Share) is { Count: > 0 } entries)
        {
            foreach (BookEntry entry in entries)
            {
                Demand(replay.Take(entry, out BookRuling? ruling));
                Demand(RowFault(table.Connection, entry, ruling!, replay));
                charges += ruling!.Charges.Count;
                reservations += entry.Order is ReserveOrder ? 1 : 0;
                closed += ruling.Closes != 0 ? 1 : 0;
            }
        }

        // Each entry found its own rows; that there are no others is asked once.
        DemandCount("entry", replay.Sequence);
        DemandCount("charge", charges);
        DemandCount("reservation", reservations);
        DemandCount("reservation WHERE closed_by IS NOT NULL", closed);
        Demand(BalanceFault(table.Connection, replay));
        Demand(LoggedPlaces.AreInOrder(table) ? null : "its entries do not stand in the log in their order");

        void DemandCount(string rows, long count) =>
            Demand(DatabaseFile.Number(table.Connection, $"SELECT count(*) FROM {rows}") == count ? null : $"it holds more or fewer than {count} rows of {rows}");

        void Demand(string? fault)
        {
            if (fault is not null)
            {
                throw new AccountsException($"{path} is damaged: {fault}. It was left as it is: restore a copy, or move it away.");
            }
        }
    }

    /// <summary>Do the rows beside an entry say the same as its text?</summary>
    private static string? RowFault(SqliteConnection connection, BookEntry entry, BookRuling ruling, BookReplay replay)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT key, at_us, requester, hash, (SELECT closed_by FROM reservation WHERE entry = $p1), "
            + "EXISTS (SELECT 1 FROM reservation WHERE entry = sequence) FROM entry WHERE sequence = $p0";
        command.Parameters.AddWithValue("$p0", entry.Sequence);
        command.Parameters.AddWithValue("$p1", ruling.Closes);
        using SqliteDataReader row = command.ExecuteReader();
        return row.Read()
            && row.GetString(0) == entry.Key
            && row.GetInt64(1) == entry.At
            && row.GetFieldValue<byte[]>(2).AsSpan().SequenceEqual(BookTable.Bytes(replay.Requester))
            && new Hash256(row.GetFieldValue<byte[]>(3)) == replay.Head
            && (ruling.Closes == 0 || (!row.IsDBNull(4) && row.GetInt64(4) == entry.Sequence))
            && row.GetInt64(5) != 0 == entry.Order is ReserveOrder
            ? ChargeFault(connection, entry, ruling)
            : $"what stands beside entry {entry.Sequence} is not what it says";
    }

    private static string? ChargeFault(SqliteConnection connection, BookEntry entry, BookRuling ruling)
    {
        if (ruling.Charges.Count == 0)
        {
            return null;
        }

        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT entry FROM charge WHERE work = $p0";
        SqliteParameter work = command.Parameters.Add("$p0", SqliteType.Integer);
        foreach (long charged in ruling.Charges)
        {
            work.Value = charged;
            if (command.ExecuteScalar() is not long by || by != entry.Sequence)
            {
                return $"work {charged} was charged by entry {entry.Sequence}, and that is not kept";
            }
        }

        return null;
    }

    /// <summary>Kept balances and postings against those of the entries' texts.</summary>
    private static string? BalanceFault(SqliteConnection connection, BookReplay replay)
    {
        Int128 total = 0;
        int accounts = 0;
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT id, kind, owner, other, balance FROM account";
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            var name = new AccountName((AccountKind)row.GetInt32(1), new(row.GetFieldValue<byte[]>(2)), new(row.GetFieldValue<byte[]>(3)));
            Int128 balance = Amounts.Parse(row.GetString(4));
            total += balance;
            accounts++;
            if (!replay.Balances.TryGetValue(name, out Int128 summed) || summed != balance || Sum(connection, row.GetInt64(0)) != balance)
            {
                return $"the balance of the account {name.Kind} of {name.Owner} is not the sum of its postings";
            }
        }

        return accounts != replay.Balances.Count ? "an account is missing"
            : total != 0 ? $"the balances of all accounts sum to {total}, not to 0"
            : null;
    }

    private static Int128 Sum(SqliteConnection connection, long account)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT amount FROM posting WHERE account = $p0";
        command.Parameters.AddWithValue("$p0", account);
        using SqliteDataReader row = command.ExecuteReader();
        Int128 sum = 0;
        while (row.Read())
        {
            sum += Amounts.Parse(row.GetString(0));
        }

        return sum;
    }
}
