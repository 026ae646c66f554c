using System.Text;
using Rewards.Log;
using Rewards.Signing;
using Xunit;

namespace Rewards.Tests.Log;

/// <summary>Every step of writing fails in every way, and then either the process goes on or the power is cut. What was acknowledged
/// must be there, once, and every checkpoint that was ever signed must be a beginning of the tree.</summary>
public sealed class LogFaultTests
{
    /// <summary>Just before a tile is full, so that its hash is written in the course of it.</summary>
    private const int Before = 250;

    private const int Batches = 6;
    private const int InBatch = 3;

    private static readonly LogKey Key = LogKey.FromSecret(Keccak256.Of("log"u8).ToArray());

    private static readonly TransparencyLogOptions Options = new() { Origin = "log.example", BatchLimit = 512 };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(SimulatedDisk.Fault.Failed), false)]
    [InlineData(nameof(SimulatedDisk.Fault.Failed), true)]
    [InlineData(nameof(SimulatedDisk.Fault.FailedButDone), false)]
    [InlineData(nameof(SimulatedDisk.Fault.FailedButDone), true)]
    [InlineData(nameof(SimulatedDisk.Fault.FailedHalfway), false)]
    [InlineData(nameof(SimulatedDisk.Fault.FailedHalfway), true)]
    public async Task AppendAsync_AnyStepFails_LosesNothingAndForksNothing(string fault, bool power)
    {
        int steps = await RunAsync(null, default, power: false, seed: 1);
        Assert.True(steps > 30);
        for (int step = 0; step < steps; step++)
        {
            await RunAsync(step, Enum.Parse<SimulatedDisk.Fault>(fault), power, seed: step);
        }
    }

    /// <summary>Power cuts at random steps, again and again, on the same disk.</summary>
    [Fact]
    public async Task AppendAsync_PowerCutAgainAndAgain_LosesNothingAndForksNothing()
    {
        var random = new Random(7);
        var disk = new SimulatedDisk(8);
        Dictionary<long, byte[]> acknowledged = [];
        for (int cut = 0; cut < 150; cut++)
        {
            try
            {
                disk.FailAt(disk.Steps + random.Next(60), (SimulatedDisk.Fault)random.Next(3));
                await using TransparencyLog log = new(disk, Key, Options, null);
                await AppendAsync(log, acknowledged, random.Next(1, 40));
            }
            catch (LogException)
            {
            }

            disk.CutPower();
        }

        await RequireAsync(disk, acknowledged);
        Assert.True(acknowledged.Count > 150);
    }

    private static async Task<int> RunAsync(int? failing, SimulatedDisk.Fault fault, bool power, int seed)
    {
        var disk = new SimulatedDisk(seed);
        Dictionary<long, byte[]> acknowledged = [];
        if (failing is { } step)
        {
            disk.FailAt(step, fault);
        }

        try
        {
            await using TransparencyLog log = new(disk, Key, Options, null);
            await AppendAsync(log, acknowledged, Before);
            for (int batch = 0; batch < Batches; batch++)
            {
                if (!await AppendAsync(log, acknowledged, InBatch) && power)
                {
                    disk.CutPower();
                    break;
                }
            }
        }
        catch (LogException) when (failing is not null)
        {
            // It failed while it was opened; a second time it must not.
        }

        if (power)
        {
            disk.CutPower();
        }

        int steps = disk.Steps;
        await RequireAsync(disk, acknowledged);
        return steps;
    }

    /// <summary>Brings entries, and where it fails, others for the same places: had any root been signed over the first ones, and
    /// these then been dropped, there would be a fork.</summary>
    private static async Task<bool> AppendAsync(TransparencyLog log, Dictionary<long, byte[]> acknowledged, int count)
    {
        long first = acknowledged.Count;
        if (await TryAsync())
        {
            return true;
        }

        await TryAsync();
        return false;

        async Task<bool> TryAsync()
        {
            byte[][] entries = [.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid().ToByteArray())];
            Task<AppendedEntry>[] answers = [.. entries.Select((entry, i) => log.AppendAsync(entry, first + i, Cancelled))];
            bool all = true;
            for (int i = 0; i < count; i++)
            {
                try
                {
                    // What stands there from before, though it was said to have failed, stays.
                    bool standing = (await answers[i]).Outcome is AppendOutcome.Contradicted;
                    acknowledged[first + i] = standing ? log.ReadEntry(first + i).ToArray() : entries[i];
                }
                catch (Exception exception) when (exception is LogException or ArgumentException)
                {
                    // An argument is at fault where the entries before it are not in the log yet.
                    all = false;
                }
            }

            return all;
        }
    }

    private static async Task RequireAsync(SimulatedDisk disk, Dictionary<long, byte[]> acknowledged)
    {
        disk.FailNoMore();
        await using TransparencyLog log = new(disk, Key, Options, null);
        Assert.Null(LogAudit.Fault(log, Cancelled));
        Assert.True(log.Size >= acknowledged.Count);
        foreach ((long index, byte[] entry) in acknowledged)
        {
            Assert.Equal(entry, log.ReadEntry(index).ToArray());
        }

        // Seen by anybody or not.
        foreach ((string name, string content) in disk.Replaced)
        {
            if (name == "checkpoint")
            {
                SignedNote note = SignedNote.Parse(Encoding.UTF8.GetBytes(content));
                Checkpoint signed = Checkpoint.Parse(note.Text);
                Assert.True(note.IsSignedBy(log.VerifierKey));
                Assert.Equal(log.Root(signed.Size), signed.Root);
                Assert.True(MerkleProof.Extends(signed.Size, signed.Root, log.Size, log.Checkpoint.Root, log.Consistency(signed.Size, log.Size)));
            }
        }
    }
}
