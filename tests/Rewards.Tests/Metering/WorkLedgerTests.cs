using Rewards.CrashWriter;
using Rewards.Metering;
using Xunit;

namespace Rewards.Tests.Metering;

public sealed class WorkLedgerTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RecordAsync_NewWork_IsGivenTheNextSequence()
    {
        await using WorkLedger ledger = Open();

        RecordedWork first = await ledger.RecordAsync(Segment.Of(5), Cancelled);
        RecordedWork second = await ledger.RecordAsync(Segment.Of(3), Cancelled);

        Assert.Equal((RecordOutcome.Recorded, 1L), (first.Outcome, first.Record.Sequence));
        Assert.Equal((RecordOutcome.Recorded, 2L), (second.Outcome, second.Record.Sequence));
        Assert.Equal(59_236_800, first.Record.WeightedPixels);
        Assert.Equal(WeightTable.Current.Version, first.Record.WeightsVersion);
    }

    [Fact]
    public async Task RecordAsync_SameWorkAgain_KeepsTheFirstRecord()
    {
        await using WorkLedger ledger = Open();
        RecordedWork first = await ledger.RecordAsync(Segment.Of(1), Cancelled);

        RecordedWork again = await ledger.RecordAsync(
            Segment.Of(1) with { Demand = WorkDemand.ReadAhead, CpuMicroseconds = 9 }, Cancelled);

        Assert.Equal(RecordOutcome.AlreadyRecorded, again.Outcome);
        Assert.Equal(first.Record, again.Record);
        Assert.Equal([new(WorkDemand.Played, 1, 48, 100_000_000, 44_236_800, 700_000, 59_236_800, 750_000)], await ledger.TotalsAsync(Cancelled));
    }

    [Fact]
    public async Task RecordAsync_SameWorkWithOtherBytes_IsAContradiction()
    {
        await using WorkLedger ledger = Open();
        await ledger.RecordAsync(Segment.Of(1), Cancelled);

        RecordedWork other = await ledger.RecordAsync(Segment.Of(1) with { OutputSha256 = new string('d', 64) }, Cancelled);

        Assert.Equal(RecordOutcome.Contradicted, other.Outcome);
        Assert.Equal(new string('c', 64), other.Record.Work.OutputSha256);
    }

    [Fact]
    public async Task RecordAsync_FiftyCallersWithTheSameTenPieces_RecordsTen()
    {
        await using WorkLedger ledger = Open(new WorkLedgerOptions { QueueLimit = 4, BatchLimit = 3 });

        RecordedWork[] recorded = await Task.WhenAll(
            Enumerable.Range(0, 500).Select(i => Task.Run(() => ledger.RecordAsync(Segment.Of(i % 10), Cancelled))));

        Assert.Equal(10, recorded.Count(r => r.Outcome == RecordOutcome.Recorded));
        Assert.Equal(490, recorded.Count(r => r.Outcome == RecordOutcome.AlreadyRecorded));
        IReadOnlyList<WorkRecord> records = await ledger.ReadAsync(0, 1000, Cancelled);
        Assert.Equal(Enumerable.Range(1, 10).Select(n => (long)n), records.Select(r => r.Sequence));
        Assert.Equal(Enumerable.Range(0, 10), records.Select(r => r.Work.Index).Order());
    }

    [Fact]
    public async Task ReadAsync_AfterASequence_GivesTheNextInOrder()
    {
        await using WorkLedger ledger = Open();
        for (int i = 0; i < 7; i++)
        {
            await ledger.RecordAsync(Segment.Of(i), Cancelled);
        }

        Assert.Equal([4L, 5L], (await ledger.ReadAsync(3, 2, Cancelled)).Select(r => r.Sequence));
        Assert.Empty(await ledger.ReadAsync(7, 1000, Cancelled));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ledger.ReadAsync(0, 1001, Cancelled));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ledger.ReadAsync(-1, 1, Cancelled));
    }

    [Fact]
    public async Task ReadAsync_AfterReopening_GivesEqualRecords()
    {
        WorkMeasurement work = Segment.Of(2) with { StartedAt = new DateTimeOffset(2026, 5, 6, 7, 8, 9, TimeSpan.FromHours(2)).AddTicks(12_345_678) };
        WorkRecord written;
        await using (WorkLedger ledger = Open())
        {
            written = (await ledger.RecordAsync(work, Cancelled)).Record;
        }

        await using WorkLedger reopened = Open();

        WorkRecord read = Assert.Single(await reopened.ReadAsync(0, 10, Cancelled));
        Assert.Equal(written, read);
        Assert.Equal(new DateTimeOffset(2026, 5, 6, 5, 8, 10, TimeSpan.Zero).AddTicks(2_345_670), read.Work.StartedAt);
        Assert.Equal(RecordOutcome.AlreadyRecorded, (await reopened.RecordAsync(work, Cancelled)).Outcome);
        Assert.Equal(2, (await reopened.RecordAsync(Segment.Of(3), Cancelled)).Record.Sequence);
    }

    [Fact]
    public async Task FindAsync_ByTheArgumentsOfTheFunction_GivesTheRecordOrNone()
    {
        await using WorkLedger ledger = Open();
        await ledger.RecordAsync(Segment.Of(1), Cancelled);
        WorkMeasurement work = Segment.Of(2);
        WorkRecord record = (await ledger.RecordAsync(work, Cancelled)).Record;

        Assert.Equal(record, await ledger.FindAsync(work.SourceFingerprint, work.RecipeId, 2, work.Engine, Cancelled));
        Assert.Null(await ledger.FindAsync(work.SourceFingerprint, work.RecipeId, 3, work.Engine, Cancelled));
        Assert.Null(await ledger.FindAsync(work.SourceFingerprint, work.RecipeId, 2, "another", Cancelled));
    }

    [Fact]
    public async Task TotalsAsync_SeveralDemands_AreToldApart()
    {
        await using WorkLedger ledger = Open();
        await ledger.RecordAsync(Segment.Of(1), Cancelled);
        await ledger.RecordAsync(Segment.Of(2), Cancelled);
        await ledger.RecordAsync(Segment.Of(3) with { Demand = WorkDemand.ReadAhead }, Cancelled);

        IReadOnlyList<WorkTotals> totals = await ledger.TotalsAsync(Cancelled);

        Assert.Equal([(WorkDemand.Played, 2L), (WorkDemand.ReadAhead, 1L)], totals.Select(t => (t.Demand, t.Records)));
        Assert.Equal([2 * 59_236_800L, 59_236_800L], totals.Select(t => t.WeightedPixels));
    }

    [Fact]
    public async Task RecordAsync_FieldsOutsideTheirRange_NamesEveryOne()
    {
        await using WorkLedger ledger = Open();

        ArgumentException refused = await Assert.ThrowsAsync<ArgumentException>(() => ledger.RecordAsync(
            Segment.Of(-1) with { RecipeId = "B", PixelsOut = -1, Demand = 0 }, Cancelled));

        Assert.Equal(
            "A measurement cannot be recorded: RecipeId must be 64 lower-case hexadecimal digits; Index must be 0 or more; "
            + "Demand must be a known demand; PixelsOut must be 0 to 2^53.",
            refused.Message);
        Assert.Empty(await ledger.TotalsAsync(Cancelled));
    }

    [Fact]
    public async Task RecordAsync_AfterDispose_IsRefused()
    {
        WorkLedger ledger = Open();
        await ledger.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => ledger.RecordAsync(Segment.Of(1), Cancelled));
    }

    private WorkLedger Open(WorkLedgerOptions? options = null) =>
        WorkLedger.Open(_folder.Ledger, options ?? new WorkLedgerOptions(), TimeProvider.System);
}
