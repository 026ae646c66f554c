using Microsoft.Data.Sqlite;
using Rewards.Durability;
using Rewards.Signing;

namespace Rewards.Accounts;

/// <summary>The statements that enter something, and what an order must know to be judged. Not thread-safe: the books' one thread
/// uses it.</summary>
internal sealed class BookTable(SqliteConnection connection) : DatabaseTable(connection), IBookState
{
    /// <summary>Number and hash of the last entry; 0 before the first.</summary>
    public (long Sequence, Hash256 Head) Last()
    {
        using SqliteCommand command = Command("SELECT sequence, hash FROM entry ORDER BY sequence DESC LIMIT 1");
        using SqliteDataReader reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), new Hash256(reader.GetFieldValue<byte[]>(1))) : (0, Hash256.Zero);
    }

    public BookEntry? Find(string key)
    {
        using SqliteCommand command = Command("SELECT text FROM entry WHERE key = $p0", key);
        return command.ExecuteScalar() is byte[] text ? Read(text) : null;
    }

    public IReadOnlyList<BookEntry> Read(long after, int limit)
    {
        using SqliteCommand command = Command("SELECT text FROM entry WHERE sequence > $p0 ORDER BY sequence LIMIT $p1", after, limit);
        using SqliteDataReader reader = command.ExecuteReader();
        List<BookEntry> entries = [];
        while (reader.Read())
        {
            entries.Add(Read(reader.GetFieldValue<byte[]>(0)));
        }

        return entries;
    }

    public void Insert(BookEntry entry, BookRuling ruling)
    {
        byte[] text = entry.ToJson();
        Execute(
            "INSERT INTO entry VALUES ($p0, $p1, $p2, $p3, $p4, $p5)",
            entry.Sequence, entry.Key, entry.At, Bytes(entry.Requester(this)), text, entry.Hash().ToArray());
        foreach (Posting posting in entry.Postings)
        {
            long account = Account(posting.Account, out Int128 balance);
            Execute("UPDATE account SET balance = $p1 WHERE id = $p0", account, Amounts.Text(balance + posting.Amount));
            Execute("INSERT INTO posting VALUES ($p0, $p1, $p2)", account, entry.Sequence, Amounts.Text(posting.Amount));
        }

        if (entry.Order is ReserveOrder)
        {
            Execute("INSERT INTO reservation VALUES ($p0, NULL)", entry.Sequence);
        }

        if (ruling.Closes != 0)
        {
            Execute("UPDATE reservation SET closed_by = $p1 WHERE entry = $p0", ruling.Closes, entry.Sequence);
        }

        using SqliteCommand charge = Command("INSERT INTO charge VALUES ($p0, $p1)", 0L, entry.Sequence);
        foreach (long work in ruling.Charges)
        {
            charge.Parameters[0].Value = work;
            charge.ExecuteNonQuery();
        }
    }

    public Int128 Balance(AccountName account)
    {
        using SqliteCommand command = Command(
            "SELECT balance FROM account WHERE owner = $p0 AND kind = $p1 AND other = $p2", Bytes(account.Owner), (int)account.Kind, Bytes(account.Other));
        return command.ExecuteScalar() is string balance ? Amounts.Parse(balance) : 0;
    }

    public IReadOnlyList<Posting> Owed(EthereumAddress requester)
    {
        using SqliteCommand command = Command(
            "SELECT other, balance FROM account WHERE owner = $p0 AND kind = $p1 AND balance <> '0' ORDER BY other", Bytes(requester), (int)AccountKind.Owed);
        using SqliteDataReader reader = command.ExecuteReader();
        List<Posting> owed = [];
        while (reader.Read())
        {
            owed.Add(new(AccountName.Owed(requester, new(reader.GetFieldValue<byte[]>(0))), Amounts.Parse(reader.GetString(1))));
        }

        return owed;
    }

    public Reservation? FindReservation(string key)
    {
        using SqliteCommand command = Command(
            "SELECT text FROM entry JOIN reservation ON reservation.entry = sequence WHERE key = $p0 AND closed_by IS NULL", key);
        using SqliteDataReader reader = command.ExecuteReader();
        return reader.Read() ? ReservationOf(reader) : null;
    }

    public bool WasReserved(string key)
    {
        using SqliteCommand command = Command("SELECT 1 FROM entry JOIN reservation ON reservation.entry = sequence WHERE key = $p0", key);
        return command.ExecuteScalar() is not null;
    }

    public IReadOnlyList<Reservation> OpenReservations()
    {
        using SqliteCommand command = Command(
            "SELECT text FROM reservation JOIN entry ON sequence = entry WHERE closed_by IS NULL ORDER BY entry");
        using SqliteDataReader reader = command.ExecuteReader();
        List<Reservation> open = [];
        while (reader.Read())
        {
            open.Add(ReservationOf(reader));
        }

        return open;
    }

    public bool IsCharged(long work)
    {
        using SqliteCommand command = Command("SELECT 1 FROM charge WHERE work = $p0", work);
        return command.ExecuteScalar() is not null;
    }

    internal static byte[] Bytes(EthereumAddress address)
    {
        byte[] bytes = new byte[EthereumAddress.Length];
        address.CopyTo(bytes);
        return bytes;
    }

    /// <exception cref="AccountsException">The text is no entry: it was one when the books were opened.</exception>
    internal static BookEntry Read(byte[] text)
    {
        try
        {
            return BookEntry.Parse(text);
        }
        catch (FormatException exception)
        {
            throw new AccountsException(
                $"The book of accounts is damaged: {exception.Message} It was left as it is: restore a copy, or move it away.", exception);
        }
    }

    private static Reservation ReservationOf(SqliteDataReader row)
    {
        BookEntry entry = Read(row.GetFieldValue<byte[]>(0));
        return new(entry.Sequence, entry.Key, ((ReserveOrder)entry.Order).Quote, Reserved.Funded(entry));
    }

    /// <summary>The account's number; it is made where it is not there.</summary>
    private long Account(AccountName name, out Int128 balance)
    {
        object[] values = [Bytes(name.Owner), (int)name.Kind, Bytes(name.Other)];
        Execute("INSERT OR IGNORE INTO account (owner, kind, other, balance) VALUES ($p0, $p1, $p2, '0')", values);
        using SqliteCommand command = Command("SELECT id, balance FROM account WHERE owner = $p0 AND kind = $p1 AND other = $p2", values);
        using SqliteDataReader reader = command.ExecuteReader();
        reader.Read();
        balance = Amounts.Parse(reader.GetString(1));
        return reader.GetInt64(0);
    }
}
