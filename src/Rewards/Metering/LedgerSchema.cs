using Rewards.Durability;

namespace Rewards.Metering;

/// <summary>The ledger's tables.</summary>
internal static class LedgerSchema
{
    /// <summary>"WORK" in ASCII: SQLite keeps it in the file's header, so that another program's database is known as such.</summary>
    public const int ApplicationId = 0x574F524B;

    public const int Version = 1;

    private const string Tables = """
        CREATE TABLE work (
          sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
          idempotency_key BLOB NOT NULL UNIQUE CHECK (length(idempotency_key) = 32),
          source_fingerprint TEXT NOT NULL,
          recipe_id TEXT NOT NULL,
          segment_index INTEGER NOT NULL CHECK (segment_index >= 0),
          engine TEXT NOT NULL,
          encoder TEXT NOT NULL,
          codec TEXT NOT NULL,
          bit_depth INTEGER NOT NULL,
          pixels_in INTEGER NOT NULL CHECK (pixels_in >= 0),
          pixels_out INTEGER NOT NULL CHECK (pixels_out >= 0),
          frames INTEGER NOT NULL CHECK (frames > 0),
          bytes_in INTEGER NOT NULL CHECK (bytes_in >= 0),
          bytes_out INTEGER NOT NULL CHECK (bytes_out >= 0),
          output_sha256 TEXT NOT NULL CHECK (length(output_sha256) = 64),
          started_at_us INTEGER NOT NULL,
          elapsed_us INTEGER NOT NULL CHECK (elapsed_us >= 0),
          cpu_us INTEGER NOT NULL CHECK (cpu_us >= 0),
          demand INTEGER NOT NULL CHECK (demand BETWEEN 1 AND 3),
          weights_version INTEGER NOT NULL CHECK (weights_version > 0),
          weighted_pixels INTEGER NOT NULL CHECK (weighted_pixels >= 0),
          recorded_at_us INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE total (
          demand INTEGER PRIMARY KEY CHECK (demand BETWEEN 1 AND 3),
          records INTEGER NOT NULL,
          frames INTEGER NOT NULL,
          pixels_in INTEGER NOT NULL,
          pixels_out INTEGER NOT NULL,
          bytes_out INTEGER NOT NULL,
          weighted_pixels INTEGER NOT NULL,
          cpu_us INTEGER NOT NULL
        ) STRICT;
        CREATE TRIGGER work_is_not_changed BEFORE UPDATE ON work BEGIN SELECT RAISE(ABORT, 'a work record is never changed'); END;
        CREATE TRIGGER work_is_not_removed BEFORE DELETE ON work BEGIN SELECT RAISE(ABORT, 'a work record is never removed'); END;
        """;

    public static DatabaseForm Form { get; } = new("work ledger", ApplicationId, Version, Tables, (message, inner) => new LedgerException(message, inner));
}
