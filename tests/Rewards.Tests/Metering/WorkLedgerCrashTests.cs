using System.Globalization;
using Rewards.Metering;
using Xunit;

namespace Rewards.Tests.Metering;

/// <summary>A process that writes without pause is killed at random instants; the ledger must hold all it acknowledged. REWARDS_KILLS says how often.</summary>
public sealed class WorkLedgerCrashTests : IDisposable
{
    private static readonly int Kills = KilledWriter.Kills(usual: 20);

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RecordAsync_ProcessKilledAtRandomInstants_LosesAndDoublesNothingAcknowledged()
    {
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        var random = new Random(20);
        Dictionary<int, long> acknowledged = [];
        int first = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            await KilledWriter.RunAsync(
                [_folder.Ledger, first.ToString(CultureInfo.InvariantCulture)], random, 40, line => Note(line, acknowledged), cancelled);

            await using WorkLedger ledger = WorkLedger.Open(_folder.Ledger, new WorkLedgerOptions(), TimeProvider.System);
            List<WorkRecord> records = await AllAsync(ledger, cancelled);
            Assert.Equal(Enumerable.Range(1, records.Count).Select(n => (long)n), records.Select(r => r.Sequence));
            Dictionary<int, long> kept = records.ToDictionary(r => r.Work.Index, r => r.Sequence);
            foreach ((int index, long sequence) in acknowledged)
            {
                Assert.True(kept.TryGetValue(index, out long at) && at == sequence, $"Kill {kill}: segment {index} was acknowledged as {sequence}.");
            }

            // The next process brings some of the same work again.
            first = Math.Max(0, acknowledged.Keys.DefaultIfEmpty(0).Max() - 10);
        }

        Assert.True(acknowledged.Count > Kills);
    }

    private static void Note(string line, Dictionary<int, long> acknowledged)
    {
        // The last line may be cut short; all of it is there once its outcome is.
        string[] parts = line.Split(' ');
        if (parts is [var index, var sequence, nameof(RecordOutcome.Recorded) or nameof(RecordOutcome.AlreadyRecorded)])
        {
            acknowledged[int.Parse(index, CultureInfo.InvariantCulture)] = long.Parse(sequence, CultureInfo.InvariantCulture);
        }
    }

    private static async Task<List<WorkRecord>> AllAsync(WorkLedger ledger, CancellationToken cancelled)
    {
        List<WorkRecord> records = [];
        while (await ledger.ReadAsync(records.Count, WorkLedger.ReadLimit, cancelled) is { Count: > 0 } next)
        {
            records.AddRange(next);
        }

        return records;
    }
}
