using Rewards.Durability;

namespace Rewards.Metering;

/// <summary>Records a piece of work, unless it stands already.</summary>
internal sealed class RecordRequest(WorkMeasurement work, byte[] key, long weightedPixels, TimeProvider time) : DatabaseRequest<WorkTable, RecordedWork>
{
    public override void Execute(WorkTable table)
    {
        if (table.Find(key) is { } standing)
        {
            bool same = standing.Work.OutputSha256 == work.OutputSha256;
            Result = new(same ? RecordOutcome.AlreadyRecorded : RecordOutcome.Contradicted, standing);
            return;
        }

        DateTimeOffset now = Microseconds.ToInstant(Microseconds.Of(time.GetUtcNow()));
        var record = new WorkRecord(table.LastSequence() + 1, work, WeightTable.Current.Version, weightedPixels, now);
        table.Insert(record, key);
        Result = new(RecordOutcome.Recorded, record);
    }
}
