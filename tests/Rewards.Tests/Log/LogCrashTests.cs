using System.Globalization;
using Rewards.CrashWriter;
using Rewards.Log;
using Rewards.Signing;
using Xunit;

namespace Rewards.Tests.Log;

/// <summary>A process that appends without pause is killed at random instants; the log must hold all it acknowledged, and be the
/// continuation of every checkpoint it showed. REWARDS_KILLS says how often.</summary>
public sealed class LogCrashTests : IDisposable
{
    private static readonly int Kills = KilledWriter.Kills(usual: 15);

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AppendAsync_ProcessKilledAtRandomInstants_LosesAndForksNothing()
    {
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        var random = new Random(20);
        HashSet<long> acknowledged = [];
        Dictionary<long, Hash256> shown = [];
        for (int kill = 0; kill < Kills; kill++)
        {
            await KilledWriter.RunAsync(["log", _folder.Path], random, 40, line => Note(line, acknowledged, shown), cancelled);

            await using TransparencyLog log = TransparencyLog.Open(_folder.Path, LogWriter.Key, LogWriter.Options);
            Assert.All(acknowledged, index => Assert.Equal(LogWriter.Entry(index), log.ReadEntry(index).ToArray()));
            Assert.All(shown, signed => Assert.Equal(signed.Value, log.Root(signed.Key)));
            Assert.All(shown, signed =>
                Assert.True(MerkleProof.Extends(signed.Key, signed.Value, log.Size, log.Checkpoint.Root, log.Consistency(signed.Key, log.Size))));
            Assert.Null(LogAudit.Fault(log, cancelled));
        }

        Assert.True(acknowledged.Count > Kills);
        TestContext.Current.TestOutputHelper!.WriteLine($"{Kills} kills, {acknowledged.Count} entries acknowledged, {shown.Count} checkpoints shown");
    }

    private static void Note(string line, HashSet<long> acknowledged, Dictionary<long, Hash256> shown)
    {
        // The last line may be cut short; all of it is there once its root is.
        if (line.Split(' ') is [var index, var size, var root] && Hash256.TryParse(root, out Hash256 hash))
        {
            acknowledged.Add(long.Parse(index, CultureInfo.InvariantCulture));
            long at = long.Parse(size, CultureInfo.InvariantCulture);
            Assert.True(!shown.TryGetValue(at, out Hash256 before) || before == hash, $"Two roots were signed at size {at}.");
            shown[at] = hash;
        }
    }
}
