using Microsoft.Data.Sqlite;
using Rewards.Durability;

namespace Rewards.Metering;

/// <summary>The ledger's statements. Not thread-safe: the ledger's one thread uses it.</summary>
internal sealed class WorkTable(SqliteConnection connection) : DatabaseTable(connection)
{
    private const string Columns =
        "sequence, source_fingerprint, recipe_id, segment_index, engine, encoder, codec, bit_depth, pixels_in, pixels_out, "
        + "frames, bytes_in, bytes_out, output_sha256, started_at_us, elapsed_us, cpu_us, demand, weights_version, "
        + "weighted_pixels, recorded_at_us, idempotency_key";

    private const string Sums =
        "count(*), sum(frames), sum(pixels_in), sum(pixels_out), sum(bytes_out), sum(weighted_pixels), sum(cpu_us)";

    public long LastSequence() => DatabaseFile.Number(Connection, "SELECT coalesce(max(sequence), 0) FROM work");

    public void Insert(WorkRecord record, byte[] key)
    {
        WorkMeasurement work = record.Work;
        object[] values =
        [
            record.Sequence, work.SourceFingerprint, work.RecipeId, work.Index, work.Engine, work.Encoder, work.Codec,
            work.BitDepth, work.PixelsIn, work.PixelsOut, work.Frames, work.BytesIn, work.BytesOut, work.OutputSha256,
            Microseconds.Of(work.StartedAt), work.ElapsedMicroseconds, work.CpuMicroseconds, (int)work.Demand,
            record.WeightsVersion, record.WeightedPixels, Microseconds.Of(record.RecordedAt), key,
        ];
        Execute(
            $"INSERT INTO work ({Columns}) VALUES ({string.Join(", ", values.Select((_, i) => "$p" + i))})",
            values);
        Execute(
            """
            INSERT INTO total VALUES ($p0, 1, $p1, $p2, $p3, $p4, $p5, $p6) ON CONFLICT (demand) DO UPDATE SET
              records = records + 1, frames = frames + $p1, pixels_in = pixels_in + $p2, pixels_out = pixels_out + $p3,
              bytes_out = bytes_out + $p4, weighted_pixels = weighted_pixels + $p5, cpu_us = cpu_us + $p6
            """,
            [(int)work.Demand, work.Frames, work.PixelsIn, work.PixelsOut, work.BytesOut, record.WeightedPixels, work.CpuMicroseconds]);
    }

    public WorkRecord? Find(byte[] key)
    {
        using SqliteCommand command = Command($"SELECT {Columns} FROM work WHERE idempotency_key = $p0", [key]);
        using SqliteDataReader reader = command.ExecuteReader();
        return reader.Read() ? ReadRecord(reader) : null;
    }

    public IReadOnlyList<WorkRecord> Read(long after, int limit) => [.. ReadWithKeys(after, limit).Select(row => row.Record)];

    public IReadOnlyList<(WorkRecord Record, byte[] Key)> ReadWithKeys(long after, int limit)
    {
        using SqliteCommand command = Command(
            $"SELECT {Columns} FROM work WHERE sequence > $p0 ORDER BY sequence LIMIT $p1", [after, limit]);
        using SqliteDataReader reader = command.ExecuteReader();
        List<(WorkRecord, byte[])> rows = [];
        while (reader.Read())
        {
            rows.Add((ReadRecord(reader), reader.GetFieldValue<byte[]>(21)));
        }

        return rows;
    }

    public IReadOnlyList<WorkTotals> Totals() => ReadTotals("SELECT * FROM total ORDER BY demand");

    public IReadOnlyList<WorkTotals> SummedTotals() => ReadTotals($"SELECT demand, {Sums} FROM work GROUP BY demand ORDER BY demand");

    private List<WorkTotals> ReadTotals(string sql)
    {
        using SqliteCommand command = Command(sql, []);
        using SqliteDataReader reader = command.ExecuteReader();
        List<WorkTotals> totals = [];
        while (reader.Read())
        {
            totals.Add(new(
                (WorkDemand)reader.GetInt32(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4),
                reader.GetInt64(5), reader.GetInt64(6), reader.GetInt64(7)));
        }

        return totals;
    }

    private static WorkRecord ReadRecord(SqliteDataReader row) => new(
        row.GetInt64(0),
        new WorkMeasurement(
            SourceFingerprint: row.GetString(1),
            RecipeId: row.GetString(2),
            Index: row.GetInt32(3),
            Engine: row.GetString(4),
            Encoder: row.GetString(5),
            Codec: row.GetString(6),
            BitDepth: row.GetInt32(7),
            PixelsIn: row.GetInt64(8),
            PixelsOut: row.GetInt64(9),
            Frames: row.GetInt64(10),
            BytesIn: row.GetInt64(11),
            BytesOut: row.GetInt64(12),
            OutputSha256: row.GetString(13),
            StartedAt: Microseconds.ToInstant(row.GetInt64(14)),
            ElapsedMicroseconds: row.GetInt64(15),
            CpuMicroseconds: row.GetInt64(16),
            Demand: (WorkDemand)row.GetInt32(17)),
        row.GetInt32(18),
        row.GetInt64(19),
        Microseconds.ToInstant(row.GetInt64(20)));
}
