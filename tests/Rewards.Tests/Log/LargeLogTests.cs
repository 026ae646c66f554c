using System.Diagnostics;
using System.Globalization;
using Rewards.Durability;
using Rewards.Log;
using Rewards.Signing;
using Xunit;

namespace Rewards.Tests.Log;

/// <summary>Proofs out of a large log. REWARDS_LOG_ENTRIES says how large; the figures are the test's output.</summary>
public sealed class LargeLogTests : IDisposable
{
    private const int Proofs = 1000;

    private const int Batch = 1 << 16;

    private static readonly int Entries =
        int.Parse(Environment.GetEnvironmentVariable("REWARDS_LOG_ENTRIES") ?? "200000", CultureInfo.InvariantCulture);

    private static readonly LogKey Key = LogKey.FromSecret(Keccak256.Of("log"u8).ToArray());

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Prove_LargeLog_IsQuickAndHolds()
    {
        var watch = Stopwatch.StartNew();
        using (var store = new LogStore(new DiskFolder(_folder.Path), "log.example", Key, []))
        {
            while (store.Size < Entries)
            {
                int count = (int)Math.Min(Batch, Entries - store.Size);
                store.Append([.. Enumerable.Range((int)store.Size, count).Select(i => (ReadOnlyMemory<byte>)Trees.Entry(i))]);
            }
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{Entries} entries appended, {Batch} under a checkpoint: {watch.Elapsed.TotalSeconds:F1} s");
        watch.Restart();
        await using TransparencyLog log = TransparencyLog.Open(_folder.Path, Key, new() { Origin = "log.example" });
        TestContext.Current.TestOutputHelper!.WriteLine($"opened: {watch.Elapsed.TotalMilliseconds:F1} ms");

        var random = new Random(3);
        List<double> milliseconds = [];
        for (int i = 0; i < Proofs; i++)
        {
            long index = random.Next(Entries);
            watch.Restart();
            ProofBundle bundle = log.Prove(index);
            milliseconds.Add(watch.Elapsed.TotalMilliseconds);
            Assert.Null(bundle.Fault(Trees.Entry(index), log.VerifierKey, [], 0));
            long old = random.Next(Entries);
            Assert.True(MerkleProof.Extends(old, log.Root(old), log.Size, log.Checkpoint.Root, log.Consistency(old, log.Size)));
        }

        milliseconds.Sort();
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"a proof: median {milliseconds[Proofs / 2]:F3} ms, 99% within {milliseconds[Proofs * 99 / 100]:F3} ms, the slowest {milliseconds[^1]:F3} ms");
        Assert.True(milliseconds[Proofs / 2] < 5);
    }
}
