using System.Globalization;
using System.Runtime.Versioning;
using Rewards.CrashWriter;
using Rewards.Entries;
using Rewards.Log;
using Rewards.Metering;
using Rewards.Receipts;
using Rewards.Signing;
using Xunit;

namespace Rewards.Tests.Entries;

/// <summary>A process that records, makes receipts, has them countersigned and brings all into the log is killed at random instants. What it
/// acknowledged must be there; in the end each record has one receipt and one entry. REWARDS_KILLS says how often.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ReceiptCrashTests : IDisposable
{
    private static readonly int Kills = KilledWriter.Kills(usual: 8);

    private readonly ScratchFolder _folder = new();
    private readonly Dictionary<int, long> _recorded = [];
    private readonly Dictionary<long, string> _receipts = [];
    private readonly Dictionary<long, long> _logged = [];
    private readonly Dictionary<long, Hash256> _roots = [];
    private readonly HashSet<long> _countersigned = [];

    /// <summary>What of these was looked for after an earlier kill: nothing that is there is ever taken away, and in the end all of it is looked for again.</summary>
    private readonly HashSet<object> _found = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CatchUp_ProcessKilledAtRandomInstants_LosesAndDoublesNothing()
    {
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        var random = new Random(KilledWriter.Seed(usual: 20));
        for (int kill = 0; kill < Kills; kill++)
        {
            // Some of the same work is brought again.
            int first = Math.Max(0, _recorded.Keys.DefaultIfEmpty(0).Max() - 10);
            await KilledWriter.RunAsync(["receipts", _folder.Path, first.ToString(CultureInfo.InvariantCulture)], random, 150, Note, cancelled);

            await using ReceiptFiles all = ReceiptFiles.Open(_folder.Path);
            await RequireAcknowledgedAsync(all, isLast: false, cancelled);
        }

        await using ReceiptFiles whole = ReceiptFiles.Open(_folder.Path);
        await whole.CatchUpAsync();
        await RequireAcknowledgedAsync(whole, isLast: true, cancelled);
        await OneOfEach.RequireAsync(whole, cancelled);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{Kills} kills, {_recorded.Count} records, {_countersigned.Count} countersignatures and {_logged.Count} places acknowledged");
        Assert.True(_countersigned.Count > Kills && _logged.Count > Kills);
    }

    /// <summary>The last line may be cut short; all of it is there once its dot is.</summary>
    private void Note(string line)
    {
        switch (line.Split(' '))
        {
            case ["recorded", var index, var seq, "."]:
                Keep(_recorded, int.Parse(index, CultureInfo.InvariantCulture), Number(seq));
                break;
            case ["receipt", var seq, var digest, "."]:
                Keep(_receipts, Number(seq), digest);
                break;
            case ["countersigned", var seq, var outcome, "."]:
                Assert.NotEqual(nameof(CountersignOutcome.Unknown), outcome);
                _countersigned.Add(Number(seq));
                break;
            case ["logged", var seq, var index, var size, var root, "."]:
                Keep(_logged, Number(seq), Number(index));
                Keep(_roots, Number(size), Hash256.Parse(root));
                break;
            default:
                Assert.False(line.EndsWith(" .", StringComparison.Ordinal), line);
                break;
        }
    }

    private static void Keep<TKey, T>(Dictionary<TKey, T> known, TKey key, T value)
        where TKey : notnull
    {
        Assert.True(known.TryAdd(key, value) || Equals(known[key], value), $"{key} was {known[key]}, and then {value}.");
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private async Task RequireAcknowledgedAsync(ReceiptFiles all, bool isLast, CancellationToken cancelled)
    {
        foreach ((int index, long seq) in _recorded.Where(recorded => IsDue(recorded, isLast)))
        {
            Assert.Equal(index, Assert.Single(await all.Ledger.ReadAsync(seq - 1, 1, cancelled)).Work.Index);
        }

        foreach ((long seq, string digest) in _receipts.Where(receipt => IsDue(receipt, isLast)))
        {
            Assert.Equal(digest, (await all.Receipts.FindAsync(seq, cancelled))!.Digest().ToString());
        }

        foreach (long seq in _countersigned.Where(seq => IsDue(("countersigned", seq), isLast)))
        {
            SignedReceipt signed = (await all.Receipts.FindAsync(seq, cancelled))!;
            Assert.Equal(signed.Receipt.IsOwn, signed.RequesterSignature is null);
        }

        foreach ((long seq, long index) in _logged.Where(logged => logged.Key > 0 && IsDue(logged, isLast)))
        {
            Assert.Equal(index, await all.Receipts.IndexOfAsync(seq, cancelled));
            Assert.Equal(seq, WorkEntry.Read(all.Log.ReadEntry(index))!.Sequence);
        }

        Assert.All(_roots.Where(signed => IsDue(signed, isLast)), signed => Assert.Equal(signed.Value, all.Log.Root(signed.Key)));
        Assert.Null(LogAudit.Fault(all.Log, cancelled));
    }

    private bool IsDue(object acknowledged, bool isLast) => _found.Add(acknowledged) || isLast;
}
