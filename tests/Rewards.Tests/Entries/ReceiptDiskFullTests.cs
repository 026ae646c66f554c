using System.Runtime.Versioning;
using Rewards.Accounts;
using Rewards.CrashWriter;
using Rewards.Log;
using Rewards.Metering;
using Rewards.Receipts;
using Xunit;

namespace Rewards.Tests.Entries;

/// <summary>A real disk that becomes full while work is recorded, receipts are written and brought into the log, again and again at another size, and is then given room.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ReceiptDiskFullTests : IDisposable
{
    /// <summary>Records beyond any that fit.</summary>
    private const int Records = 400;

    private readonly ScratchFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    /// <summary>At other sizes, the disk is full at another step: of the ledger, the receipts, the log or the books.</summary>
    [Theory]
    [InlineData(900)]
    [InlineData(937)]
    [InlineData(1001)]
    [InlineData(1088)]
    [InlineData(1234)]
    public async Task CatchUp_DiskFullThenRoom_LosesAndDoublesNothing(int kilobytes)
    {
        using SmallDisk disk = SmallDisk.Mount(_folder.At("disk"), $"{kilobytes}k");
        Dictionary<int, long> acknowledged = [];
        int refused = 0;
        await using (ReceiptFiles all = ReceiptFiles.Open(disk.Path))
        {
            for (int index = 0; index < Records; index++)
            {
                while (!await TryAsync(all, index, acknowledged))
                {
                    refused++;
                    Assert.InRange(refused, 1, 10);
                    if (refused == 10)
                    {
                        disk.Grow("16m");
                    }
                }
            }

            await all.CatchUpAsync();
        }

        Assert.Equal((10, Records), (refused, acknowledged.Count));
        await using ReceiptFiles again = ReceiptFiles.Open(disk.Path);
        await OneOfEach.RequireAsync(again, Cancelled);
        Assert.Null(LogAudit.Fault(again.Log, Cancelled));
        foreach ((int index, long sequence) in acknowledged)
        {
            Assert.Equal(index, Assert.Single(await again.Ledger.ReadAsync(sequence - 1, 1, Cancelled)).Work.Index);
        }
    }

    private static async Task<bool> TryAsync(ReceiptFiles all, int index, Dictionary<int, long> acknowledged)
    {
        try
        {
            acknowledged[index] = (await all.Ledger.RecordAsync(Segment.Of(index), Cancelled)).Record.Sequence;
            await all.Books.EnterAsync($"deposit-{index}", new DepositOrder(1, "", ReceiptWriter.Requester.Address), Cancelled);
            await all.CatchUpAsync();
            return true;
        }
        catch (Exception exception) when (exception is LedgerException or AccountsException or ReceiptException or LogException)
        {
            return false;
        }
    }
}
