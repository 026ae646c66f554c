using Rewards.Durability;

namespace Rewards.Accounts;

/// <summary>The books' tables. An entry's text says everything; the others are kept beside it so that it need not be looked for, and
/// are worked out anew when the books are opened. Amounts are decimal text, because numbers of SQLite have 64 bits.</summary>
internal static class AccountsSchema
{
    /// <summary>"ACCT" in ASCII.</summary>
    private const int ApplicationId = 0x41434354;

    private const int Version = 1;

    private const string Tables = """
        CREATE TABLE entry (
          sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
          key TEXT NOT NULL UNIQUE,
          at_us INTEGER NOT NULL,
          requester BLOB NOT NULL CHECK (length(requester) = 20),
          text BLOB NOT NULL,
          hash BLOB NOT NULL CHECK (length(hash) = 32)
        ) STRICT;
        CREATE INDEX entry_by_time ON entry (at_us);
        CREATE TABLE account (
          id INTEGER PRIMARY KEY,
          kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 6),
          owner BLOB NOT NULL CHECK (length(owner) = 20),
          other BLOB NOT NULL CHECK (length(other) = 20),
          balance TEXT NOT NULL,
          UNIQUE (owner, kind, other)
        ) STRICT;
        CREATE TABLE posting (
          account INTEGER NOT NULL REFERENCES account,
          entry INTEGER NOT NULL REFERENCES entry,
          amount TEXT NOT NULL,
          PRIMARY KEY (account, entry)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX posting_by_entry ON posting (entry);
        CREATE TABLE reservation (entry INTEGER PRIMARY KEY REFERENCES entry, closed_by INTEGER REFERENCES entry) STRICT;
        CREATE INDEX reservation_open ON reservation (entry) WHERE closed_by IS NULL;
        CREATE TABLE charge (work INTEGER PRIMARY KEY, entry INTEGER NOT NULL REFERENCES entry) STRICT;
        CREATE TABLE logged (entry INTEGER PRIMARY KEY REFERENCES entry, log_index INTEGER NOT NULL UNIQUE CHECK (log_index >= 0)) STRICT;
        CREATE TRIGGER entry_is_not_changed BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;
        CREATE TRIGGER entry_is_not_removed BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'an entry is never removed'); END;
        CREATE TRIGGER posting_is_not_changed BEFORE UPDATE ON posting BEGIN SELECT RAISE(ABORT, 'a posting is never changed'); END;
        CREATE TRIGGER posting_is_not_removed BEFORE DELETE ON posting BEGIN SELECT RAISE(ABORT, 'a posting is never removed'); END;
        CREATE TRIGGER charge_is_not_changed BEFORE UPDATE ON charge BEGIN SELECT RAISE(ABORT, 'a charge is never changed'); END;
        CREATE TRIGGER charge_is_not_removed BEFORE DELETE ON charge BEGIN SELECT RAISE(ABORT, 'a charge is never removed'); END;
        CREATE TRIGGER logged_is_not_changed BEFORE UPDATE ON logged BEGIN SELECT RAISE(ABORT, 'a place in the log is never changed'); END;
        CREATE TRIGGER logged_is_not_removed BEFORE DELETE ON logged BEGIN SELECT RAISE(ABORT, 'a place in the log is never removed'); END;
        CREATE TRIGGER reservation_is_closed_once BEFORE UPDATE ON reservation WHEN old.closed_by IS NOT NULL OR new.entry <> old.entry
          BEGIN SELECT RAISE(ABORT, 'a reservation is closed once'); END;
        CREATE TRIGGER reservation_is_not_removed BEFORE DELETE ON reservation BEGIN SELECT RAISE(ABORT, 'a reservation is never removed'); END;
        """;

    public static DatabaseForm Form { get; } = new("book of accounts", ApplicationId, Version, Tables, (message, inner) => new AccountsException(message, inner));
}
