using Rewards.Durability;

namespace Rewards.Receipts;

/// <summary>The receipts' tables. A receipt's text, without countersignature, says everything; number, digest, requester and job are kept beside it
/// so that it need not be looked for. Where the device made it out to itself there is no requester.</summary>
internal static class ReceiptSchema
{
    /// <summary>"RCPT" in ASCII.</summary>
    private const int ApplicationId = 0x52435054;

    private const int Version = 1;

    private const string Tables = """
        CREATE TABLE receipt (
          seq INTEGER PRIMARY KEY CHECK (seq > 0),
          digest BLOB NOT NULL CHECK (length(digest) = 32),
          requester BLOB CHECK (length(requester) = 20),
          job BLOB NOT NULL CHECK (length(job) = 32),
          text BLOB NOT NULL,
          countersignature BLOB CHECK (length(countersignature) = 65),
          countersigned_at_us INTEGER,
          CHECK ((countersignature IS NULL) = (countersigned_at_us IS NULL)),
          CHECK (countersignature IS NULL OR requester IS NOT NULL)
        ) STRICT;
        CREATE INDEX receipt_by_job ON receipt (job);
        CREATE INDEX receipt_outstanding ON receipt (requester, countersignature) WHERE requester IS NOT NULL AND countersignature IS NULL;
        CREATE TABLE logged (entry INTEGER PRIMARY KEY REFERENCES receipt, log_index INTEGER NOT NULL UNIQUE CHECK (log_index >= 0)) STRICT;
        CREATE TRIGGER receipt_is_not_changed BEFORE UPDATE ON receipt
          WHEN (new.seq, new.digest, new.requester, new.job, new.text) IS NOT (old.seq, old.digest, old.requester, old.job, old.text)
          BEGIN SELECT RAISE(ABORT, 'a receipt is never changed'); END;
        CREATE TRIGGER receipt_is_countersigned_once BEFORE UPDATE ON receipt WHEN old.countersignature IS NOT NULL
          BEGIN SELECT RAISE(ABORT, 'a receipt is countersigned once'); END;
        CREATE TRIGGER receipt_is_not_removed BEFORE DELETE ON receipt BEGIN SELECT RAISE(ABORT, 'a receipt is never removed'); END;
        CREATE TRIGGER logged_is_not_changed BEFORE UPDATE ON logged BEGIN SELECT RAISE(ABORT, 'a place in the log is never changed'); END;
        CREATE TRIGGER logged_is_not_removed BEFORE DELETE ON logged BEGIN SELECT RAISE(ABORT, 'a place in the log is never removed'); END;
        """;

    public static DatabaseForm Form { get; } = new("store of receipts", ApplicationId, Version, Tables, (message, inner) => new ReceiptException(message, inner));
}
