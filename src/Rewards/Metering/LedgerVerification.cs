using Microsoft.Data.Sqlite;
using Rewards.Durability;

namespace Rewards.Metering;

/// <summary>Checks at opening what was asserted at writing.</summary>
internal static class LedgerVerification
{
    /// <param name="table">The ledger.</param>
    /// <param name="connection">Open on it.</param>
    /// <param name="path">For messages.</param>
    /// <param name="newest">How many of the newest records are checked field by field.</param>
    /// <exception cref="LedgerException">Something does not add up; the message says what first.</exception>
    public static void Require(WorkTable table, SqliteConnection connection, string path, int newest)
    {
        string answer = DatabaseFile.QuickCheck(connection);
        Demand(answer == "ok", answer);

        long records = DatabaseFile.Number(connection, "SELECT count(*) FROM work");
        long last = table.LastSequence();
        Demand(records == last, $"it holds {records} records, but the last is number {last}");

        IReadOnlyList<WorkTotals> kept = table.Totals();
        IReadOnlyList<WorkTotals> summed = table.SummedTotals();
        Demand(kept.SequenceEqual(summed), "its totals are not the sums of its records");

        for (long after = Math.Max(0, last - newest); after < last;)
        {
            foreach ((WorkRecord record, byte[] key) in table.ReadWithKeys(after, 1000))
            {
                after = record.Sequence;
                Demand(key.AsSpan().SequenceEqual(IdempotencyKey.Of(record.Work)), $"record {after} does not have its own key");
                Demand(
                    WeightTable.Of(record.WeightsVersion) is not { } weights || record.WeightedPixels == weights.WeightedPixels(record.Work),
                    $"record {after} is not weighted by table {record.WeightsVersion}");
            }
        }

        void Demand(bool holds, string fault)
        {
            if (!holds)
            {
                throw new LedgerException($"{path} is damaged: {fault}. It was left as it is: restore a copy, or move it away.");
            }
        }
    }
}
