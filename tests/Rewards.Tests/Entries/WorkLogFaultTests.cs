using Microsoft.Data.Sqlite;
using Rewards.CrashWriter;
using Rewards.Entries;
using Rewards.Log;
using Rewards.Metering;
using Rewards.Receipts;
using Rewards.Tests.Accounts;
using Rewards.Tests.Log;
using Rewards.Tests.Receipts;
using Xunit;

namespace Rewards.Tests.Entries;

/// <summary>Every step of the log's writing fails in every way while work is brought into it, and then the process goes on or the power is cut. In the
/// end each piece of work stands there once, in order, and its place is the one that is noted.</summary>
public sealed class WorkLogFaultTests : IAsyncLifetime
{
    private const int DiskIoError = 10;
    private const int Rounds = 3;
    private const int InRound = 5;

    private readonly ScratchFolder _folder = new();
    private List<SignedReceipt> _issued = [];
    private WorkLedger _ledger = null!;
    private EntrySalts _salts = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _ledger = WorkLedger.Open(_folder.Ledger, new WorkLedgerOptions(), TimeProvider.System);
        _salts = EntrySalts.Open(_folder.Path, saltedBefore: false);
        await Task.WhenAll(Enumerable.Range(0, Rounds * InRound).Select(i => _ledger.RecordAsync(Segment.Of(i), Cancelled)));
        await using ReceiptStore store = Open("all");
        await ReceiptIssuing.CatchUpAsync(_ledger, store, Sample.Device, Sample.Domain, _ => null, Cancelled);
        _issued = [.. await store.ReadAsync(0, 1000, Cancelled)];
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        _salts.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(nameof(SimulatedDisk.Fault.Failed))]
    [InlineData(nameof(SimulatedDisk.Fault.FailedButDone))]
    [InlineData(nameof(SimulatedDisk.Fault.FailedHalfway))]
    public async Task CatchUp_AnyStepFails_BringsEachOnceAndInOrder(string fault)
    {
        int steps = await RunAsync("sound", null, default, power: false);
        Assert.True(steps > 20);
        for (int step = 0; step < steps; step++)
        {
            await RunAsync($"fault-{step}", step, Enum.Parse<SimulatedDisk.Fault>(fault), power: step % 2 == 0);
        }
    }

    /// <summary>Appended, and not noted, or noted and said to have failed.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CatchUp_NotesFailing_BringsEachOnceAndInOrder(bool afterIsDone)
    {
        var disk = new SimulatedDisk(0);
        var random = new Random(3);
        bool mayFail = false;
        int failures = 0;
        await using ReceiptStore receipts = Open("notes", new ReceiptStoreOptions
        {
            BatchLimit = 2,
            Commit = transaction =>
            {
                bool fails = mayFail && random.Next(3) == 0;
                if (!fails || afterIsDone)
                {
                    transaction.Commit();
                }

                if (fails)
                {
                    failures++;
                    throw new SqliteException("disk I/O error", DiskIoError);
                }
            },
        });
        await Task.WhenAll(_issued.Select(receipt => receipts.AppendAsync(receipt, Cancelled)));
        mayFail = true;
        await using (TransparencyLog log = new(disk, LogWriter.Key, LogWriter.Options, null))
        {
            for (bool done = false; !done;)
            {
                try
                {
                    await WorkLog.CatchUpAsync(_ledger, receipts, log, _salts, Cancelled);
                    done = true;
                }
                catch (ReceiptException)
                {
                    // The next call finds what was appended.
                }
            }
        }

        mayFail = false;
        Assert.True(failures > 0);
        await RequireAsync(disk, receipts);
    }

    private async Task<int> RunAsync(string name, int? failing, SimulatedDisk.Fault fault, bool power)
    {
        var disk = new SimulatedDisk(failing ?? 0);
        if (failing is { } step)
        {
            disk.FailAt(step, fault);
        }

        await using ReceiptStore receipts = Open(name);
        TransparencyLog? log = null;
        for (int round = 0; round < Rounds; round++)
        {
            await Task.WhenAll(_issued.Skip(round * InRound).Take(InRound).Select(receipt => receipts.AppendAsync(receipt, Cancelled)));
            for (bool done = false; !done;)
            {
                try
                {
                    log ??= new(disk, LogWriter.Key, LogWriter.Options, null);
                    await WorkLog.CatchUpAsync(_ledger, receipts, log, _salts, Cancelled);
                    done = true;
                }
                catch (LogException exception)
                {
                    Assert.IsNotType<ContradictedLogException>(exception);
                    if (power)
                    {
                        await (log?.DisposeAsync() ?? ValueTask.CompletedTask);
                        log = null;
                        disk.CutPower();
                    }
                }
            }

            await AppendAnothersAsync(log!);
        }

        await log!.DisposeAsync();
        int steps = disk.Steps;
        await RequireAsync(disk, receipts);
        return steps;
    }

    /// <summary>What of another kind stands between; it may fail, and nobody brings it again.</summary>
    private static async Task AppendAnothersAsync(TransparencyLog log)
    {
        try
        {
            await log.AppendAsync("another's"u8.ToArray(), null, Cancelled);
        }
        catch (LogException)
        {
        }
    }

    private async Task RequireAsync(SimulatedDisk disk, ReceiptStore receipts)
    {
        disk.FailNoMore();
        await using TransparencyLog log = new(disk, LogWriter.Key, LogWriter.Options, null);
        Assert.Equal(0, await WorkLog.CatchUpAsync(_ledger, receipts, log, _salts, Cancelled));
        Assert.Null(LogAudit.Fault(log, Cancelled));
        List<(long Index, LoggedWork Work)> logged = [];
        for (long i = 0; i < log.Size; i++)
        {
            if (WorkEntry.Read(log.ReadEntry(i)) is { } work)
            {
                logged.Add((i, work));
            }
        }

        Assert.Equal(_issued.Select(receipt => ((long)receipt.Receipt.Seq, receipt.Digest())), logged.Select(entry => (entry.Work.Sequence, entry.Work.Receipt)));
        foreach ((long index, LoggedWork work) in logged)
        {
            Assert.Equal(index, await receipts.IndexOfAsync(work.Sequence, Cancelled));
        }
    }

    private ReceiptStore Open(string name, ReceiptStoreOptions? options = null) =>
        ReceiptStore.Open(_folder.At(name), options ?? new ReceiptStoreOptions(), new TestClock());
}
